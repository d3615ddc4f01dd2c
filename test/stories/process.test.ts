import { S3Client } from '@aws-sdk/client-s3';
import { ulid } from 'ulid';
import { expect, it } from 'vitest';
import { startApp } from '../../sandbox/start-app.js';
import type { Sandbox } from '../../sandbox/start-sandbox.js';
import { createStores } from '../../src/aws/stores.js';
import { startOverHttp, startWatched } from './over-http.js';
import { openConnection } from './raw-http.js';
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
  const wrong = ['SLACK_BOT_TOKEN', 'S3_BUCKET', 'PREVIEW_LAYOUT', 'SLACK_APP_TOKEN'];
  const lines = app.output().trimEnd().split('\n');
  const plain = lines.filter((line) => !line.startsWith('{'));
  expect(plain.map((line) => line.split(':')[0])).toEqual([
    'Imagine cannot start',
    ...wrong.map((name) => `  ${name}`),
  ]);
});

it('an app resumes no further jobs of others once it stops', async () => {
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

it.each([
  ['Socket Mode', startWatched],
  ['HTTP mode', startOverHttp],
])('in %s an app that stops says so, finishes its work and waits for no silent connection', async (_mode, start) => {
  const { story, port, url } = await start();
  const { app, workspace, bedrock } = story;
  await openConnection(port);
  const halfSaid = await openConnection(port);
  halfSaid.write('POST /slack/events HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nhalf');
  bedrock.faults.add({ kind: 'slow', milliseconds: 2000 }, { times: 4 });
  await story.imagine(fox);
  await story.until(() => bedrock.inFlight() === 4);
  const get = async (path: string) => {
    const answer = await fetch(url + path);
    return [answer.status, await answer.text()];
  };
  expect(await get('/readyz')).toEqual([200, 'ok\n']);
  const stopped = app.stop();
  expect(await get('/readyz')).toEqual([503, 'the app is stopping\n']);
  expect(await get('/healthz')).toEqual([200, 'ok\n']);
  const late = await workspace.command({ user: story.ben, channel: story.marketing, text: 'a late fox' });
  expect(late.acknowledged).toBe(false);
  await stopped;
  expect(story.posted().filter(isFinished)).toHaveLength(1);
  await expect(openConnection(port)).rejects.toThrow('ECONNREFUSED');
});
