import { expect, test } from 'vitest';
import { modal } from '../../../sandbox/workspace/block-kit/blocks.js';
import type { Batch } from '../../../src/core/batch/batch.js';
import type { Draft } from '../../../src/core/prompt/draft.js';
import { buildDetails, buildFullSize } from '../../../src/slack/actions/batch-modals.js';
import { testId } from '../../core/batch-deps.js';
import { exampleBatch, failedImage, storedImage } from '../../core/example-batch.js';
import { createRecordingLog } from '../../core/recording-log.js';
import { valuesOf } from '../message/show.js';

const links = {
  preview: async (_: unknown, { number }: { number: number }) => `https://b.s3.test/${number}.jpg`,
  original: async (_: unknown, { number }: { number: number }) => `https://b.s3.test/${number}.png`,
};
const drafts: Draft[] = [];
const deps = {
  links,
  log: createRecordingLog(),
  now: () => new Date('2026-11-22T10:00:00Z'),
  newId: () => testId,
  operations: { list: () => [], disable: () => undefined },
  drafts: {
    save: async (draft: Draft) => void drafts.push(draft),
    load: async () => undefined,
    remove: async () => undefined,
    removeBefore: async () => 0,
  },
};
const draft: Draft = { version: 1, workspaceId: 'T1', userId: 'U1', id: testId, channelId: 'C1' };
const images = [storedImage(1), failedImage(2), storedImage(3)];
const batch = exampleBatch({ images, finishedAt: '2026-11-20T10:00:11.000Z' });
const issuesOf = (view: unknown) => modal.safeParse(view).error?.issues ?? [];

const textsOf = (view: unknown) => valuesOf(view, 'text').filter((text) => typeof text === 'string');

test('details quote what was written, and have the rest in two columns', () => {
  const settings = { aspectRatio: '1:1', negativePrompt: 'snow & *ice*' } as const;
  const view = buildDetails({ ...batch, settings });
  expect(issuesOf(view)).toEqual([]);
  expect(view.blocks.map((block) => [block.type, textsOf(block)])).toEqual([
    ['rich_text', ['Prompt', 'a red fox']],
    ['rich_text', ['Without', 'snow & *ice*']],
    [
      'section',
      [
        '*Aspect ratio*\n1:1',
        '*Model*\nStable Image Core',
        '*Seed*\n42, 44',
        '*Time*\n11 s',
        '*Cost*\nabout $0.08',
        '*Batch*\n7f3a2c',
      ],
    ],
  ]);
});

test('details shorten what is longer than Slack takes', () => {
  const settings = { aspectRatio: '1:1', negativePrompt: '🦊 '.repeat(4000) } as const;
  const view = buildDetails(exampleBatch({ images, settings, prompt: '<&> '.repeat(2500) }));
  expect(issuesOf(view)).toEqual([]);
  const [, prompt, , without] = textsOf(view.blocks);
  expect(prompt).toMatch(/^<&> .*…$/);
  expect(without).toMatch(/^🦊 .*…$/u);
});

test('the full size shows every stored image with a link to its original', async () => {
  const view = await buildFullSize(deps, batch, draft, { isPrivate: false });
  expect(issuesOf(view)).toEqual([]);
  expect(valuesOf(view, 'image_url')).toEqual(['https://b.s3.test/1.jpg', 'https://b.s3.test/3.jpg']);
  expect(valuesOf(view, 'url')).toEqual(['https://b.s3.test/1.png', 'https://b.s3.test/3.png']);
  expect(valuesOf(view, 'title')).toMatchObject([
    { text: 'Full size' },
    { text: 'Image 1 · seed 42' },
    { text: 'Image 3 · seed 44' },
  ]);
});

test('the full size has new links, as those of the message may have expired', async () => {
  const refreshedAt: unknown[] = [];
  const preview = async (shown: Batch) => {
    refreshedAt.push(shown.refreshedAt);
    return 'https://b.s3.test/1.jpg';
  };
  await buildFullSize({ ...deps, links: { ...links, preview } }, batch, draft, { isPrivate: false });
  expect(refreshedAt).toEqual(['2026-11-22T10:00:00.000Z', '2026-11-22T10:00:00.000Z']);
});

test('the full size shows the original itself if no JPEG can be made of it', async () => {
  const preview = () => Promise.reject(new Error('no such key'));
  const log = createRecordingLog();
  const view = await buildFullSize({ ...deps, links: { ...links, preview }, log }, batch, draft, { isPrivate: false });
  expect(valuesOf(view, 'image_url')).toEqual(['https://b.s3.test/1.png', 'https://b.s3.test/3.png']);
  expect(log.lines.map(({ severity }) => severity)).toEqual(['warn', 'warn']);
});

test('the full size says which image has a link that is longer than Slack takes', async () => {
  const original = async () => 'https://b.s3.test/'.padEnd(3001, 'x');
  const view = await buildFullSize({ ...deps, links: { ...links, original } }, batch, draft, { isPrivate: false });
  expect(issuesOf(view)).toEqual([]);
  expect(view.blocks.map(({ type }) => type)).toEqual(['section', 'section']);
});
