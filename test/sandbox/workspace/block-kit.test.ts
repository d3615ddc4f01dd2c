import { expect, it } from 'vitest';
import { buttons, clientOf, openWorkspace, refusalOf } from './helpers.js';

const text = (length: number, type = 'plain_text') => ({ type, text: 'x'.repeat(length) });
const section = { type: 'section', text: text(1, 'mrkdwn') };
const button = (id: string) => buttons(id).elements[0];
const card = (id: string) => ({ type: 'card', title: text(1, 'mrkdwn'), actions: [button(id)] });
const many = <Item>(count: number, make: (index: number) => Item) => Array.from({ length: count }, (_, i) => make(i));
const actions = (...elements: unknown[]) => ({ type: 'actions', elements });
const image = (more: object) => ({ type: 'image', alt_text: 'x', ...more });
const url = 'http://127.0.0.1:9/1.png';

const option = (value: string, more: object = {}) => ({ text: text(1), value, ...more });
const options = (count: number) => many(count, (i) => option(`${i}`));
const overflow = (more: object) => actions({ type: 'overflow', ...more });
const select = (more: object) => actions({ type: 'static_select', ...more });
const group = (label: number, size: number, prefix = '') => ({
  label: text(label),
  options: many(size, (i) => option(`${prefix}${i}`)),
});

const notListed = 'must be a valid enum value';
const tooLong = (limit: number) => `must be less than ${limit + 1} characters`;
const twoSources = { image_url: url, slack_file: { id: 'F00000001' } };
const empty = 'must define at least one of `hero_image`, `title`, `actions` or `body`';

it.each([
  ['an unknown block', { type: 'gallery' }, 'unsupported type: gallery', '/type'],
  ['an unknown field', { ...section, colour: 'red' }, 'invalid additional property: colour', ''],
  ['an empty section', { type: 'section' }, 'must define either `text` or `fields`', ''],
  ['a section over 3000', { type: 'section', text: text(3001) }, tooLong(3000), '/text/text'],
  ['an empty text', { type: 'section', text: text(0) }, 'must be more than 0 characters', '/text/text'],
  ['a string for a text', { type: 'section', text: 'x' }, 'must provide an object', '/text'],
  ['11 texts', { type: 'context', elements: many(11, () => text(1)) }, 'no more than 10 items allowed', '/elements'],
  ['26 buttons', actions(...many(26, (i) => button(`a${i}`))), 'no more than 25 items allowed', '/elements'],
  ['an image without alt_text', { type: 'image', image_url: url }, 'missing required field: alt_text', ''],
  ['an image of two sources', image(twoSources), 'must define either `image_url` or `slack_file`', ''],
  ['a URL over 3000', image({ image_url: `${url}${'x'.repeat(3000)}` }), tooLong(3000), '/image_url'],
  ['a label over 75', actions({ type: 'button', text: text(76) }), tooLong(75), '/elements/0/text/text'],
  ['a label in mrkdwn', actions({ ...button('a'), text: text(1, 'mrkdwn') }), notListed, '/elements/0/text/type'],
  ['an unknown style', actions({ ...button('a'), style: 'huge' }), notListed, '/elements/0/style'],
  ['a card with nothing in it', { type: 'card', subtitle: text(1) }, empty, ''],
  [
    'four buttons',
    { type: 'card', actions: many(4, (i) => button(`a${i}`)) },
    'no more than 3 items allowed',
    '/actions',
  ],
  [
    '11 cards',
    { type: 'carousel', elements: many(11, (i) => card(`a${i}`)) },
    'no more than 10 items allowed',
    '/elements',
  ],
  ['a menu of no options', overflow({ options: [] }), 'must provide at least 1 items', '/elements/0/options'],
  ['a menu of six', overflow({ options: options(6) }), 'no more than 5 items allowed', '/elements/0/options'],
  [
    'an option over 75',
    overflow({ options: [option('a', { text: text(76) })] }),
    tooLong(75),
    '/elements/0/options/0/text/text',
  ],
  ['a value over 150', overflow({ options: [option('x'.repeat(151))] }), tooLong(150), '/elements/0/options/0/value'],
  [
    'a description over 75',
    overflow({ options: [option('a', { description: text(76) })] }),
    tooLong(75),
    '/elements/0/options/0/description/text',
  ],
  [
    'an option in mrkdwn',
    overflow({ options: [option('a', { text: text(1, 'mrkdwn') })] }),
    notListed,
    '/elements/0/options/0/text/type',
  ],
  [
    'a value twice',
    overflow({ options: [option('a'), option('a')] }),
    'options must have unique values',
    '/elements/0/options',
  ],
  ['a select of 101', select({ options: options(101) }), 'no more than 100 items allowed', '/elements/0/options'],
  [
    'a link in a select',
    select({ options: [option('a', { url })] }),
    'invalid additional property: url',
    '/elements/0/options/0',
  ],
  ['a select of neither kind', select({}), 'must define either `options` or `option_groups`', '/elements/0'],
  [
    'a select of both kinds',
    select({ options: options(1), option_groups: [group(1, 1, 'g')] }),
    'must define either `options` or `option_groups`',
    '/elements/0',
  ],
  [
    'a group label over 75',
    select({ option_groups: [group(76, 1)] }),
    tooLong(75),
    '/elements/0/option_groups/0/label/text',
  ],
  [
    '101 groups',
    select({ option_groups: many(101, (i) => group(1, 1, `${i}-`)) }),
    'no more than 100 items allowed',
    '/elements/0/option_groups',
  ],
  [
    'an initial option that is not offered',
    select({ option_groups: [group(1, 2)], initial_option: option('other') }),
    'initial options must exactly match the options provided',
    '/elements/0',
  ],
  [
    'a placeholder over 150',
    select({ options: options(1), placeholder: text(151) }),
    tooLong(150),
    '/elements/0/placeholder/text',
  ],
  ['an input', { type: 'input', label: text(1), element: {} }, 'unsupported type: input', '/type'],
  ['an action_id twice', buttons('a', 'a'), '`action_id` `a` already exists in this block', '/elements/1/action_id'],
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
  expect((await post(many(51, () => section))).error).toBe('msg_blocks_too_many');
  expect((await post('{"type":"section"}')).error).toBe('invalid_blocks_format');
});

it('takes every kind of block that it knows, and gives IDs to those without', async () => {
  const workspace = await openWorkspace();
  const blocks = [
    { ...section, accessory: button('b'), fields: [text(2000)] },
    { type: 'divider' },
    { type: 'context', elements: [text(1), text(1, 'mrkdwn')] },
    { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }] },
    card('single'),
    { type: 'carousel', elements: [card('first'), card('second')] },
    overflow({ options: [option('a', { url, description: text(75) })], confirm: { text: text(1) } }),
    { ...section, accessory: { type: 'static_select', options: options(100), placeholder: text(150) } },
    select({ option_groups: [group(75, 100, 'a'), group(1, 1, 'b')], initial_option: option('b0') }),
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
