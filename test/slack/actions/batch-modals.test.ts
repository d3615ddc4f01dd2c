import { expect, test } from 'vitest';
import { modal } from '../../../sandbox/workspace/block-kit/blocks.js';
import { buildDetails, buildFullSize } from '../../../src/slack/actions/batch-modals.js';
import { exampleBatch, failedImage, storedImage } from '../../core/example-batch.js';
import { valuesOf } from '../message/show.js';

const links = {
  sheet: async () => 'https://b.s3.test/sheet.jpg',
  preview: async (_: unknown, { number }: { number: number }) => `https://b.s3.test/${number}.jpg`,
  original: async (_: unknown, { number }: { number: number }) => `https://b.s3.test/${number}.png`,
};
const images = [storedImage(1), failedImage(2), storedImage(3)];
const batch = exampleBatch({ images, finishedAt: '2026-11-20T10:00:11.000Z' });
const issuesOf = (view: unknown) => modal.safeParse(view).error?.issues ?? [];

test('details have a line for each thing to know', () => {
  const view = buildDetails(batch);
  expect(issuesOf(view)).toEqual([]);
  expect(view.blocks.flatMap((block) => valuesOf(block, 'text').filter((text) => typeof text === 'string'))).toEqual([
    'Prompt: a red fox',
    'Aspect ratio: 1:1',
    'Model: Stable Image Core',
    'Seed: 42, 44',
    'Time: 11 s',
    'Cost: about $0.08',
    'Batch: 7f3a2c',
  ]);
});

test('details shorten what is longer than Slack takes', () => {
  const settings = { aspectRatio: '1:1', negativePrompt: '🦊 '.repeat(4000) } as const;
  const view = buildDetails(exampleBatch({ images, settings, prompt: '<&> '.repeat(2500) }));
  expect(issuesOf(view)).toEqual([]);
  const [prompt, without] = valuesOf(view.blocks, 'text').filter((text) => typeof text === 'string');
  expect(prompt).toMatch(/^Prompt: <&> .*…$/);
  expect(without).toMatch(/^Without: 🦊 .*…$/u);
});

test('the full size shows every stored image with a link to its original', async () => {
  const view = await buildFullSize({ links }, batch);
  expect(issuesOf(view)).toEqual([]);
  expect(valuesOf(view, 'image_url')).toEqual(['https://b.s3.test/1.jpg', 'https://b.s3.test/3.jpg']);
  expect(valuesOf(view, 'url')).toEqual(['https://b.s3.test/1.png', 'https://b.s3.test/3.png']);
  expect(valuesOf(view, 'title')).toMatchObject([
    { text: 'Full size' },
    { text: '1 · seed 42' },
    { text: '3 · seed 44' },
  ]);
});

test('the full size says which image has a link that is longer than Slack takes', async () => {
  const original = async () => 'https://b.s3.test/'.padEnd(3001, 'x');
  const view = await buildFullSize({ links: { ...links, original } }, batch);
  expect(issuesOf(view)).toEqual([]);
  expect(view.blocks.map(({ type }) => type)).toEqual(['section', 'section']);
});
