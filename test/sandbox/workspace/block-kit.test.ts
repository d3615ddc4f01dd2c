import { expect, it } from 'vitest';
import { buttons, clientOf, openWorkspace, refusalOf } from './helpers.js';

const text = (length: number, type = 'plain_text') => ({ type, text: 'x'.repeat(length) });
const section = { type: 'section', text: text(1, 'mrkdwn') };
const button = (id: string) => buttons(id).elements[0];
const option = (value: string) => ({ text: text(1), value });
const card = (id: string) => ({ type: 'card', title: text(1, 'mrkdwn'), actions: [button(id)] });
const many = <Item>(count: number, make: (index: number) => Item) => Array.from({ length: count }, (_, i) => make(i));
const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
const image = (more: object) => ({ type: 'image', alt_text: 'x', ...more });
const url = 'http://127.0.0.1:9/1.png';

it.each([
  ['an unknown block', { type: 'gallery' }, 'unsupported type: gallery', '/type'],
  ['an unknown field', { ...section, colour: 'red' }, 'invalid additional property: colour', ''],
  ['an empty section', { type: 'section' }, 'must define either `text` or `fields`', ''],
  [
    'a section text over 3000',
    { type: 'section', text: text(3001) },
    'must be less than 3001 characters',
    '/text/text',
  ],
  ['a header over 150', { type: 'header', text: text(151) }, 'must be less than 151 characters', '/text/text'],
  ['a header in mrkdwn', { type: 'header', text: text(1, 'mrkdwn') }, 'must be a valid enum value', '/text/type'],
  ['an empty text', { type: 'header', text: text(0) }, 'must be more than 0 characters', '/text/text'],
  ['a string for a text', { type: 'header', text: 'x' }, 'must provide an object', '/text'],
  [
    '11 context elements',
    { type: 'context', elements: many(11, () => text(1)) },
    'no more than 10 items allowed',
    '/elements',
  ],
  ['26 actions', actions(...many(26, (i) => button(`a${i}`))), 'no more than 25 items allowed', '/elements'],
  ['an image without alt_text', { type: 'image', image_url: url }, 'missing required field: alt_text', ''],
  [
    'an image with two sources',
    image({ image_url: url, slack_file: { id: 'F00000001' } }),
    'must define either `image_url` or `slack_file`',
    '',
  ],
  [
    'a URL over 3000',
    image({ image_url: `${url}${'x'.repeat(3000)}` }),
    'must be less than 3001 characters',
    '/image_url',
  ],
  [
    'a button text over 75',
    actions({ type: 'button', text: text(76) }),
    'must be less than 76 characters',
    '/elements/0/text/text',
  ],
  ['an unknown style', actions({ ...button('a'), style: 'huge' }), 'must be a valid enum value', '/elements/0/style'],
  [
    'an overflow menu of six',
    actions({ type: 'overflow', options: many(6, (i) => option(`${i}`)) }),
    'no more than 5 items allowed',
    '/elements/0/options',
  ],
  [
    'an initial option that is not offered',
    actions({ type: 'static_select', options: [option('a')], initial_option: option('b') }),
    'initial options must exactly match the options provided',
    '/elements/0',
  ],
  [
    'a select without options',
    actions({ type: 'static_select' }),
    'must define either `options` or `option_groups`',
    '/elements/0',
  ],
  [
    'a card with nothing in it',
    { type: 'card', subtitle: text(1) },
    'must define at least one of `hero_image`, `title`, `actions` or `body`',
    '',
  ],
  [
    'a card with four buttons',
    { type: 'card', actions: many(4, (i) => button(`a${i}`)) },
    'no more than 3 items allowed',
    '/actions',
  ],
  [
    'a carousel of eleven',
    { type: 'carousel', elements: many(11, (i) => card(`a${i}`)) },
    'no more than 10 items allowed',
    '/elements',
  ],
  [
    'an input',
    { type: 'input', label: text(1), element: { type: 'plain_text_input' } },
    'unsupported type: input',
    '/type',
  ],
  [
    'an action_id twice',
    buttons('pick', 'pick'),
    '`action_id` `pick` already exists in this block',
    '/elements/1/action_id',
  ],
])('a message with %s is refused', async (_what, block, message, pointer) => {
  const workspace = await openWorkspace();
  const call = clientOf(workspace).apiCall('chat.postMessage', { channel: 'C0MARKETNG', blocks: [block] });
  const error = `${message} [json-pointer:/blocks/0${pointer}]`;
  const response_metadata = { messages: [`[ERROR] ${error}`] };
  expect(await refusalOf(call)).toMatchObject({ error: 'invalid_blocks', errors: [error], response_metadata });
});

it('a message with a block_id twice, over fifty blocks, or no list of blocks is refused', async () => {
  const workspace = await openWorkspace();
  const post = (blocks: unknown) =>
    refusalOf(clientOf(workspace).apiCall('chat.postMessage', { channel: 'C0MARKETNG', blocks }));
  const twice = many(2, () => ({ ...section, block_id: 'same' }));
  expect(await post(twice)).toMatchObject({
    errors: ['`block_id` `same` already exists [json-pointer:/blocks/1/block_id]'],
  });
  expect((await post(many(51, () => ({ type: 'divider' })))).error).toBe('msg_blocks_too_many');
  expect((await post('{"type":"divider"}')).error).toBe('invalid_blocks_format');
});

it('takes every kind of block that it knows, and gives IDs to those without', async () => {
  const workspace = await openWorkspace();
  const select = { type: 'static_select', option_groups: [{ label: text(1), options: [option('a')] }] };
  const blocks = [
    { type: 'header', text: text(150) },
    { ...section, accessory: { type: 'overflow', options: [option('a')] }, fields: [text(2000)] },
    { type: 'context', elements: [text(1), text(1, 'mrkdwn')] },
    actions(button('a'), select, { type: 'radio_buttons', options: [option('a')] }),
    { type: 'divider' },
    { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }] },
    card('single'),
    { type: 'carousel', elements: [card('first'), card('second')] },
    actions({ type: 'button', text: text(1) }),
  ];
  await clientOf(workspace).apiCall('chat.postMessage', { channel: 'C0MARKETNG', blocks });
  expect(workspace.messages('C0MARKETNG')[0]?.blocks.at(-1)).toEqual({
    ...actions({ type: 'button', action_id: expect.stringMatching(/^b\w+/), text: text(1) }),
    block_id: expect.stringMatching(/^b\w+/),
  });
});

it('refuses carousels in a workspace that does not have them', async () => {
  const workspace = await openWorkspace({ settings: { carousels: false } });
  const blocks = [section, { type: 'carousel', elements: [card('a')] }];
  const refusal = await refusalOf(clientOf(workspace).apiCall('chat.postMessage', { channel: 'C0MARKETNG', blocks }));
  expect(refusal.errors).toEqual(['unsupported type: carousel [json-pointer:/blocks/1/type]']);
});
