import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buttons, clientOf, openWorkspace, refusalOf } from './helpers.js';

const text = (length: number, type = 'plain_text') => ({ type, text: 'x'.repeat(length) });
const section = { type: 'section', text: text(1, 'mrkdwn') };
const button = (id: string) => buttons(id).elements[0];
const option = (value: string) => ({ text: text(1), value });
const card = (id: string) => ({ type: 'card', title: text(1, 'mrkdwn'), actions: [button(id)] });
const many = <Item>(count: number, make: (index: number) => Item) => Array.from({ length: count }, (_, i) => make(i));

describe('blocks in messages', () => {
  it.each([
    ['a block of no known type', { type: 'gallery' }, 'unsupported type: gallery [json-pointer:/blocks/0/type]'],
    [
      'a field that the block does not have',
      { ...section, colour: 'red' },
      'invalid additional property: colour [json-pointer:/blocks/0]',
    ],
    [
      'a section with neither text nor fields',
      { type: 'section' },
      'must define either `text` or `fields` [json-pointer:/blocks/0]',
    ],
    [
      'a section text over 3000 characters',
      { type: 'section', text: text(3001) },
      'must be less than 3001 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'more than ten fields',
      { type: 'section', fields: many(11, () => text(1)) },
      'no more than 10 items allowed [json-pointer:/blocks/0/fields]',
    ],
    [
      'a header over 150 characters',
      { type: 'header', text: text(151) },
      'must be less than 151 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'a header in mrkdwn',
      { type: 'header', text: text(1, 'mrkdwn') },
      'must be a valid enum value [json-pointer:/blocks/0/text/type]',
    ],
    [
      'an empty text',
      { type: 'header', text: text(0) },
      'must be more than 0 characters [json-pointer:/blocks/0/text/text]',
    ],
    [
      'a string where a text object belongs',
      { type: 'header', text: 'x' },
      'must provide an object [json-pointer:/blocks/0/text]',
    ],
    [
      'more than ten context elements',
      { type: 'context', elements: many(11, () => text(1)) },
      'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      'more than 25 actions',
      { type: 'actions', elements: many(26, (i) => button(`a${i}`)) },
      'no more than 25 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      'an image without alt_text',
      { type: 'image', image_url: 'http://127.0.0.1:9/1.png' },
      'missing required field: alt_text [json-pointer:/blocks/0]',
    ],
    [
      'an image with two sources',
      { type: 'image', alt_text: 'x', image_url: 'http://127.0.0.1:9/1.png', slack_file: { id: 'F00000001' } },
      'must define either `image_url` or `slack_file` [json-pointer:/blocks/0]',
    ],
    [
      'an image URL over 3000 characters',
      { type: 'image', alt_text: 'x', image_url: `http://127.0.0.1:9/${'x'.repeat(3000)}` },
      'must be less than 3001 characters [json-pointer:/blocks/0/image_url]',
    ],
    [
      'a button text over 75 characters',
      { type: 'actions', elements: [{ type: 'button', text: text(76) }] },
      'must be less than 76 characters [json-pointer:/blocks/0/elements/0/text/text]',
    ],
    [
      'a button of a style that there is not',
      { type: 'actions', elements: [{ ...button('a'), style: 'huge' }] },
      'must be a valid enum value [json-pointer:/blocks/0/elements/0/style]',
    ],
    [
      'an overflow menu of six',
      { type: 'actions', elements: [{ type: 'overflow', options: many(6, (i) => option(`${i}`)) }] },
      'no more than 5 items allowed [json-pointer:/blocks/0/elements/0/options]',
    ],
    [
      'a select whose initial option it does not offer',
      { type: 'actions', elements: [{ type: 'static_select', options: [option('a')], initial_option: option('b') }] },
      'initial options must exactly match the options provided [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'a select without options',
      { type: 'actions', elements: [{ type: 'static_select' }] },
      'must define either `options` or `option_groups` [json-pointer:/blocks/0/elements/0]',
    ],
    [
      'a card with nothing in it',
      { type: 'card', subtitle: text(1) },
      'must define at least one of `hero_image`, `title`, `actions` or `body` [json-pointer:/blocks/0]',
    ],
    [
      'a card body over 200 characters',
      { type: 'card', body: text(201) },
      'must be less than 201 characters [json-pointer:/blocks/0/body/text]',
    ],
    [
      'a card with four buttons',
      { type: 'card', actions: many(4, (i) => button(`a${i}`)) },
      'no more than 3 items allowed [json-pointer:/blocks/0/actions]',
    ],
    [
      'a carousel of eleven',
      { type: 'carousel', elements: many(11, (i) => card(`a${i}`)) },
      'no more than 10 items allowed [json-pointer:/blocks/0/elements]',
    ],
    [
      'an input',
      { type: 'input', label: text(1), element: { type: 'plain_text_input' } },
      'unsupported type: input [json-pointer:/blocks/0/type]',
    ],
    [
      'two elements of one action_id',
      buttons('pick', 'pick'),
      '`action_id` `pick` already exists in this block [json-pointer:/blocks/0/elements/1/action_id]',
    ],
    [
      'two cards of one action_id',
      { type: 'carousel', elements: [card('pick'), card('pick')] },
      '`action_id` `pick` already exists in this block [json-pointer:/blocks/0/elements/1/actions/0/action_id]',
    ],
  ])('a message with %s is refused', async (_, block, error) => {
    const workspace = await openWorkspace();
    const refusal = await refusalOf(
      clientOf(workspace).apiCall('chat.postMessage', { channel: 'C0MARKETNG', blocks: [block] }),
    );
    expect(refusal).toMatchObject({ error: 'invalid_blocks', errors: [error] });
    expect(refusal.response_metadata).toMatchObject({ messages: [`[ERROR] ${error}`] });
  });

  it('refuses two blocks of one block_id', async () => {
    const workspace = await openWorkspace();
    const blocks = [
      { ...section, block_id: 'same' },
      { ...section, block_id: 'same' },
    ];
    const refusal = await refusalOf(clientOf(workspace).chat.postMessage({ channel: 'C0MARKETNG', text: 'x', blocks }));
    expect(refusal.errors).toEqual(['`block_id` `same` already exists [json-pointer:/blocks/1/block_id]']);
  });

  it('refuses more than fifty blocks, and blocks that are no list', async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const post = (blocks: unknown) => refusalOf(client.apiCall('chat.postMessage', { channel: 'C0MARKETNG', blocks }));
    expect((await post(many(51, () => ({ type: 'divider' })))).error).toBe('msg_blocks_too_many');
    expect((await post('{"type":"divider"}')).error).toBe('invalid_blocks_format');
  });

  it('refuses markdown over 12 000 characters in all', async () => {
    const workspace = await openWorkspace();
    const blocks = many(2, () => ({ type: 'markdown', text: 'x'.repeat(6001) }));
    const refusal = await refusalOf(clientOf(workspace).chat.postMessage({ channel: 'C0MARKETNG', text: 'x', blocks }));
    expect(refusal.error).toBe('invalid_blocks');
  });

  it('gives blocks and elements that have no id one', async () => {
    const workspace = await openWorkspace();
    const blocks = [{ type: 'actions', elements: [{ type: 'button', text: text(1) }] }];
    await clientOf(workspace).chat.postMessage({ channel: 'C0MARKETNG', text: 'x', blocks });
    expect(workspace.messages('C0MARKETNG')[0]?.blocks).toEqual([
      {
        type: 'actions',
        block_id: expect.stringMatching(/^b\w+/),
        elements: [{ type: 'button', action_id: expect.stringMatching(/^b\w+/), text: text(1) }],
      },
    ]);
  });

  it('takes every kind of block that it knows', async () => {
    const workspace = await openWorkspace();
    const select = {
      type: 'static_select',
      placeholder: text(1),
      option_groups: [{ label: text(1), options: [option('a')] }],
    };
    const blocks = [
      { type: 'header', text: text(150) },
      { ...section, accessory: { type: 'overflow', options: [option('a')] }, fields: [text(2000)] },
      { type: 'context', elements: [text(1), text(1, 'mrkdwn')] },
      { type: 'actions', elements: [button('a'), select, { type: 'checkboxes', options: [option('a')] }] },
      { type: 'divider' },
      { type: 'markdown', text: '**x**' },
      { type: 'rich_text', elements: [{ type: 'rich_text_section', elements: [{ type: 'text', text: 'x' }] }] },
      card('single'),
      { type: 'carousel', elements: [card('first'), card('second')] },
    ];
    const answer = await clientOf(workspace).chat.postMessage({ channel: 'C0MARKETNG', text: 'x', blocks });
    expect(answer.ok).toBe(true);
  });

  it('refuses carousels in a workspace that does not have them', async () => {
    const workspace = await openWorkspace({ settings: { carousels: false } });
    const blocks = [section, { type: 'carousel', elements: [card('a')] }];
    const refusal = await refusalOf(clientOf(workspace).chat.postMessage({ channel: 'C0MARKETNG', text: 'x', blocks }));
    expect(refusal.errors).toEqual(['unsupported type: carousel [json-pointer:/blocks/1/type]']);
  });

  it('takes a header exactly when its text has 1 to 150 characters', async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 300 }), async (length) => {
        const blocks = [{ type: 'header', text: text(length) }];
        const call = client.apiCall('chat.postMessage', { channel: 'C0MARKETNG', blocks });
        const isTaken = await call.then(
          () => true,
          () => false,
        );
        expect(isTaken).toBe(length >= 1 && length <= 150);
      }),
      { numRuns: 25, examples: [[0], [1], [150], [151]] },
    );
  });
});
