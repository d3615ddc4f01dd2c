import { describe, expect, test } from 'vitest';
import { buildBatchMessage } from '../../../src/slack/message/batch-message.js';
import { type Preview, previewOf } from '../../../src/slack/message/previews.js';
import { exampleBatch, storedImage } from '../../core/example-batch.js';
import { showBelowHeader, view } from './show.js';

const finishedAt = '2026-11-20T10:00:11.000Z';
const tooLong = previewOf(`https://b.s3.test/${'a'.repeat(3000)}`);
const refused: Preview = { kind: 'refused', url: 'https://b.s3.test/2.png' };

describe('an image that Slack cannot show', () => {
  const batch = exampleBatch({ images: [storedImage(1), storedImage(2)], finishedAt });

  test('in a carousel', () => {
    expect(
      showBelowHeader(buildBatchMessage(batch, view('carousel', [1, tooLong], [2, refused]))),
    ).toMatchInlineSnapshot(`
      "text: "2 of 2 ready: a red fox"
      blocks:
        - type: carousel
          elements:
            - type: card
              title:
                type: mrkdwn
                text: "*1*"
                verbatim: true
              subtitle:
                type: mrkdwn
                text: seed 42
                verbatim: true
              body:
                type: mrkdwn
                text: The link to this preview is longer than Slack allows. The image is saved, and you can still choose it.
                verbatim: true
              actions:
                - type: button
                  action_id: pick_image_1
                  value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:1
                  text:
                    type: plain_text
                    text: Use this one
                    emoji: false
                  accessibility_label: "Use this one: 1"
            - type: card
              title:
                type: mrkdwn
                text: "*2*"
                verbatim: true
              subtitle:
                type: mrkdwn
                text: seed 43
                verbatim: true
              body:
                type: mrkdwn
                text: Slack could not show this preview. The image is saved, and you can still choose it.
                verbatim: true
              actions:
                - type: button
                  action_id: pick_image_2
                  value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:2
                  text:
                    type: plain_text
                    text: Use this one
                    emoji: false
                  accessibility_label: "Use this one: 2"
                - type: button
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
              text: 1:1 · seeds 42–43 · Stable Image Core · 11 s · about $0.08 · batch 7f3a2c
              emoji: false
        - type: actions
          elements:
            - type: button
              action_id: reroll
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
              text:
                type: plain_text
                text: Re-roll
                emoji: false
            - type: button
              action_id: edit_prompt
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
              text:
                type: plain_text
                text: Edit prompt
                emoji: false
            - type: button
              action_id: refresh_previews
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
              text:
                type: plain_text
                text: Show again
                emoji: false
            - type: button
              action_id: discard
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
              text:
                type: plain_text
                text: Discard
                emoji: false
              style: danger
              confirm:
                title:
                  type: plain_text
                  text: Discard these images?
                  emoji: false
                text:
                  type: plain_text
                  text: This deletes the message for everyone. The images stay in storage.
                  emoji: false
                confirm:
                  type: plain_text
                  text: Discard
                  emoji: false
                deny:
                  type: plain_text
                  text: Keep
                  emoji: false
                style: danger
      "
    `);
  });

  test('in a stack of images', () => {
    expect(
      showBelowHeader(buildBatchMessage(batch, view('images', [1, tooLong], [2, refused]))),
    ).toMatchInlineSnapshot(`
      "text: "2 of 2 ready: a red fox"
      blocks:
        - type: section
          text:
            type: plain_text
            text: "Image 1: The link to this preview is longer than Slack allows. The image is saved, and you can still choose it."
            emoji: false
        - type: section
          text:
            type: plain_text
            text: "Image 2: Slack could not show this preview. The image is saved, and you can still choose it."
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
        - type: actions
          elements:
            - type: button
              action_id: pick_image_1
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:1
              text:
                type: plain_text
                text: Use image 1
                emoji: false
              accessibility_label: Use image 1
            - type: button
              action_id: pick_image_2
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:2
              text:
                type: plain_text
                text: Use image 2
                emoji: false
              accessibility_label: Use image 2
        - type: context
          elements:
            - type: plain_text
              text: 1:1 · seeds 42–43 · Stable Image Core · 11 s · about $0.08 · batch 7f3a2c
              emoji: false
        - type: actions
          elements:
            - type: button
              action_id: reroll
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
              text:
                type: plain_text
                text: Re-roll
                emoji: false
            - type: button
              action_id: edit_prompt
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
              text:
                type: plain_text
                text: Edit prompt
                emoji: false
            - type: button
              action_id: refresh_previews
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
              text:
                type: plain_text
                text: Show again
                emoji: false
            - type: button
              action_id: discard
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
              text:
                type: plain_text
                text: Discard
                emoji: false
              style: danger
              confirm:
                title:
                  type: plain_text
                  text: Discard these images?
                  emoji: false
                text:
                  type: plain_text
                  text: This deletes the message for everyone. The images stay in storage.
                  emoji: false
                confirm:
                  type: plain_text
                  text: Discard
                  emoji: false
                deny:
                  type: plain_text
                  text: Keep
                  emoji: false
                style: danger
      "
    `);
  });
});

test.each([
  [3000, 'shown'],
  [3001, 'too_long'],
])('a link of %i characters is %s', (length, kind) => {
  expect(previewOf('https://b.s3.test/'.padEnd(length, 'a')).kind).toBe(kind);
});
