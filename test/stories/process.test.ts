import { S3Client } from '@aws-sdk/client-s3';
import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import { startApp } from '../../sandbox/start-app.js';
import type { Sandbox } from '../../sandbox/start-sandbox.js';
import { createStores } from '../../src/aws/stores.js';
import { fox, isFinished, jobKey, startProcessStory, startStory } from './story.js';

/** Work of a process that died before it wrote a record. */
async function leaveJobs({ workspace, bucket }: Sandbox, count: number): Promise<void> {
  const { jobs } = createStores({ client: new S3Client({}), bucket });
  const workspaceId = workspace.team.id;
  for (const id of Array.from({ length: count }, () => ulid())) {
    await jobs.create({
      version: 1,
      workspaceId,
      id,
      batch: { workspaceId, channelId: workspace.channels.marketing.id, id },
      task: { kind: 'draw', seeds: [] },
      failures: 0,
      lease: { owner: 'dead', expiresAt: '2020-01-01T00:00:00.000Z' },
    });
  }
}

it('the process finishes what runs when it gets SIGINT, then ends with status 0', async () => {
  const story = await startProcessStory();
  story.bedrock.faults.add({ kind: 'slow', milliseconds: 500 }, { times: 4 });
  await story.imagine(fox);
  await story.until(() => story.bedrock.inFlight() === 4);
  expect(await story.app.stop('SIGINT')).toBe(0);
  expect(story.posted().some(isFinished)).toBe(true);
  expect(story.workspace.connections()).toBe(0);
  expect(story.app.output()).toContain('"msg":"stopped"');
  expect(story.app.output()).not.toContain('unfinished');
});

it('the process names every setting that is missing or wrong, and ends with status 1', async () => {
  const app = await startApp({ SLACK_BOT_TOKEN: 'xoxp-not-a-bot', PREVIEW_LAYOUT: 'grid', AWS_REGION: 'us-west-2' });
  expect(await app.exited).toBe(1);
  expect(app.output()).toMatchInlineSnapshot(`
    "Imagine cannot start:
      SLACK_BOT_TOKEN: set the Bot User OAuth Token, which begins with xoxb-.
      S3_BUCKET: set the name of a private bucket.
      PREVIEW_LAYOUT: set one of carousel, images.
      SLACK_APP_TOKEN: set an app-level token for Socket Mode, or SLACK_SIGNING_SECRET for HTTP.
    "
  `);
});

it('an app takes up no further work of others once it stops', async () => {
  const story = await startStory();
  const count = 20;
  await leaveJobs(story, count);
  const reads = () => story.asked('GetObject', jobKey).length;
  story.planS3({ kind: 'slow', milliseconds: 100 }, 'GetObject', jobKey, count);
  const app = await story.startApp();
  await story.until(() => reads() > 1);
  await app.stop();
  expect(reads()).toBeLessThan(count / 2);
  expect(story.jobs().length).toBeGreaterThan(count / 2);
});
