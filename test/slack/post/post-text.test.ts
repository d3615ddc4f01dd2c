import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readPostText } from '../../../src/slack/post/post-text.js';

const richText = {
  type: 'rich_text',
  elements: [
    {
      type: 'rich_text_section',
      elements: [
        { type: 'text', text: 'Meet ' },
        { type: 'user', user_id: 'U1' },
        { type: 'text', text: ' in ', style: { bold: true } },
        { type: 'channel', channel_id: 'C1' },
        { type: 'emoji', name: 'tada', unicode: '1f389' },
        { type: 'link', url: 'https://x.test', text: 'the plan' },
      ],
    },
    {
      type: 'rich_text_list',
      style: 'bullet',
      elements: [
        { type: 'rich_text_section', elements: [{ type: 'text', text: 'cake & tea' }] },
        { type: 'rich_text_section', elements: [{ type: 'link', url: 'https://y.test' }] },
      ],
    },
    {
      type: 'rich_text_quote',
      elements: [
        { type: 'broadcast', range: 'here' },
        { type: 'text', text: ', by ' },
        { type: 'date', timestamp: 1, format: '{date}', fallback: 'Friday' },
        { type: 'text', text: ', for ' },
        { type: 'usergroup', usergroup_id: 'S1' },
      ],
    },
  ],
};

describe('readPostText', () => {
  test('takes the text of a person’s post, without marks and markup', () => {
    const message = {
      type: 'message',
      user: 'U1',
      ts: '1.2',
      text: '*Big* news <@U2|ana>: we _shipped_ :rocket:',
      blocks: [richText],
    };
    expect(readPostText(message)).toBe('Big news ana: we shipped rocket');
  });

  test('takes the text of an app’s post in a thread', () => {
    const message = {
      subtype: 'bot_message',
      bot_id: 'B1',
      thread_ts: '1.1',
      ts: '1.2',
      text: 'Build &lt;main&gt; passed',
    };
    expect(readPostText(message)).toBe('Build <main> passed');
  });

  test('reads rich text where there is no text', () => {
    expect(readPostText({ text: '', blocks: [richText] })).toBe(
      'Meet someone in a channel party popper the plan\ncake & tea\nhttps://y.test\neveryone, by Friday, for a team',
    );
  });

  test('reads sections, headers, markdown and context, and no other block, in their order', () => {
    const blocks = [
      { type: 'header', text: { type: 'plain_text', text: 'Launch :rocket:', emoji: true } },
      { type: 'divider' },
      {
        type: 'section',
        text: { type: 'mrkdwn', text: '*We* are <https://x.test|live>' },
        fields: [{ type: 'mrkdwn', text: '_one_' }, { type: 'plain_text', text: 'two' }, null],
      },
      { type: 'image', image_url: 'https://x.test/a.png', alt_text: 'an image' },
      { type: 'markdown', text: '## Next\n**cake**' },
      { type: 'actions', elements: [{ type: 'button', text: { type: 'plain_text', text: 'Press' } }] },
      {
        type: 'context',
        elements: [
          { type: 'image', image_url: 'x', alt_text: 'y' },
          { type: 'mrkdwn', text: 'by <@U1|lee>' },
        ],
      },
    ];
    expect(readPostText({ blocks })).toBe('Launch rocket\nWe are live\none\ntwo\nNext\ncake\nby lee');
  });

  test('looks past Slack’s own placeholder text', () => {
    const blocks = [{ type: 'header', text: { type: 'plain_text', text: 'Launch' } }];
    expect(readPostText({ text: "This content can't be displayed.", blocks })).toBe('Launch');
  });

  test('reads attachments: pretext, title and text, else blocks, else the fallback', () => {
    const attachments = [
      { pretext: 'New:', title: '<https://x.test|Report>', text: 'All *green*', fallback: 'unused' },
      { blocks: [{ type: 'section', text: { type: 'plain_text', text: 'in a block' } }], fallback: 'unused' },
      { fallback: 'only this' },
    ];
    expect(readPostText({ text: ' ', attachments })).toBe('New:\nReport\nAll green\nin a block\nonly this');
  });

  test('reads files’ titles, else names, without their endings', () => {
    const files = [
      { title: 'Team offsite.png', name: 'a.png' },
      { name: 'beach &amp; sun.jpeg' },
      { mimetype: 'image/png' },
    ];
    expect(readPostText({ text: '', files })).toBe('Team offsite\nbeach & sun');
  });

  test.each([
    ['text', { text: 'A fox sleeps. '.repeat(2_800) }],
    [
      'blocks',
      { blocks: Array.from({ length: 50 }, () => ({ type: 'markdown', text: 'A fox sleeps. '.repeat(800) })) },
    ],
  ])('reads no more than 5,000 characters of a long post’s %s', (_, message) => {
    const words = readPostText(message);
    expect(words).toMatch(/^A fox sleeps\. A fox/);
    expect(words.length).toBeGreaterThan(4_980);
    expect(words.length).toBeLessThanOrEqual(5_000);
  });

  test.each([
    [{}],
    [{ text: '' }],
    [{ text: 5, blocks: 'x', files: [null] }],
    [{ blocks: [{ type: 'divider' }] }],
    [null],
    ['text'],
  ])('finds no words in %j', (message) => {
    expect(readPostText(message)).toBe('');
  });

  test('never throws, whatever the message', () => {
    const keys = fc.constantFrom('text', 'blocks', 'attachments', 'files', 'elements', 'type', 'title', 'fields');
    const values = fc.oneof(
      fc.string(),
      fc.constantFrom('rich_text', 'section', 'context', 'mrkdwn', 'link'),
      fc.constant(null),
    );
    const { message } = fc.letrec((tie) => ({
      message: fc.oneof({ maxDepth: 6 }, values, fc.array(tie('message')), fc.dictionary(keys, tie('message'))),
    }));
    fc.assert(
      fc.property(message, (anything) => {
        expect(readPostText(anything)).toBeTypeOf('string');
      }),
    );
  });
});
