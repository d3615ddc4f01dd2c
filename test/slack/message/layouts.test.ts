import { expect, test } from 'vitest';
import { buildBatchMessage, buildCarousel, type Preview } from '../../../src/slack/message/batch-message.js';
import { exampleBatch, failedImage, pendingImage, storedImage } from '../../core/example-batch.js';
import { objectsIn, savingImage, showBlocks } from './show.js';

const previews = new Map<number, Preview>([
  [1, { kind: 'shown', url: 'https://b.s3.test/1.png?sig=1&x=2' }],
  [2, { kind: 'refused', url: 'https://b.s3.test/2.png' }],
  [3, { kind: 'too_long' }],
]);
const finished = exampleBatch({
  prompt: 'a *red* fox & <!channel>',
  images: [storedImage(1), storedImage(2), storedImage(3), failedImage(4, 'filtered_image')],
  finishedAt: '2026-11-20T10:00:11.000Z',
});
const running = exampleBatch({ images: [pendingImage(1), savingImage(2), failedImage(3)] });

test('a carousel with an image, a refused image, one whose link is too long, and a failed one', () => {
  expect(showBlocks(buildCarousel(finished, previews))).toMatchInlineSnapshot(`
    "  - type: carousel
        elements:
          - type: card
            title: mrkdwn *1*
            subtitle: mrkdwn seed 42
            hero_image:
              type: image
              image_url: https://b.s3.test/1.png?sig=1&x=2
              alt_text: "Image 1: a *red* fox & <!channel>"
            actions:
              - type: button
                action_id: pick_image_1
                text: Use this one
                value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:1
                accessibility_label: "Use this one: 1"
              - type: button
                action_id: open_image_1
                text: Open original
                url: https://b.s3.test/1.png?sig=1&x=2
                accessibility_label: "Open original: 1"
          - type: card
            title: mrkdwn *2*
            subtitle: mrkdwn seed 43
            body: mrkdwn Slack could not show this preview. The image is saved, and you can still choose it.
            actions:
              - type: button
                action_id: pick_image_2
                text: Use this one
                value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:2
                accessibility_label: "Use this one: 2"
              - type: button
                action_id: open_image_2
                text: Open original
                url: https://b.s3.test/2.png
                accessibility_label: "Open original: 2"
          - type: card
            title: mrkdwn *3*
            subtitle: mrkdwn seed 44
            body: mrkdwn The link to this preview is longer than Slack allows. The image is saved, and you can still choose it.
            actions:
              - type: button
                action_id: pick_image_3
                text: Use this one
                value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:3
                accessibility_label: "Use this one: 3"
          - type: card
            title: mrkdwn *4*
            body: mrkdwn The model's content filter blocked this image. Retry failed in the ⋯ menu often works.
            actions:
              - type: button
                action_id: retry_image_4
                text: Try again
                value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:4
                accessibility_label: "Try again: 4"
    "
  `);
});

test('a carousel of a running batch tells drawing from saving, and offers no retry of a failed image', () => {
  const shown = showBlocks(buildCarousel(running, new Map()));
  expect(shown.match(/Drawing…|Saving…/g)).toEqual(['Drawing…', 'Saving…']);
  expect(shown).toContain('Something went wrong.');
  expect(shown).not.toContain('retry_image_3');
});

test('below a carousel are only the controls of the whole batch', () => {
  const { blocks } = buildBatchMessage(finished, { layout: 'carousel', previews });
  expect(blocks.map(({ type }) => type)).toEqual(['rich_text', 'carousel', 'actions']);
  const controls = objectsIn(blocks[2]).flatMap(({ action_id }) => action_id ?? []);
  expect(controls).toEqual(['reroll', 'edit_prompt', 'more']);
});
