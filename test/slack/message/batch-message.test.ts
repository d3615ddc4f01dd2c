import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/core/batch/batch.js';
import type { FailureReason } from '../../../src/core/errors.js';
import type { SlackMessage } from '../../../src/slack/api/response-url.js';
import {
  buildBatchMessage,
  buildPickedMessage,
  type ImageSource,
  sheetCells,
  withoutControls,
} from '../../../src/slack/message/batch-message.js';
import { exampleBatch, failedImage, pendingImage, storedImage } from '../../core/example-batch.js';
import { objectsIn, savingImage, show, showBlocks } from './show.js';

const finishedAt = '2026-11-20T10:00:11.000Z';
const tricky = 'a *red* fox & <!channel>';
const sheet = 'https://b.s3.test/sheet-1.jpg?sig=1&x=2';
const build = (batch: Batch) => buildBatchMessage(batch, { layout: 'sheet', previews: new Map(), sheet });
const four = [1, 2, 3, 4].map((number) => storedImage(number));

describe('the message of a batch', () => {
  test('that has just begun', () => {
    expect(show(build(exampleBatch({ prompt: tricky })))).toMatchInlineSnapshot(`
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
        - type: image
          image_url: https://b.s3.test/sheet-1.jpg?sig=1&x=2
          alt_text: "2 images, numbered 1 to 2: a *red* fox & <!channel>"
        - type: context
          elements:
            - Drawing 2 images · Stable Image Core
        - type: actions
          elements:
            - type: button
              action_id: stop
              text: Stop
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
      "
    `);
  });

  test('that runs, with settings of its own, one image to pick and one being saved', () => {
    const settings = { aspectRatio: '16:9', styleId: 'watercolor', negativePrompt: 'snow' } as const;
    const images = [storedImage(1), savingImage(2), pendingImage(3), failedImage(4)];
    expect(show(build(exampleBatch({ settings, images })))).toMatchInlineSnapshot(`
      "text: "1 of 4 ready: a red fox"
      blocks:
        - type: rich_text
          elements:
            - type: rich_text_section
              elements:
                - type: user
                  user_id: U0ASKER
                - type: text
                  text: " asked for 4 images of"
            - type: rich_text_quote
              elements:
                - type: text
                  text: a red fox
        - type: context
          elements:
            - Watercolor · 16:9 · without snow
        - type: image
          image_url: https://b.s3.test/sheet-1.jpg?sig=1&x=2
          alt_text: |-
            4 images, numbered 1 to 4: a red fox
            Image 4: Something went wrong. Try again.
        - type: context
          elements:
            - 1 of 4 ready, saving 1 · Stable Image Core
        - type: actions
          elements:
            - type: button
              action_id: pick_image_1
              text: "1"
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:1
              accessibility_label: "1: use image 1"
              style: primary
            - type: button
              action_id: stop
              text: Stop
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
      "
    `);
  });

  test('that has finished', () => {
    expect(show(build(exampleBatch({ images: four, finishedAt })))).toMatchInlineSnapshot(`
      "text: "4 of 4 ready: a red fox"
      blocks:
        - type: rich_text
          elements:
            - type: rich_text_section
              elements:
                - type: user
                  user_id: U0ASKER
                - type: text
                  text: " asked for 4 images of"
            - type: rich_text_quote
              elements:
                - type: text
                  text: a red fox
        - type: image
          image_url: https://b.s3.test/sheet-1.jpg?sig=1&x=2
          alt_text: "4 images, numbered 1 to 4: a red fox"
        - type: actions
          elements:
            - type: button
              action_id: pick_image_1
              text: "1"
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:1
              accessibility_label: "1: use image 1"
              style: primary
            - type: button
              action_id: pick_image_2
              text: "2"
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:2
              accessibility_label: "2: use image 2"
              style: primary
            - type: button
              action_id: pick_image_3
              text: "3"
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:3
              accessibility_label: "3: use image 3"
              style: primary
            - type: button
              action_id: pick_image_4
              text: "4"
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:4
              accessibility_label: "4: use image 4"
              style: primary
            - type: button
              action_id: reroll
              text: Again
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
            - type: button
              action_id: edit_prompt
              text: Change
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
            - type: overflow
              action_id: more
              options:
                - text: Open full size
                  value: full_size:01JCZZZZZZZZZZZZZZZZ7F3A2C
                - text: Details
                  value: details:01JCZZZZZZZZZZZZZZZZ7F3A2C
                - text: Refresh
                  value: refresh:01JCZZZZZZZZZZZZZZZZ7F3A2C
                - text: Discard
                  value: discard:01JCZZZZZZZZZZZZZZZZ7F3A2C
      "
    `);
  });

  test('of which two images failed has no buttons for these, and offers to draw them again', () => {
    const images = [storedImage(1), failedImage(2, 'throttled'), storedImage(3), failedImage(4, 'filtered_image')];
    const { text, blocks } = build(exampleBatch({ images, finishedAt }));
    expect(text).toBe('2 of 4 ready: a red fox');
    expect(showBlocks(blocks.slice(1))).toMatchInlineSnapshot(`
      "  - type: image
          image_url: https://b.s3.test/sheet-1.jpg?sig=1&x=2
          alt_text: |-
            4 images, numbered 1 to 4: a red fox
            Image 2: The model was too busy. Try again in a minute.
            Image 4: The model's content filter blocked this image. Retry failed in the ⋯ menu often works.
        - type: actions
          elements:
            - type: button
              action_id: pick_image_1
              text: "1"
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:1
              accessibility_label: "1: use image 1"
              style: primary
            - type: button
              action_id: pick_image_3
              text: "3"
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:3
              accessibility_label: "3: use image 3"
              style: primary
            - type: button
              action_id: reroll
              text: Again
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
            - type: button
              action_id: edit_prompt
              text: Change
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
            - type: overflow
              action_id: more
              options:
                - text: Open full size
                  value: full_size:01JCZZZZZZZZZZZZZZZZ7F3A2C
                - text: Details
                  value: details:01JCZZZZZZZZZZZZZZZZ7F3A2C
                - text: Retry failed
                  value: retry_failed:01JCZZZZZZZZZZZZZZZZ7F3A2C
                - text: Refresh
                  value: refresh:01JCZZZZZZZZZZZZZZZZ7F3A2C
                - text: Discard
                  value: discard:01JCZZZZZZZZZZZZZZZZ7F3A2C
      "
    `);
  });

  test('of which every image failed for one reason says it instead of a sheet', () => {
    const images = [failedImage(1, 'throttled'), failedImage(2, 'throttled')];
    expect(show(build(exampleBatch({ images, finishedAt })))).toMatchInlineSnapshot(`
      "text: "No image could be drawn: a red fox"
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
                  text: a red fox
        - type: section
          text: No image could be drawn. The model was too busy. Try again in a minute.
        - type: actions
          elements:
            - type: button
              action_id: reroll
              text: Again
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
            - type: button
              action_id: edit_prompt
              text: Change
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
            - type: overflow
              action_id: more
              options:
                - text: Details
                  value: details:01JCZZZZZZZZZZZZZZZZ7F3A2C
                - text: Retry failed
                  value: retry_failed:01JCZZZZZZZZZZZZZZZZ7F3A2C
                - text: Discard
                  value: discard:01JCZZZZZZZZZZZZZZZZ7F3A2C
      "
    `);
  });

  test('that compares models says which ignore a setting', () => {
    const images = [storedImage(1), { ...storedImage(2), modelId: 'gpt-image-2' }];
    const sent = images.map(({ modelId }) => ({ modelId, prompt: 'a red fox' }));
    const settings = { aspectRatio: '1:1', seed: 42, negativePrompt: 'snow' } as const;
    expect(
      showBlocks(build(exampleBatch({ images, sent, settings, finishedAt })).blocks.slice(1)),
    ).toMatchInlineSnapshot(`
      "  - type: context
          elements:
            - without snow
        - type: image
          image_url: https://b.s3.test/sheet-1.jpg?sig=1&x=2
          alt_text: |-
            2 images, numbered 1 to 2: a red fox
            Stable Image Core: 1. GPT Image 2: 2.
        - type: context
          elements:
            - GPT Image 2 takes no negative prompt, so “snow” may still appear. GPT Image 2 takes no seeds, so its images cannot be reproduced exactly.
        - type: actions
          elements:
            - type: button
              action_id: pick_image_1
              text: "1"
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:1
              accessibility_label: "1: use image 1"
              style: primary
            - type: button
              action_id: pick_image_2
              text: "2"
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:2
              accessibility_label: "2: use image 2"
              style: primary
            - type: button
              action_id: reroll
              text: Again
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
            - type: button
              action_id: edit_prompt
              text: Change
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
            - type: overflow
              action_id: more
              options:
                - text: Open full size
                  value: full_size:01JCZZZZZZZZZZZZZZZZ7F3A2C
                - text: Details
                  value: details:01JCZZZZZZZZZZZZZZZZ7F3A2C
                - text: Refresh
                  value: refresh:01JCZZZZZZZZZZZZZZZZ7F3A2C
                - text: Discard
                  value: discard:01JCZZZZZZZZZZZZZZZZ7F3A2C
      "
    `);
  });

  test('that Slack shows no image of says that they are saved and why others failed, and keeps its controls', () => {
    const batch = exampleBatch({ images: [storedImage(1), failedImage(2, 'throttled'), failedImage(3)], finishedAt });
    const { blocks } = buildBatchMessage(batch, { layout: 'text', previews: new Map() });
    expect(showBlocks(blocks.slice(1, -1))).toMatchInlineSnapshot(`
      "  - type: section
          text: "Slack could not show the images. They are saved: Open full size in the ⋯ menu has them, and you can still choose one."
        - type: context
          elements:
            - |-
              Image 2: The model was too busy. Try again in a minute.
              Image 3: Something went wrong. Try again.
      "
    `);
    expect(blocks.at(-1)).toEqual(build(batch).blocks.at(-1));
  });

  test.each<[place: string, batch: Batch, change: (message: SlackMessage) => SlackMessage]>([
    ['while others are drawn', exampleBatch({ images: [storedImage(1), pendingImage(2)] }), (message) => message],
    ['in a place in which no button works', exampleBatch({ images: [storedImage(1)], finishedAt }), withoutControls],
  ])('that Slack shows no image of does not name the menu %s', (_place, batch, change) => {
    const { blocks } = change(buildBatchMessage(batch, { layout: 'text', previews: new Map() }));
    expect(showBlocks(blocks)).toContain(
      'text: Slack could not show the images. They are saved, and you can still choose one.\n',
    );
    expect(showBlocks(blocks)).not.toContain('menu');
  });

  test('that waits for its model says how long', () => {
    const position = { ahead: 6, milliseconds: 36_000 };
    const { blocks } = buildBatchMessage(exampleBatch(), { layout: 'sheet', previews: new Map(), sheet, position });
    expect(showBlocks(blocks)).toContain('- "Waiting: 6 images ahead of yours, about 40 s · Stable Image Core"\n');
  });
});

test('each cell of the sheet says what is missing, and in a comparison names its model', () => {
  const images = [storedImage(1), pendingImage(2), savingImage(3), failedImage(4, 'filtered_image')];
  const texts = [
    { number: 1, text: 'Cannot be shown here. Open full size has it.' },
    { number: 2, text: 'Drawing…' },
    { number: 3, text: 'Saving…' },
    { number: 4, text: "The model's content filter blocked this image. Retry failed in the ⋯ menu often works." },
  ];
  expect(sheetCells(exampleBatch({ images }))).toEqual(texts);
  const sent = ['stability.stable-image-core-v1:1', 'x'].map((modelId) => ({ modelId, prompt: 'a red fox' }));
  expect(sheetCells(exampleBatch({ images, sent }))).toEqual(
    texts.map((cell) => ({ ...cell, label: 'Stable Image Core' })),
  );
});

test.each([
  [
    'https://slack.test/archives/C1/p1',
    [{ type: 'link', url: 'https://slack.test/archives/C1/p1', text: 'batch 7f3a2b' }],
  ],
  [undefined, [{ type: 'text', text: 'batch 7f3a2b' }]],
])('a batch names the one that it was made from, whose link is %s', (link, named) => {
  const parent = { id: '01JCZZZZZZZZZZZZZZZZ7F3A2B', ...(link && { link }) };
  const [header] = build(exampleBatch({ parent })).blocks;
  expect(header).toMatchObject({ elements: [{}, {}, { elements: [{ type: 'text', text: 'From ' }, ...named] }] });
});

test('a prompt of 10,000 characters is shown in part', () => {
  const { text, blocks } = build(exampleBatch({ prompt: 'fox '.repeat(2500) }));
  expect(text).toMatch(/^Drawing 2 images of (fox )+.*…$/);
  expect(text.length).toBeLessThanOrEqual(300);
  expect(JSON.stringify(blocks)).toContain('fox…');
  expect(JSON.stringify(blocks).length).toBeLessThan(2000);
});

describe('a batch of which no image could be drawn', () => {
  const failedFor = (...reasons: FailureReason[]) =>
    exampleBatch({ images: reasons.map((reason, index) => failedImage(index + 1, reason)), finishedAt });

  test('says different reasons on the sheet', () => {
    const { blocks } = build(failedFor('throttled', 'timed_out'));
    expect(blocks.map(({ type }) => type)).toEqual(['rich_text', 'image', 'section', 'actions']);
    expect(showBlocks(blocks)).toContain('text: No image could be drawn.\n');
  });

  test.each<[what: string, reasons: FailureReason[], controls: string[]]>([
    ['another prompt', ['filtered_prompt', 'filtered_prompt'], ['edit_prompt primary', 'more']],
    ['another prompt or other settings', ['filtered_prompt', 'rejected'], ['edit_prompt primary', 'more']],
    ['only the administrator', ['denied', 'denied'], ['edit_prompt', 'more']],
    ['another try', ['throttled', 'throttled'], ['reroll', 'edit_prompt', 'more']],
    ['another try of some', ['filtered_prompt', 'throttled'], ['reroll', 'edit_prompt', 'more']],
  ])('offers what helps: %s', (_what, reasons, controls) => {
    const offered = objectsIn(build(failedFor(...reasons)).blocks.at(-1)).filter(({ action_id }) => action_id);
    expect(offered.map(({ action_id, style }) => [action_id, style].filter(Boolean).join(' '))).toEqual(controls);
  });
});

describe('a picked image', () => {
  const images = [storedImage(1), storedImage(2)];
  const batch = exampleBatch({ prompt: tricky, images, finishedAt });
  const picked = (source: ImageSource, pickedBy = 'U0ASKER') =>
    buildPickedMessage(batch, { number: 2, pickedBy, pickedAt: '2026-11-20T10:05:00.000Z' }, source, 'menu');

  test('is shown by a link to the requester who picked it', () => {
    expect(show(picked({ kind: 'shown', url: 'https://b.s3.test/2.png' }))).toMatchInlineSnapshot(`
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
        - type: actions
          elements:
            - type: button
              action_id: refresh_previews
              text: Show again
              value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
        - type: actions
          block_id: menu
          elements:
            - type: static_select
              action_id: image_menu
              placeholder: More…
              options:
                - text: Other images
                  value: other_images:01JCZZZZZZZZZZZZZZZZ7F3A2C
                - text: Change
                  value: change:01JCZZZZZZZZZZZZZZZZ7F3A2C
                - text: Details
                  value: details:01JCZZZZZZZZZZZZZZZZ7F3A2C
                - text: Delete
                  value: delete:01JCZZZZZZZZZZZZZZZZ7F3A2C
      "
    `);
  });

  test('names both users if another one picked it', () => {
    const [header] = picked({ kind: 'too_long' }, 'W0OTHER').blocks;
    expect(header).toMatchObject({
      elements: [
        { elements: [{ type: 'user', user_id: 'W0OTHER' }, { text: ' chose this image of' }] },
        { type: 'rich_text_quote' },
        { elements: [{ text: 'asked for by ' }, { type: 'user', user_id: 'U0ASKER' }] },
      ],
    });
  });

  test('that Slack keeps is a file, with the menu alone', () => {
    const message = picked({ kind: 'slack_file', id: 'F0FILE1234' });
    expect(show(message)).toContain('slack_file:\n      id: F0FILE1234\n');
    expect(message.blocks.map(({ type }) => type)).toEqual(['rich_text', 'image', 'actions']);
  });

  test('that Slack refused has its link as a button', () => {
    expect(picked({ kind: 'refused', url: 'https://b.s3.test/2.png' }).blocks[1]).toMatchObject({
      text: { text: 'Slack could not show the image here. It is saved, and the link opens it.' },
      accessory: { action_id: 'open_image_2', url: 'https://b.s3.test/2.png' },
    });
  });

  test('whose link is too long says so, and does not ask to choose again', () => {
    const [, image] = picked({ kind: 'too_long' }).blocks;
    expect(image).toMatchObject({
      text: { text: expect.stringMatching(/^The link .* is longer .* ask your Imagine/) },
    });
  });
});
