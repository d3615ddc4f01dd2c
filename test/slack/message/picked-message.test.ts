import { expect, test } from 'vitest';
import { buildPickedMessage, type ImageSource } from '../../../src/slack/message/batch-message.js';
import { exampleBatch, storedImage } from '../../core/example-batch.js';
import { show } from './show.js';

function picked(pickedBy: string, source: ImageSource) {
  const batch = exampleBatch({
    prompt: 'a *red* fox & <!channel>',
    images: [storedImage(1), storedImage(2)],
    finishedAt: '2026-11-20T10:00:11.000Z',
  });
  return buildPickedMessage(batch, { number: 2, pickedBy, pickedAt: '2026-11-20T10:05:00.000Z' }, source);
}

test('picked by the requester, shown by a link', () => {
  expect(show(picked('U0ASKER', { kind: 'shown', url: 'https://b.s3.test/2.png' }))).toMatchInlineSnapshot(`
    "text: "Picked: a *red* fox &amp; &lt;!channel&gt;"
    blocks:
      - type: rich_text
        elements:
          - type: rich_text_section
            elements:
              - type: user
                user_id: U0ASKER
              - type: text
                text: " chose this image of"
          - type: rich_text_quote
            elements:
              - type: text
                text: a *red* fox & <!channel>
      - type: image
        image_url: https://b.s3.test/2.png
        alt_text: "Image 2: a *red* fox & <!channel>"
      - type: context
        elements:
          - type: plain_text
            text: 1:1 · seed 43 · Stable Image Core · 11 s · about $0.08 · batch 7f3a2c
            emoji: false
      - type: actions
        elements:
          - type: button
            action_id: refresh_previews
            text:
              type: plain_text
              text: Show again
              emoji: false
            value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
    "
  `);
});

test('picked by another user: names both', () => {
  const [header] = picked('W0OTHER', { kind: 'shown', url: 'https://b.s3.test/2.png' }).blocks;
  expect(header).toMatchObject({
    elements: [
      { elements: [{ type: 'user', user_id: 'W0OTHER' }, { text: ' chose this image of' }] },
      { type: 'rich_text_quote' },
      { elements: [{ text: 'asked for by ' }, { type: 'user', user_id: 'U0ASKER' }] },
    ],
  });
});

test('kept by Slack: the file, and no button', () => {
  const message = picked('U0ASKER', { kind: 'slack_file', id: 'F0FILE1234' });
  expect(show(message)).toContain('slack_file:\n      id: F0FILE1234\n');
  expect(message.blocks.map(({ type }) => type)).toEqual(['rich_text', 'image', 'context']);
});

test('refused by Slack: the link as a button', () => {
  const [, image] = picked('U0ASKER', { kind: 'refused', url: 'https://b.s3.test/2.png' }).blocks;
  expect(image).toMatchObject({
    text: { text: 'Slack could not show the image here. It is saved, and the link opens it.' },
    accessory: { action_id: 'open_image_2', url: 'https://b.s3.test/2.png' },
  });
});

test('a link that is too long: does not ask to choose again', () => {
  const text = show(picked('U0ASKER', { kind: 'too_long' }));
  expect(text).not.toContain('choose it');
  expect(text).toContain('The link to the image is longer than Slack allows, so it cannot be shown here. It is saved');
});
