import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { onTestFinished } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/start-sandbox.js';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { createServices } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import type { Batch } from '../../src/core/batch/batch.js';
import { createLog } from '../../src/observability/log.js';
import { useEnvironment } from './environment.js';
import { readRecords } from './records.js';

export interface StoryOptions extends SandboxOptions {
  /** Settings beside those that point the app at the sandbox. */
  settings?: Record<string, string>;
}

export interface Story extends Sandbox {
  ana: string;
  ben: string;
  /** Ids of channels: where the bot is a member, where it may post without being one, and where it may not. */
  marketing: string;
  random: string;
  secret: string;
  /** Every log line of the app so far. */
  log(): string;
  /** Another process of the same app, as a second replica or after a restart, perhaps with further settings. */
  startApp(more?: Record<string, string>): Promise<RunningServices>;
  app: RunningServices;
  /** The app's clock and S3's go on by so much; no more than S3 allows a request's signature to be off. */
  passMinutes(minutes: number): void;
  /** From now on, everything happens in the same millisecond by the app's clock and S3's. */
  stopClock(): void;
  /** Types `/imagine`, by default as Ana in #marketing. */
  imagine(text: string, where?: { user?: string; channel?: string }): Promise<void>;
  /** The newest message that this person sees there, once it is as described. */
  see(
    description: string,
    isIt: (message: SeenMessage) => boolean,
    where?: { user?: string; channel?: string },
  ): Promise<SeenMessage>;
  /** "Imagine from this post" on a message, by default as Ana in #marketing. */
  fromPost(messageTs: string, channel?: string): Promise<void>;
  /** Any button of a message, by default as Ana. */
  press(message: SeenMessage, actionId: string, user?: string): Promise<void>;
  /** "Use this one" under an image, by default as Ana. */
  click(message: SeenMessage, number: number, user?: string): Promise<void>;
  /** Writes to the newest batch's record, as another process would. */
  changeRecord(differences: Partial<Batch>): Promise<void>;
  /** Another process, which looks at once for what is left: a minute has passed, and some. */
  nextTry(): Promise<void>;
  /** Puts this text where the newest batch's record is. */
  overwriteRecord(text: string): Promise<void>;
  /** The records of batches in the bucket, oldest first. */
  records(): Batch[];
  /** The seed that was asked for image `number` of the newest batch. */
  seedOf(number: number): number | undefined;
}

export interface RunningServices {
  stop(): Promise<void>;
}

/** The app in this process until the test ends; the AWS SDK finds the sandbox by the process's own environment. */
export async function runApp(
  environment: Record<string, string>,
  log = createLog('error', { write: () => undefined }),
  now?: () => Date,
): Promise<RunningServices> {
  const services = await createServices(readConfig(environment), log, now);
  let stopped: Promise<void> | undefined;
  const stopOnce = async () => {
    await Promise.all([services.slack.stop(), services.sweep.stop()]);
    await services.idle();
    await services.slack.close();
  };
  const stop = () => {
    stopped ??= stopOnce();
    return stopped;
  };
  onTestFinished(stop);
  await services.slack.start();
  services.sweep.start();
  return { stop };
}

/** The whole app in this process, over the wire against the stand-ins; all of it ends with the test. */
export async function startStory({ settings, bedrock, ...options }: StoryOptions = {}): Promise<Story> {
  let passed = 0;
  let stoppedAt: number | undefined;
  const now = () => new Date((stoppedAt ?? Date.now()) + passed);
  const sandbox = await startSandbox({ ...options, s3Now: now, bedrock: { imageScale: 0.25, ...bedrock } });
  onTestFinished(() => sandbox.close());
  const { workspace, environment } = sandbox;
  useEnvironment({ ...environment, ...settings });
  let lines = '';
  const log = createLog('debug', {
    write: (line) => {
      lines += line;
    },
  });

  const startApp = (more: Record<string, string> = {}) => runApp({ ...environment, ...settings, ...more }, log, now);
  const records = () => readRecords(sandbox);
  async function press({ channel, ts }: SeenMessage, actionId: string, user = ana): Promise<void> {
    const answer = await workspace.click({ user, channel, messageTs: ts, actionId });
    if (!answer.acknowledged) throw new Error(`not acknowledged: ${answer.failure}`);
  }

  async function overwriteRecord(text: string): Promise<void> {
    const { key = '' } =
      sandbox.s3.objects(sandbox.bucket).findLast((object) => object.key.endsWith('batch.json')) ?? {};
    await new S3Client({}).send(new PutObjectCommand({ Bucket: sandbox.bucket, Key: key, Body: text }));
  }

  function passMinutes(minutes: number): void {
    passed += minutes * 60_000;
  }

  const { people, channels } = workspace;
  const [ana, ben, marketing] = [people.ana.id, people.ben.id, channels.marketing.id];
  return {
    ...sandbox,
    ana,
    ben,
    marketing,
    random: channels.random.id,
    secret: channels.secret.id,
    log: () => lines,
    startApp,
    app: await startApp(),
    passMinutes,
    stopClock() {
      stoppedAt = Date.now();
    },
    async imagine(text, { user = ana, channel = marketing } = {}) {
      const answer = await workspace.command({ user, channel, text });
      if (!answer.acknowledged) throw new Error(`not acknowledged: ${answer.failure}`);
    },
    see: (description, isIt, { user = ana, channel = marketing } = {}) =>
      workspace.waitFor(() => workspace.messages(channel, { as: user }).findLast(isIt), {
        describe: description,
        timeoutMs: 15_000,
      }),
    async fromPost(messageTs, channel = marketing) {
      const answer = await workspace.shortcut({ user: ana, channel, messageTs, callbackId: 'imagine_from_post' });
      if (!answer.acknowledged) throw new Error(`not acknowledged: ${answer.failure}`);
    },
    press,
    click: (message, number, user) => press(message, `pick_image_${number}`, user),
    async changeRecord(differences) {
      const record = records().at(-1);
      if (!record) throw new Error('no record');
      await overwriteRecord(JSON.stringify({ ...record, revision: record.revision + 1, ...differences }));
    },
    async nextTry() {
      passMinutes(2);
      await startApp();
    },
    overwriteRecord,
    records,
    seedOf: (number) => records().at(-1)?.images[number - 1]?.seed,
  };
}

/** The message's last line, such as "2 of 4 ready · …" or the recipe. */
export function lastLine(message: SeenMessage): string {
  const context = message.blocks.findLast((block) => block.type === 'context');
  const element = context?.elements[0];
  return element && 'text' in element ? element.text : '';
}

export function isFinished(message: SeenMessage): boolean {
  return lastLine(message).includes(' · batch ');
}

export function isPicked(message: SeenMessage): boolean {
  return textOf(message).includes(' chose this image of');
}

/** Everything in the message that a person can read, in order. */
export function textOf(message: SeenMessage): string {
  return JSON.stringify(message.blocks);
}
