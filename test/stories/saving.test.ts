import { expect, it } from 'vitest';
import { always, type Story, startStory, textOf } from './story.js';

const slowDown = { kind: 'error', code: 'SlowDown' } as const;

/** The SDK's own retries would only take longer. */
const start = () => startStory({ settings: { AWS_MAX_ATTEMPTS: '1' } });

async function expectSaving(story: Story, where = { channel: story.marketing }): Promise<void> {
  const message = await story.see('that images are being saved', (seen) => /, saving \d/.test(textOf(seen)), where);
  expect(textOf(message)).not.toMatch(/retry/i);
}

/** In the one message, and by the first four calls of the model. */
async function expectAllShown(story: Story, where = { channel: story.marketing }): Promise<void> {
  const message = await story.seeImages(4, where);
  await story.settled();
  expect(textOf(message)).not.toContain('saving');
  expect(story.posted(where.channel).map(({ ts }) => ts)).toEqual([message.ts]);
  expect(story.privately()).toEqual([]);
  expect(story.bedrock.requests()).toHaveLength(4);
}

it('images are saved by further tries while the bucket is busy, and no one is told that they failed', async () => {
  const story = await start();
  story.planS3(slowDown, 'PutObject', /\.png$/, always);
  await story.imagine('a red fox');
  await expectSaving(story);
  story.s3.faults.clear();
  await expectAllShown(story);
});

it('images are saved once the bucket takes connections again, and are not drawn again', async () => {
  const story = await start();
  story.bedrock.setLatency(1000);
  await story.imagine('a red fox');
  await story.until(() => story.bedrock.inFlight() === 4);
  await story.s3.refuseConnections();
  await expectSaving(story);
  await story.s3.takeConnections();
  await expectAllShown(story);
});

it.each(['marketing', 'secret'] as const)(
  'images saved but not recorded are not drawn again (in #%s)',
  async (place) => {
    const story = await start();
    const where = { channel: story[place] };
    story.s3.faults.add(slowDown, {
      times: always,
      when: ({ operation, key }) =>
        operation === 'PutObject' && key.endsWith('/batch.json') && story.bedrock.requests().length > 0,
    });
    await story.imagine('a red fox', where);
    await expectSaving(story, where);
    await story.triedOnce();
    expect(story.posted(story.secret)).toEqual([]);
    story.s3.faults.clear();
    await story.nextTry();
    await expectAllShown(story, where);
  },
);
