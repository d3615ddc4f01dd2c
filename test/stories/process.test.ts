import { S3Client } from '@aws-sdk/client-s3';
import { ulid } from 'ulid';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { startApp } from '../../sandbox/start-app.js';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.js';
import { createStores } from '../../src/aws/stores.js';
import { isFinished } from './story.js';

async function start(settings: Record<string, string> = {}) {
  const sandbox = await startSandbox({ bedrock: { imageScale: 0.25 } });
  onTestFinished(() => sandbox.close());
  const app = await startApp({ ...sandbox.environment, ...settings });
  onTestFinished(async () => void (await app.stop('SIGKILL')));
  return { ...sandbox, app, channel: sandbox.workspace.channels.marketing.id };
}

const isMarkerRead = (operation: string, key: string) => operation === 'GetObject' && key.includes('/open/');

/** Work of a process that died before it wrote a record. */
async function leaveMarkers({ workspace, bucket, environment }: Sandbox, count: number): Promise<string[]> {
  Object.assign(process.env, environment);
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
  it.each(['SIGTERM', 'SIGINT'] as const)(
    'finishes what runs when it gets %s, then ends with status 0',
    async (signal) => {
      const { app, workspace, bedrock, channel } = await start();
      for (let count = 0; count < 4; count += 1) bedrock.faults.add({ kind: 'slow', milliseconds: 1000 });
      await workspace.waitForApp({ timeoutMs: 15_000 });
      await workspace.command({ user: workspace.people.ana.id, channel, text: 'a red fox in the snow' });
      await vi.waitFor(() => expect(bedrock.inFlight()).toBe(4), { timeout: 10_000 });
      expect(await app.stop(signal)).toBe(0);
      expect(workspace.messages(channel).some(isFinished)).toBe(true);
      expect(workspace.connections()).toBe(0);
    },
  );

  it('takes up no further work of others once it gets SIGTERM', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    const ids = await leaveMarkers(sandbox, 20);
    const reads = () => sandbox.s3.requests().filter(({ operation, key }) => isMarkerRead(operation, key)).length;
    sandbox.s3.faults.add(
      { kind: 'slow', milliseconds: 300 },
      { times: ids.length, when: ({ operation, key }) => isMarkerRead(operation, key) },
    );
    const app = await startApp(sandbox.environment);
    onTestFinished(async () => void (await app.stop('SIGKILL')));
    await vi.waitFor(() => expect(reads()).toBeGreaterThan(1), { timeout: 15_000, interval: 10 });
    expect(await app.stop('SIGTERM')).toBe(0);
    expect(reads()).toBeLessThan(ids.length / 2);
    const left = sandbox.s3.objects(sandbox.bucket).filter(({ key }) => key.includes('/open/'));
    expect(left.length).toBeGreaterThan(ids.length / 2);
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
  ])('says what to do about %s, and ends with status 1', async (_, settings, sentence) => {
    const { app } = await start(settings);
    expect(await app.exited).toBe(1);
    expect(app.output()).toContain(sentence);
    expect(app.output()).not.toMatch(/\n\s+at /);
  });

  it('does not start on a bucket where If-Match never holds, as of Ceph 16, and says why', async () => {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    sandbox.s3.setConditionalWrites('never holds', 'If-Match');
    const app = await startApp(sandbox.environment);
    expect(await app.exited).toBe(1);
    expect(app.output()).toContain(
      'Imagine cannot start:\n  S3_BUCKET: the server behind imagine-sandbox refuses every conditional write (If-Match), so nothing could be recorded. Use Amazon S3, or a server that has them.\n',
    );
  });
});
