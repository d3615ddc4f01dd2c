import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { expect, onTestFinished, vi } from 'vitest';
import { type RunningApp, startApp } from '../../sandbox/start-app.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/start-sandbox.js';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import type { Batch } from '../../src/core/batch/batch.js';
import { type JobRecord, jobRecordSchema } from '../../src/core/batch/job.js';
import { usageSchema } from '../../src/core/batch/usage.js';
import { useEnvironment } from './environment.js';
import { readRecords } from './records.js';
import { type RunningServices, runApp } from './story.js';

/** Longer than any test: what meets this fault does not happen before the app is killed. */
export const held = { kind: 'slow', milliseconds: 600_000, ms: 600_000 } as const;

export interface RestartStory extends Sandbox {
  ana: string;
  marketing: string;
  secret: string;
  /** A process of its own, which can be killed. */
  app: RunningApp;
  /** Another app, in this process, connected: after a restart, or as a replica. */
  startApp(): Promise<RunningServices>;
  /** Expires every lease, as half a minute would. */
  endLeases(differences?: Partial<JobRecord>): Promise<void>;
  /** Kills the app, forgets all faults, and expires its leases, as half a minute would. */
  kill(differences?: Partial<JobRecord>): Promise<void>;
  /** Kills it, and starts another app. */
  restart(): Promise<void>;
  imagine(channel?: string): Promise<unknown>;
  click(message: SeenMessage, number: number): Promise<unknown>;
  record(): Batch | undefined;
  markers(): JobRecord[];
  /** What Ana's requests of today count for, batch by batch. */
  counted(): number[];
  /** Once nothing is left to do. */
  settled(): Promise<void>;
  /** Waits for this, at most ten seconds. */
  until(isSo: () => unknown): Promise<void>;
  /** What everyone sees in #marketing, and what only Ana sees. */
  posted(channel?: string): readonly SeenMessage[];
  privately(channel?: string): readonly SeenMessage[];
  /** How often each image was asked of the model, by its number. */
  drawn(): number[];
}

/** The app as operators run it, to be killed at any point. */
export async function startRestartStory(options: SandboxOptions = {}): Promise<RestartStory> {
  const sandbox = await startSandbox({ ...options, bedrock: { imageScale: 0.25, ...options.bedrock } });
  onTestFinished(() => sandbox.close());
  const { workspace, s3, bucket, bedrock, environment } = sandbox;
  useEnvironment(environment);
  const ana = workspace.people.ana.id;
  const marketing = workspace.channels.marketing.id;

  const objects = (isOne: (key: string) => boolean) => s3.objects(bucket).filter(({ key }) => isOne(key));
  const markers = () =>
    objects((key) => key.includes('/open/')).map(({ bytes }) => jobRecordSchema.parse(JSON.parse(bytes.toString())));
  const until = (isSo: () => unknown) =>
    vi.waitFor(() => expect(isSo()).toBeTruthy(), { timeout: 30_000, interval: 20 });

  async function startProcess(): Promise<RunningApp> {
    const app = await startApp(environment);
    onTestFinished(async () => void (await app.stop('SIGKILL')));
    await workspace.waitForApp({ timeoutMs: 30_000 });
    return app;
  }

  async function endLeases(differences: Partial<JobRecord> = {}): Promise<void> {
    const client = new S3Client({});
    for (const { key, bytes } of objects((name) => name.includes('/open/'))) {
      const marker = jobRecordSchema.parse(JSON.parse(bytes.toString()));
      const lease = { ...marker.lease, expiresAt: '2020-01-01T00:00:00.000Z' };
      const Body = JSON.stringify({ ...marker, lease, ...differences });
      await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body }));
    }
  }

  const story: RestartStory = {
    ...sandbox,
    ana,
    marketing,
    secret: workspace.channels.secret.id,
    app: await startProcess(),
    startApp: () => runApp(environment),
    endLeases,
    async kill(differences = {}) {
      await story.app.stop('SIGKILL');
      await until(() => workspace.connections() === 0);
      for (const faults of [s3.faults, bedrock.faults, workspace.faults.calls, workspace.faults.responseUrls]) {
        faults.clear();
      }
      await endLeases(differences);
    },
    async restart() {
      await story.kill();
      await story.startApp();
    },
    imagine: (channel = marketing) => workspace.command({ user: ana, channel, text: 'a red fox --seed 100' }),
    click: ({ channel, ts: messageTs }, number) =>
      workspace.click({ user: ana, channel, messageTs, actionId: `pick_image_${number}` }),
    record: () => readRecords(sandbox)[0],
    markers,
    counted: () =>
      objects((key) => key.includes('/usage/') && key.endsWith(`/${ana}.json`))
        .flatMap(({ bytes }) => Object.values(usageSchema.parse(JSON.parse(bytes.toString())).batches))
        .map(({ pictures }) => pictures),
    settled: () => until(() => markers().length === 0),
    until,
    posted: (channel = marketing) => workspace.messages(channel),
    privately: (channel = marketing) =>
      workspace.messages(channel, { as: ana }).filter(({ isEphemeral }) => isEphemeral),
    drawn: () => [1, 2, 3, 4].map((number) => bedrock.requests().filter(({ seed }) => seed === 99 + number).length),
  };
  return story;
}
