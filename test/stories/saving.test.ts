import { expect, it, vi } from 'vitest';
import { always, openWork, seeImages } from './faults/fault-case.js';
import { type Story, startStory, textOf } from './story.js';

const slowDown = { kind: 'error', code: 'SlowDown' } as const;
const isImage = ({ operation, key }: { operation: string; key: string }) =>
  operation === 'PutObject' && key.endsWith('.png');

async function expectSaving(story: Story): Promise<void> {
  const message = await story.see('that images are being saved', (seen) => textOf(seen).includes('Saving…'));
  expect(textOf(message)).not.toMatch(/try again/i);
}

/** In the one message, and by the first four calls of the model. */
async function expectAllShown(story: Story): Promise<void> {
  const message = await seeImages(story);
  await vi.waitFor(() => expect(openWork(story)).toEqual([]), { timeout: 15_000, interval: 20 });
  expect(textOf(message)).not.toContain('Saving…');
  expect(story.workspace.messages(story.marketing, { as: story.ana })).toHaveLength(1);
  expect(story.bedrock.requests()).toHaveLength(4);
}

it('images are saved by further tries while the bucket is busy, and no one is told that they failed', async () => {
  const story = await startStory();
  story.s3.faults.add(slowDown, { times: always, when: isImage });
  await story.imagine('a red fox');
  await expectSaving(story);
  story.s3.faults.clear();
  await expectAllShown(story);
}, 40_000);

it('images are saved once the bucket takes connections again, and are not drawn again', async () => {
  const story = await startStory();
  story.bedrock.setLatency(2000);
  await story.imagine('a red fox');
  await vi.waitFor(() => expect(story.bedrock.inFlight()).toBe(4), { timeout: 10_000, interval: 20 });
  await story.s3.refuseConnections();
  await expectSaving(story);
  await story.s3.takeConnections();
  await expectAllShown(story);
}, 40_000);

it('images that are saved and not recorded are said to be saving, and are not drawn again', async () => {
  const story = await startStory();
  story.s3.faults.add(slowDown, {
    times: always,
    when: ({ operation, key }) =>
      operation === 'PutObject' && key.endsWith('/batch.json') && story.bedrock.requests().length > 0,
  });
  await story.imagine('a red fox');
  await expectSaving(story);
  await vi.waitFor(() => expect(openWork(story)[0]).toContain('"failures":1'), { timeout: 15_000, interval: 20 });
  story.s3.faults.clear();
  await story.nextTry();
  await expectAllShown(story);
}, 60_000);
