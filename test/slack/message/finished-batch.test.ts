import { expect, test } from 'vitest';
import { buildBatchMessage } from '../../../src/slack/message/batch-message.js';
import { type Preview, previewOf } from '../../../src/slack/message/previews.js';
import { exampleBatch, storedImage } from '../../core/example-batch.js';
import { show, showBelowHeader, view } from './show.js';

const link = (number: number): [number, Preview] => [number, previewOf(`https://b.s3.test/${number}.png?sig=1&x=2`)];
const finishedAt = '2026-11-20T10:00:11.000Z';
const prompt = 'a *red* fox & <!channel>';

test('the final carousel', () => {
  const batch = exampleBatch({ prompt, images: [storedImage(1), storedImage(2)], finishedAt });
  expect(show(buildBatchMessage(batch, view('carousel', link(1), link(2))))).toMatchInlineSnapshot(`
    "text: "2 of 2 ready: a *red* fox &amp; &lt;!channel&gt;"
    blocks:
      - type: rich_text
        elements:
          - type: rich_text_section
            elements:
              - type: user
                user_id: U0ASKER
              - type: text
                text: " asked for 2 images of"
          - type: rich_text_quote
            elements:
              - type: text
                text: a *red* fox & <!channel>
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
              image_url: https://b.s3.test/1.png?sig=1&x=2
              alt_text: "Image 1: a *red* fox & <!channel>"
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
                url: https://b.s3.test/1.png?sig=1&x=2
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
            subtitle:
              type: mrkdwn
              text: seed 43
              verbatim: true
            hero_image:
              type: image
              image_url: https://b.s3.test/2.png?sig=1&x=2
              alt_text: "Image 2: a *red* fox & <!channel>"
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
                url: https://b.s3.test/2.png?sig=1&x=2
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

test('the final stack of images', () => {
  const batch = exampleBatch({ prompt, images: [storedImage(1), storedImage(2)], finishedAt });
  expect(showBelowHeader(buildBatchMessage(batch, view('images', link(1), link(2))))).toMatchInlineSnapshot(`
    "text: "2 of 2 ready: a *red* fox &amp; &lt;!channel&gt;"
    blocks:
      - type: image
        image_url: https://b.s3.test/1.png?sig=1&x=2
        alt_text: "Image 1: a *red* fox & <!channel>"
        title:
          type: plain_text
          text: 1 · seed 42
          emoji: false
      - type: image
        image_url: https://b.s3.test/2.png?sig=1&x=2
        alt_text: "Image 2: a *red* fox & <!channel>"
        title:
          type: plain_text
          text: 2 · seed 43
          emoji: false
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
