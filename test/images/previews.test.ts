import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Batch } from '../../src/core/batch/batch.js';
import type { ImageStore, PreviewStore, SheetCell } from '../../src/core/batch/deps.js';
import { createPreviews } from '../../src/images/previews.js';
import { exampleBatch, pendingImage, storedImage } from '../core/example-batch.js';
import { createRecordingLog } from '../core/recording-log.js';
import { drawPng } from '../models/draw-png.js';
import { noise } from './paint.js';

const life = { expiresInSeconds: 60, signedAt: new Date('2026-11-20T10:00:00Z') };
const cells: SheetCell[] = [{ number: 1 }, { number: 2, text: 'Drawing…' }];
const running = exampleBatch({ images: [storedImage(1), pendingImage(2)] });
const finished = exampleBatch({ images: [storedImage(1), storedImage(2)] });
const log = createRecordingLog();
const once = { deadline: new AbortController().signal, onRetry: () => undefined };

/** A bucket in memory, which records what is asked of it. */
function createBucket(
  image: Uint8Array = drawPng(),
  before: (call: keyof ImageStore | keyof PreviewStore) => void = () => undefined,
) {
  const calls: string[] = [];
  const previews = new Map<string, Uint8Array>();
  const keyOf = (folder: { workspaceId: string; id?: string }, name: string) =>
    `${folder.id ?? folder.workspaceId}/${name}`;
  const images: ImageStore & PreviewStore = {
    save: async (_, { number }) => void calls.push(`save ${number}`),
    find: async () => undefined,
    saveInput: async () => undefined,
    removeInput: async () => undefined,
    markPicked: async () => undefined,
    isThere: async () => true,
    async load(_, { number }) {
      before('load');
      calls.push(`load ${number}`);
      return image;
    },
    async hasPreview(folder, name) {
      before('hasPreview');
      return previews.has(keyOf(folder, name));
    },
    async savePreview(folder, name, bytes) {
      before('savePreview');
      calls.push('save preview');
      previews.set(keyOf(folder, name), bytes);
    },
    signPreview: async (folder, name) => `https://b.s3.test/${keyOf(folder, name)}`,
  };
  return { images, calls, previews };
}

const saveDrawn = (store: Pick<ImageStore, 'save'>, batch: Batch, number: number, bytes: Uint8Array = drawPng()) =>
  store.save(batch, { number, mediaType: 'image/png', seed: 41 + number, askedSeed: 41 + number }, bytes, once);

describe('for a list, the link to what a message has shown', () => {
  const pick = { number: 2, pickedBy: 'U0ASKER', pickedAt: '2026-11-20T10:00:20.000Z' };
  const ended: SheetCell[] = [{ number: 1 }, { number: 2 }];

  test('is that to the sheet, or to the picked image, and draws nothing', async () => {
    const { images, calls } = createBucket();
    const previews = createPreviews(images, log);
    const links = [await previews.sheet(finished, ended, life), await previews.single(finished, storedImage(2), life)];
    const before = calls.length;
    const found = [
      await previews.existing(finished, ended, life),
      await previews.existing({ ...finished, pick }, ended, life),
    ];
    expect(found).toEqual(links);
    expect(calls).toHaveLength(before);
  });

  test.each<[what: string, batch: Batch]>([
    ['a sheet', finished],
    ['a picked image', { ...finished, pick }],
    ['an image that was picked and is not stored', { ...running, pick }],
  ])('is left out if the bucket does not have it: %s', async (_what, batch) => {
    const { images, calls } = createBucket();
    expect(await createPreviews(images, log).existing(batch, ended, life)).toBeUndefined();
    expect(calls).toEqual([]);
  });
});

describe('the sheet of a batch', () => {
  test('is made once for each state, even if it is asked for twice at a time', async () => {
    const { images, calls } = createBucket();
    const previews = createPreviews(images, log);
    const sheet = () => previews.sheet(running, cells, life);
    const [first, ...others] = [...(await Promise.all([sheet(), sheet()])), await sheet()];
    expect(others).toEqual([first, first]);
    expect(calls).toEqual(['load 1', 'save preview']);
  });

  test('has another name in another state', async () => {
    const { sheet } = createPreviews(createBucket().images, log);
    const failed: SheetCell[] = [{ number: 1 }, { number: 2, text: 'Something went wrong.' }];
    const redrawn = { ...running, images: [storedImage(1, 99), pendingImage(2)] };
    const wide: Batch = { ...running, settings: { aspectRatio: '16:9' } };
    const states: [Batch, SheetCell[]][] = [
      [running, cells],
      [running, failed],
      [redrawn, cells],
      [wide, cells],
      [finished, [{ number: 1 }, { number: 2 }]],
    ];
    const links = await Promise.all(states.map(([batch, of]) => sheet(batch, of, life)));
    expect(new Set(links).size).toBe(states.length);
    for (const link of links) expect(link).toMatch(/\/01JCZZZZZZZZZZZZZZZZ7F3A2C\/sheet-[0-9a-f]{16}$/);
  });

  test('is shared by all batches of the workspace before the first image', async () => {
    const { images, calls } = createBucket();
    const { sheet } = createPreviews(images, log);
    const empty = cells.map(({ number }) => ({ number, text: 'Drawing…' }));
    const links = await Promise.all(
      ['01JCZZZZZZZZZZZZZZZZ7F3A2C', '01JCZZZZZZZZZZZZZZZZ7F3A2D'].map((id) =>
        sheet(exampleBatch({ id }), empty, life),
      ),
    );
    expect(links[0]).toMatch(/\/T0WORK\/sheet-[0-9a-f]{16}$/);
    expect([links[0], calls]).toEqual([links[1], ['save preview']]);
  });

  test('is drawn from images in memory after they were saved, and from the bucket after a restart', async () => {
    const { images, calls } = createBucket();
    const previews = createPreviews(images, log);
    for (const number of [1, 2]) await saveDrawn(previews, finished, number);
    await previews.sheet(running, cells, life);
    expect(calls).toEqual(['save 1', 'save 2', 'save preview']);
    calls.length = 0;
    const restarted = createPreviews(images, log);
    await restarted.sheet(running, cells, life);
    expect(calls).toEqual([]); // that sheet is in the bucket
    await restarted.sheet(finished, [{ number: 1 }, { number: 2 }], life);
    expect(calls.toSorted()).toEqual(['load 1', 'load 2', 'save preview']);
  });

  test.each(['load', 'hasPreview', 'savePreview'] as const)('is made by the next try if %s failed', async (name) => {
    let failures = 1;
    const { images, previews: kept } = createBucket(drawPng(), (call) => {
      if (call !== name || failures === 0) return;
      failures -= 1;
      throw new Error('SlowDown');
    });
    const previews = createPreviews(images, log);
    await expect(previews.sheet(running, cells, life)).rejects.toThrow('SlowDown');
    expect(kept.size).toBe(0);
    await previews.sheet(running, cells, life);
    expect(kept.size).toBe(1);
  });
});

test('an image that is none is saved all the same, and left out of sheets, which the log says once', async () => {
  const { images, calls } = createBucket(Buffer.from('not an image'));
  const ownLog = createRecordingLog();
  const previews = createPreviews(images, ownLog);
  await saveDrawn(previews, running, 1, Buffer.from('not an image'));
  expect(calls).toEqual(['save 1']);
  expect(await previews.sheet(running, cells, life)).toContain('/sheet-');
  expect(await previews.sheet(finished, cells, life)).toContain('/sheet-');
  const events = ownLog.lines.filter(({ fields }) => fields?.image === 1).map(({ event }) => event);
  expect(events).toEqual(['image left out of its sheet']);
});

test('a single image is a JPEG of at most 400 KB at its own size, unless it is noise', async () => {
  const { images, previews } = createBucket(await noise(1280, 1280));
  const link = await createPreviews(images, log).single(finished, storedImage(2), life);
  expect(link).toBe('https://b.s3.test/01JCZZZZZZZZZZZZZZZZ7F3A2C/2-43');
  const [jpeg = expect.fail()] = previews.values();
  expect(jpeg.length).toBeLessThanOrEqual(400_000);
  expect((await sharp(jpeg).metadata()).format).toBe('jpeg');
  const plain = createBucket(drawPng({ width: 1344, height: 768 }));
  await createPreviews(plain.images, log).single(finished, storedImage(2), life);
  const [same = expect.fail()] = plain.previews.values();
  expect(await sharp(same).metadata()).toMatchObject({ format: 'jpeg', width: 1344, height: 768 });
});
