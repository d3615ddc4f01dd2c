import { expect, test } from 'vitest';
import { buildCarousel, buildImageStack } from '../../../src/slack/message/layouts.js';
import { type Preview, previewOf } from '../../../src/slack/message/previews.js';
import { exampleBatch, failedImage, pendingImage, storedImage } from '../../core/example-batch.js';
import { savingImage, showBlocks } from './show.js';

const prompt = 'a *red* fox & <!channel>';
const tooLong = previewOf(`https://b.s3.test/${'a'.repeat(3000)}`);
const previews = new Map<number, Preview>([
  [1, { kind: 'shown', url: 'https://b.s3.test/1.png?sig=1&x=2' }],
  [2, { kind: 'refused', url: 'https://b.s3.test/2.png' }],
  [3, tooLong],
]);
const finished = exampleBatch({
  prompt,
  images: [storedImage(1), storedImage(2), storedImage(3), failedImage(4, 'filtered_image')],
  finishedAt: '2026-11-20T10:00:11.000Z',
});
const running = exampleBatch({ images: [pendingImage(1), savingImage(2), failedImage(3)] });

test('a carousel with an image, a refused image, one whose link is too long, and a failed one', () => {
  expect(showBlocks(buildCarousel(finished, previews))).toMatchInlineSnapshot(`
    "  - type: carousel
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
                text:
                  type: plain_text
                  text: Use this one
                  emoji: false
                value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:1
                accessibility_label: "Use this one: 1"
              - type: button
                action_id: open_image_1
                text:
                  type: plain_text
                  text: Full size
                  emoji: false
                url: https://b.s3.test/1.png?sig=1&x=2
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
            body:
              type: mrkdwn
              text: Slack could not show this preview. The image is saved, and you can still choose it.
              verbatim: true
            actions:
              - type: button
                action_id: pick_image_2
                text:
                  type: plain_text
                  text: Use this one
                  emoji: false
                value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:2
                accessibility_label: "Use this one: 2"
              - type: button
                action_id: open_image_2
                text:
                  type: plain_text
                  text: Full size
                  emoji: false
                url: https://b.s3.test/2.png
                accessibility_label: "Full size: 2"
          - type: card
            title:
              type: mrkdwn
              text: "*3*"
              verbatim: true
            subtitle:
              type: mrkdwn
              text: seed 44
              verbatim: true
            body:
              type: mrkdwn
              text: The link to this preview is longer than Slack allows. The image is saved, and you can still choose it.
              verbatim: true
            actions:
              - type: button
                action_id: pick_image_3
                text:
                  type: plain_text
                  text: Use this one
                  emoji: false
                value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:3
                accessibility_label: "Use this one: 3"
          - type: card
            title:
              type: mrkdwn
              text: "*4*"
              verbatim: true
            body:
              type: mrkdwn
              text: The model's content filter blocked this image. Trying again often works.
              verbatim: true
            actions:
              - type: button
                action_id: retry_image_4
                text:
                  type: plain_text
                  text: Try again
                  emoji: false
                value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:4
                accessibility_label: "Try again: 4"
    "
  `);
});

test('a stack with an image, a refused image, one whose link is too long, and a failed one', () => {
  expect(showBlocks(buildImageStack(finished, previews))).toMatchInlineSnapshot(`
    "  - type: image
        image_url: https://b.s3.test/1.png?sig=1&x=2
        alt_text: "Image 1: a *red* fox & <!channel>"
        title:
          type: plain_text
          text: 1 · seed 42
          emoji: false
      - type: section
        text:
          type: plain_text
          text: "Image 2: Slack could not show this preview. The image is saved, and you can still choose it."
          emoji: false
        accessory:
          type: button
          action_id: open_image_2
          text:
            type: plain_text
            text: Full size
            emoji: false
          url: https://b.s3.test/2.png
          accessibility_label: "Full size: 2"
      - type: section
        text:
          type: plain_text
          text: "Image 3: The link to this preview is longer than Slack allows. The image is saved, and you can still choose it."
          emoji: false
      - type: section
        text:
          type: plain_text
          text: "Image 4: The model's content filter blocked this image. Trying again often works."
          emoji: false
        accessory:
          type: button
          action_id: retry_image_4
          text:
            type: plain_text
            text: Try again
            emoji: false
          value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:4
          accessibility_label: "Try again: 4"
      - type: actions
        elements:
          - type: button
            action_id: pick_image_1
            text:
              type: plain_text
              text: Use image 1
              emoji: false
            value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:1
            accessibility_label: Use image 1
          - type: button
            action_id: pick_image_2
            text:
              type: plain_text
              text: Use image 2
              emoji: false
            value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:2
            accessibility_label: Use image 2
          - type: button
            action_id: pick_image_3
            text:
              type: plain_text
              text: Use image 3
              emoji: false
            value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:3
            accessibility_label: Use image 3
    "
  `);
});

test('a failed image can be retried only once its batch is finished', () => {
  const card = { type: 'card', title: { type: 'mrkdwn', text: '*3*', verbatim: true } };
  const [carousel] = buildCarousel(running, new Map());
  expect(carousel).toMatchObject({ elements: [{}, {}, { ...card, body: { type: 'mrkdwn' } }] });
  expect(JSON.stringify([carousel, buildImageStack(running, new Map())])).not.toContain('retry_image_3');
});

test.each([
  ['carousel', buildCarousel(running, new Map())],
  ['stack', buildImageStack(running, new Map())],
])('a %s tells images that are being drawn from those that are being saved', (_layout, blocks) => {
  expect(showBlocks(blocks).match(/Drawing…|Saving…/g)).toEqual(['Drawing…', 'Saving…']);
});

test.each([
  [3000, 'shown'],
  [3001, 'too_long'],
])('a link of %i characters is %s', (length, kind) => {
  expect(previewOf('https://b.s3.test/'.padEnd(length, 'a')).kind).toBe(kind);
});
