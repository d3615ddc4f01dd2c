import { expect, it } from 'vitest';
import { always, type Story, startStory, textOf } from './story.js';

const slowDown = { kind: 'error', code: 'SlowDown' } as const;
const isImage = ({ operation, key }: { operation: string; key: string }) =>
  operation === 'PutObject' && key.endsWith('.png');

async function expectSaving(story: Story): Promise<void> {
  const message = await story.see('that images are being saved', (seen) => textOf(seen).includes('Saving…'));
  expect(textOf(message)).not.toMatch(/try again/i);
}

/** In the one message, and by the first four calls of the model. */
async function expectAllShown(story: Story): Promise<void> {
  const message = await story.seeImages();
  await story.settled();
  expect(textOf(message)).not.toContain('Saving…');
  expect([story.posted().length, story.privately().length]).toEqual([1, 0]);
  expect(story.bedrock.requests()).toHaveLength(4);
}

it('images are saved by further tries while the bucket is busy, and no one is told that they failed', async () => {
  const story = await startStory();
  story.s3.faults.add(slowDown, { times: always, when: isImage });
  await story.imagine('a red fox');
  await expectSaving(story);
  story.s3.faults.clear();
  await expectAllShown(story);
});

it('images are saved once the bucket takes connections again, and are not drawn again', async () => {
  const story = await startStory();
  story.bedrock.setLatency(1000);
  await story.imagine('a red fox');
  await story.until(() => story.bedrock.inFlight() === 4);
  await story.s3.refuseConnections();
  await expectSaving(story);
  await story.s3.takeConnections();
  await expectAllShown(story);
});

it('images that are saved and not recorded are said to be saving, and are not drawn again', async () => {
  const story = await startStory();
  story.s3.faults.add(slowDown, {
    times: always,
    when: ({ operation, key }) =>
      operation === 'PutObject' && key.endsWith('/batch.json') && story.bedrock.requests().length > 0,
  });
  await story.imagine('a red fox');
  await expectSaving(story);
  await story.triedOnce();
  story.s3.faults.clear();
  await story.nextTry();
  await expectAllShown(story);
});
