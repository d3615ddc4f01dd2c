import { describe, expect, test } from 'vitest';
import { buildBatchMessage } from '../../../src/slack/message/batch-message.js';
import { type Preview, previewOf } from '../../../src/slack/message/previews.js';
import { exampleBatch, failedImage, storedImage } from '../../core/example-batch.js';
import { showBelowHeader, view } from './show.js';

const finishedAt = '2026-11-20T10:00:11.000Z';

describe('a batch of which one image failed', () => {
  const batch = exampleBatch({ images: [storedImage(1), failedImage(2, 'filtered_image')], finishedAt });
  const preview: [number, Preview] = [1, previewOf('https://b.s3.test/1.png')];

  test('in a carousel', () => {
    expect(showBelowHeader(buildBatchMessage(batch, view('carousel', preview)))).toMatchInlineSnapshot(`
      "text: "1 of 2 ready: a red fox"
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
              hero_image:
                type: image
                image_url: https://b.s3.test/1.png
                alt_text: "Image 1: a red fox"
              actions:
                - type: button
                  action_id: pick_image_1
                  value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:1
                  text:
                    type: plain_text
                    text: Use this one
                    emoji: false
                  accessibility_label: "Use this one: 1"
                - type: button
                  action_id: open_image_1
                  url: https://b.s3.test/1.png
                  text:
                    type: plain_text
                    text: Full size
                    emoji: false
                  accessibility_label: "Full size: 1"
            - type: card
              title:
                type: mrkdwn
                text: "*2*"
                verbatim: true
              body:
                type: mrkdwn
                text: The model's content filter blocked this image. Trying again often works.
                verbatim: true
              actions:
                - type: button
                  action_id: retry_image_2
                  value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:2
                  text:
                    type: plain_text
                    text: Try again
                    emoji: false
                  accessibility_label: "Try again: 2"
        - type: context
          elements:
            - type: plain_text
              text: 1:1 · seed 42 · Stable Image Core · 11 s · about $0.04 · batch 7f3a2c
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
    expect(showBelowHeader(buildBatchMessage(batch, view('images', preview)))).toMatchInlineSnapshot(`
      "text: "1 of 2 ready: a red fox"
      blocks:
        - type: image
          image_url: https://b.s3.test/1.png
          alt_text: "Image 1: a red fox"
          title:
            type: plain_text
            text: 1 · seed 42
            emoji: false
        - type: section
          text:
            type: plain_text
            text: "Image 2: The model's content filter blocked this image. Trying again often works."
            emoji: false
          accessory:
            type: button
            action_id: retry_image_2
            value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:2
            text:
              type: plain_text
              text: Try again
              emoji: false
            accessibility_label: "Try again: 2"
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
        - type: context
          elements:
            - type: plain_text
              text: 1:1 · seed 42 · Stable Image Core · 11 s · about $0.04 · batch 7f3a2c
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
