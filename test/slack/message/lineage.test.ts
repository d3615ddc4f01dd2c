import { describe, expect, test } from 'vitest';
import type { Batch, BatchInput } from '../../../src/core/batch/batch.js';
import type { OperationName } from '../../../src/core/image-model.js';
import { buildHistory } from '../../../src/slack/command/history.js';
import { buildBatchMessage, buildPickedMessage, sheetCells } from '../../../src/slack/message/batch-message.js';
import type { PrivateView } from '../../../src/slack/message/elements.js';
import { exampleBatch, pendingImage, storedImage } from '../../core/example-batch.js';
import { expectSlackTakes, objectsIn, valuesOf } from './show.js';

const finishedAt = '2026-11-20T10:00:11.000Z';
const parentId = '01JCZZZZZZZZZZZZZZZZPARENT';
const link = 'https://imagine.slack.test/archives/C0ROOM/p1763632700000100';
const source = { channelId: 'C0ROOM', id: parentId, number: 2, mediaType: 'image/png' } as const;
const madeBy = (operation: OperationName, more: Partial<Batch> = {}, said: Partial<BatchInput> = {}) =>
  exampleBatch({
    images: [storedImage(1)],
    finishedAt,
    input: { operation, source, ...said },
    parent: { id: parentId, number: 2, link },
    ...more,
  });
const pick = { number: 1, pickedBy: 'U0ASKER', pickedAt: finishedAt };
const file = { kind: 'slack_file', id: 'F0000000001' } as const;
const privateParent = { parent: { id: parentId, number: 2 } };
const byAnswers = { ...privateParent, destination: { kind: 'response_url' } } as const;

const sheetOf = (batch: Batch, privately?: PrivateView) =>
  buildBatchMessage(batch, { layout: 'sheet', previews: new Map(), privately });
const carouselOf = (batch: Batch) => buildBatchMessage(batch, { layout: 'carousel', previews: new Map() });
const pickedOf = (batch: Batch, privately?: PrivateView) =>
  buildPickedMessage({ ...batch, pick }, pick, file, 'menu', { privately });
const wordsOf = (message: unknown) => valuesOf(message, 'text').filter((text) => typeof text === 'string');
const hasShow = (message: unknown) => objectsIn(message).some(({ action_id }) => action_id === 'show_parent');

describe('what was made of an image', () => {
  test.each([
    ['sheet', sheetOf],
    ['carousel', carouselOf],
    ['picked', pickedOf],
  ] as const)('says with a link what it came from, once: %s', (_form, build) => {
    const message = build(madeBy('replace'));
    expectSlackTakes(message);
    const links = objectsIn(message).filter(({ type }) => type === 'link');
    expect(links).toEqual([{ type: 'link', url: link, text: 'image 2 of batch parent' }]);
    expect(
      wordsOf(message)
        .join(' ')
        .match(/batch parent/g),
    ).toHaveLength(1);
    expect(hasShow(message)).toBe(false);
  });

  test.each<[what: string, batch: Batch, build: (batch: Batch) => unknown]>([
    ['a private sheet', madeBy('replace', privateParent), (batch) => sheetOf(batch, 'requested')],
    ['a private picked image', madeBy('upscale', privateParent), (batch) => pickedOf(batch, 'requested')],
    ['one that was recalled', madeBy('upscale', privateParent), (batch) => pickedOf(batch, 'recalled')],
    ['a sheet where the bot may not post', madeBy('replace', byAnswers), sheetOf],
    ['a picked image where the bot may not post', madeBy('upscale', byAnswers), pickedOf],
  ])('has a button that leads back if there is no link, and says it once: %s', (_what, batch, build) => {
    const message = build(batch);
    expect(hasShow(message)).toBe(true);
    expect(
      wordsOf(message)
        .join(' ')
        .match(/From image 2 of batch parent/g),
    ).toHaveLength(1);
    expect(objectsIn(message).find(({ action_id }) => action_id === 'show_parent')?.value).toBe(`${parentId}:0`);
  });

  test.each<[what: string, message: unknown]>([
    ['a message that everyone sees, of a parent that others may not', pickedOf(madeBy('upscale', privateParent))],
    ['a choice that is not made yet', pickedOf(madeBy('replace', privateParent), 'choosing')],
    [
      'images that are still drawn',
      sheetOf(madeBy('replace', { ...byAnswers, images: [pendingImage(1)], finishedAt: undefined })),
    ],
  ])('only names what it came from in %s', (_what, message) => {
    expect(hasShow(message)).toBe(false);
    expect(wordsOf(message).join('')).toMatch(/(?:From|, from) image 2 of batch parent/);
  });

  test.each<[name: OperationName, said: Partial<BatchInput>, count: number, sentence: string]>([
    ['vary_subtle', {}, 4, ' asked for 4 subtle variations:'],
    ['upscale', {}, 1, ' asked for a larger version:'],
    ['aspect_ratio', {}, 1, ' asked for another aspect ratio:'],
    ['aspect_ratio', {}, 3, ' asked for 3 other aspect ratios:'],
    ['remove_background', {}, 1, ' asked to remove the background:'],
    ['replace', { target: 'a *lamp*', text: 'a\nrose' }, 1, ' asked for “a rose” in place of “a *lamp*”:'],
    ['recolor', { target: 'the door', text: 'cobalt' }, 1, ' asked for “the door” in “cobalt”:'],
    ['style_guide', { text: 'two robots' }, 4, ' asked for 4 images in the style of another image:'],
    ['edit', { text: 'make it evening' }, 1, ' asked for the edit “make it evening”:'],
    ['sketch', {}, 4, ' asked for 4 images drawn from a sketch:'],
  ])('by %s of %o in %i images has a header that says so', (name, said, count, sentence) => {
    const images = Array.from({ length: count }, (_, index) => storedImage(index + 1));
    expect(wordsOf(sheetOf(madeBy(name, { images }, said)))).toContain(sentence);
  });

  test('is shown as chosen from several by who chose it, and what is kept at once by who asked', () => {
    expect(wordsOf(pickedOf(madeBy('replace')))).toContain(' chose this image of');
    expect(wordsOf(pickedOf(madeBy('upscale')))).toContain(' asked for a larger version:');
  });

  test('has its aspect ratio on the sheet if its images have several', () => {
    const images = [storedImage(1), { ...storedImage(2), aspectRatio: '9:16' as const }];
    expect(sheetCells(madeBy('aspect_ratio', { images })).map(({ label }) => label)).toEqual([undefined, '9:16']);
  });
});

describe('the history', () => {
  const idOf = (index: number) => `01JCZZZZZZZZZZZZZZZZZZZZ${String(index).padStart(2, '0')}`;
  const long = '<&> '.repeat(1000);

  test('of ten batches with the longest texts keeps Slack’s limits', () => {
    const batches = Array.from({ length: 10 }, (_, index) =>
      madeBy('replace', { id: idOf(10 - index), prompt: long }, { target: long, text: long }),
    );
    const strangers = batches.map(({ parent: _, ...batch }) => batch);
    const previews = new Map(batches.map(({ id }) => [id, 'https://b.s3.test/'.padEnd(3000, 'x')]));
    for (const message of [buildHistory(batches, previews), buildHistory(strangers, previews)]) {
      expectSlackTakes(message);
      expect(valuesOf(message, 'image_url')).toHaveLength(10);
    }
  });

  test('shows again what its button names, whatever order it is in', () => {
    const batches = [3, 2, 1].map((index) =>
      exampleBatch({
        id: idOf(index),
        images: [storedImage(1)],
        ...(index === 3 && { parent: { id: idOf(1), number: 1 } }),
      }),
    );
    const values = objectsIn(buildHistory(batches, new Map())).flatMap(({ action_id, value }) =>
      action_id ? [value] : [],
    );
    expect(values).toEqual([1, 3, 2].map((index) => `${idOf(index)}:0`));
  });
});
