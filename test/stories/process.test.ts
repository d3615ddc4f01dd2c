import { S3Client } from '@aws-sdk/client-s3';
import { ulid } from 'ulid';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startApp } from '../../sandbox/start-app.js';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.js';
import { createStores } from '../../src/aws/stores.js';
import { startAppProcess } from './app-process.js';
import { useEnvironment } from './environment.js';
import { isFinished, runApp } from './story.js';

async function startHere() {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  useEnvironment(sandbox.environment);
  const start = (settings: Record<string, string> = {}) => runApp({ ...sandbox.environment, ...settings });
  return { ...sandbox, start };
}

const isMarkerRead = (operation: string, key: string) => operation === 'GetObject' && key.includes('/open/');

/** Work of a process that died before it wrote a record. */
async function leaveMarkers({ workspace, bucket }: Sandbox, count: number): Promise<string[]> {
  const { jobs } = createStores({ client: new S3Client({}), bucket });
  const ids = Array.from({ length: count }, () => ulid());
  for (const id of ids) {
    await jobs.create({
      version: 1,
      workspaceId: workspace.team.id,
      id,
      batch: { workspaceId: workspace.team.id, channelId: workspace.channels.marketing.id, id },
      task: { kind: 'draw', seeds: [] },
      failures: 0,
      lease: { owner: 'dead', expiresAt: '2020-01-01T00:00:00.000Z' },
    });
  }
  return ids;
}

describe('the process', () => {
  it('finishes what runs when it gets SIGINT, then ends with status 0', async () => {
    const { app, workspace, bedrock } = await startAppProcess({});
    for (let count = 0; count < 4; count += 1) bedrock.faults.add({ kind: 'slow', milliseconds: 500 });
    const channel = workspace.channels.marketing.id;
    await workspace.command({ user: workspace.people.ana.id, channel, text: 'a red fox in the snow' });
    await vi.waitFor(() => expect(bedrock.inFlight()).toBe(4), { timeout: 10_000 });
    expect(await app.stop('SIGINT')).toBe(0);
    expect(workspace.messages(channel).some(isFinished)).toBe(true);
    expect(workspace.connections()).toBe(0);
  });

  it('names every setting that is missing or wrong, and ends with status 1', async () => {
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
});

it('takes up no further work of others once it stops', async () => {
  const sandbox = await startHere();
  const ids = await leaveMarkers(sandbox, 20);
  const reads = () => sandbox.s3.requests().filter(({ operation, key }) => isMarkerRead(operation, key)).length;
  sandbox.s3.faults.add(
    { kind: 'slow', milliseconds: 100 },
    { times: ids.length, when: ({ operation, key }) => isMarkerRead(operation, key) },
  );
  const app = await sandbox.start();
  await vi.waitFor(() => expect(reads()).toBeGreaterThan(1), { timeout: 15_000, interval: 10 });
  await app.stop();
  expect(reads()).toBeLessThan(ids.length / 2);
  const left = sandbox.s3.objects(sandbox.bucket).filter(({ key }) => key.includes('/open/'));
  expect(left.length).toBeGreaterThan(ids.length / 2);
});

describe('a start is refused with what to do about', () => {
  it.each([
    [
      'a token that Slack refuses',
      { SLACK_BOT_TOKEN: 'xoxb-wrong' },
      'SLACK_BOT_TOKEN: Slack does not accept this token (invalid_auth). Copy the Bot User OAuth Token',
    ],
    ['a bucket that is not there', { S3_BUCKET: 'no-such-bucket' }, 'S3_BUCKET: there is no bucket no-such-bucket.'],
    [
      'an app token that Slack refuses',
      { SLACK_APP_TOKEN: 'xapp-wrong' },
      'SLACK_APP_TOKEN: Slack does not accept this token (invalid_auth). Make one with the scope connections:write',
    ],
  ])('%s', async (_, settings, sentence) => {
    const { start } = await startHere();
    await expect(start(settings)).rejects.toThrow(sentence);
  });

  it('a bucket where If-Match never holds, as of Ceph 16', async () => {
    const { s3, start } = await startHere();
    s3.setConditionalWrites('never holds', 'If-Match');
    await expect(start()).rejects.toThrow(
      'S3_BUCKET: the server behind imagine-sandbox refuses every conditional write (If-Match), so nothing could be recorded. Use Amazon S3, or a server that has them.',
    );
  });
});
