import { expect, test } from 'vitest';
import { buildBatchMessage } from '../../../src/slack/message/batch-message.js';
import { type Preview, previewOf } from '../../../src/slack/message/previews.js';
import { exampleBatch, pendingImage, storedImage } from '../../core/example-batch.js';
import { show, showBelowHeader, view } from './show.js';

const link = (number: number): [number, Preview] => [number, previewOf(`https://b.s3.test/${number}.png?sig=1&x=2`)];
const prompt = 'a *red* fox & <!channel>';

test('a batch that has just begun', () => {
  const message = buildBatchMessage(exampleBatch({ prompt }), view('carousel'));
  expect(show(message)).toMatchInlineSnapshot(`
    "text: Drawing 2 images of a *red* fox &amp; &lt;!channel&gt;
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
      - type: context
        elements:
          - type: plain_text
            text: Drawing 2 images · 1:1 · Stable Image Core · about $0.08
            emoji: false
    "
  `);
});

test('a batch while it runs', () => {
  const batch = exampleBatch({ images: [storedImage(1), pendingImage(2)] });
  expect(showBelowHeader(buildBatchMessage(batch, view('carousel', link(1))))).toMatchInlineSnapshot(`
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
              image_url: https://b.s3.test/1.png?sig=1&x=2
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
            body:
              type: mrkdwn
              text: Drawing…
              verbatim: true
      - type: context
        elements:
          - type: plain_text
            text: 1 of 2 ready · 1:1 · Stable Image Core · about $0.08
            emoji: false
    "
  `);
});

test('a prompt of 10,000 characters is shown in part', () => {
  const batch = exampleBatch({ prompt: 'fox '.repeat(2500) });
  const { text, blocks } = buildBatchMessage(batch, view('carousel'));
  expect(text).toMatch(/^Drawing 2 images of (fox )+.*…$/);
  expect(text.length).toBeLessThanOrEqual(300);
  expect(JSON.stringify(blocks)).toContain('fox…');
  expect(JSON.stringify(blocks).length).toBeLessThan(1500);
});
