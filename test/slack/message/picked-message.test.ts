import { expect, test } from 'vitest';
import { buildPickedMessage, type ImageSource } from '../../../src/slack/message/picked-message.js';
import { exampleBatch, storedImage } from '../../core/example-batch.js';
import { show } from './show.js';

const batch = exampleBatch({
  prompt: 'a *red* fox & <!channel>',
  images: [storedImage(1), storedImage(2)],
  finishedAt: '2026-11-20T10:00:11.000Z',
});

function picked(pickedBy: string, source: ImageSource): string {
  const pick = { number: 2, pickedBy, pickedAt: '2026-11-20T10:05:00.000Z' };
  return show(buildPickedMessage(batch, pick, storedImage(2), source));
}

test('picked by the requester, by a link', () => {
  expect(picked('U0ASKER', { kind: 'shown', url: 'https://b.s3.test/2.png' })).toMatchInlineSnapshot(`
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
            value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
            text:
              type: plain_text
              text: Show again
              emoji: false
    "
  `);
});

test('picked by somebody else, kept by Slack', () => {
  expect(picked('W0OTHER', { kind: 'slack_file', id: 'F0FILE1234' })).toMatchInlineSnapshot(`
    "text: "Picked: a *red* fox &amp; &lt;!channel&gt;"
    blocks:
      - type: rich_text
        elements:
          - type: rich_text_section
            elements:
              - type: user
                user_id: W0OTHER
              - type: text
                text: " chose this image of"
          - type: rich_text_quote
            elements:
              - type: text
                text: a *red* fox & <!channel>
          - type: rich_text_section
            elements:
              - type: text
                text: "asked for by "
              - type: user
                user_id: U0ASKER
      - type: image
        slack_file:
          id: F0FILE1234
        alt_text: "Image 2: a *red* fox & <!channel>"
      - type: context
        elements:
          - type: plain_text
            text: 1:1 · seed 43 · Stable Image Core · 11 s · about $0.08 · batch 7f3a2c
            emoji: false
    "
  `);
});

test('picked, where Slack does not show the link', () => {
  expect(picked('U0ASKER', { kind: 'refused', url: 'https://b.s3.test/2.png' })).toMatchInlineSnapshot(`
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
      - type: section
        text:
          type: plain_text
          text: Slack could not show the image here. It is saved, and the link opens it.
          emoji: false
        accessory:
          type: button
          action_id: open_image_2
          url: https://b.s3.test/2.png
          text:
            type: plain_text
            text: Full size
            emoji: false
          accessibility_label: "Full size: 2"
      - type: context
        elements:
          - type: plain_text
            text: 1:1 · seed 43 · Stable Image Core · 11 s · about $0.08 · batch 7f3a2c
            emoji: false
      - type: actions
        elements:
          - type: button
            action_id: refresh_previews
            value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
            text:
              type: plain_text
              text: Show again
              emoji: false
    "
  `);
});

test('picked, where the link is too long, invites nobody to choose again', () => {
  expect(picked('U0ASKER', { kind: 'too_long' })).not.toContain('choose it');
  expect(picked('U0ASKER', { kind: 'too_long' })).toContain(
    'The link to the image is longer than Slack allows, so it cannot be shown here. It is saved',
  );
});
