import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { webApi } from '@slack/bolt';
import { onTestFinished, vi } from 'vitest';
import type { S3Fault, S3Request } from '../../sandbox/s3/s3-fault.js';
import { type AppOptions, startApp } from '../../sandbox/start-app.js';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/start-sandbox.js';
import type { Acknowledgement } from '../../sandbox/workspace/driver.js';
import type { CallFault } from '../../sandbox/workspace/options.js';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { createServices } from '../../src/app.js';
import { readConfig } from '../../src/config.js';
import { type Batch, batchSchema } from '../../src/core/batch/batch.js';
import { jobRecordSchema } from '../../src/core/batch/job.js';
import { createLog } from '../../src/observability/log.js';
import { useEnvironment } from './environment.js';
import { createWire } from './wire.js';

export interface StoryOptions extends SandboxOptions {
  /** Settings beside those that point the app at the sandbox. */
  settings?: Record<string, string>;
}

export interface App {
  stop(): Promise<unknown>;
  /** As by SIGKILL: it asks for nothing more, and reads no further answer. */
  kill(): unknown;
  /** As by SIGSTOP and SIGCONT. */
  pause(): void;
  resume(): void;
}

/** By default, Ana in #marketing. */
interface Where {
  user?: string;
  channel?: string;
}

/** The sandbox with an app: what people do there, what they see, and what the bucket has. */
export type Story<Running extends App = App> = Awaited<ReturnType<typeof tellStory<Running>>>;

const silent = createLog('error', { write: () => undefined });

/** The app in this process until the test ends; the AWS SDK finds the sandbox by the process's own environment. */
export async function runApp(environment: Record<string, string>, log = silent, now?: () => Date): Promise<App> {
  const wire = createWire();
  let isKilled = false;
  let stopped: Promise<void> | undefined;
  const services = await wire.run(() => createServices(readConfig(environment), log, now, 2_000));
  const stop = () => {
    stopped ??= services.stop();
    return stopped;
  };
  onTestFinished(async () => {
    if (isKilled) return; // its stop would never end
    wire.join();
    await stop();
  });
  await wire.run(services.start);
  const kill = () => {
    isKilled = true;
    wire.cut();
  };
  return { stop, kill, pause: wire.cut, resume: wire.join };
}

const program = new URL('../../dist-sandbox/bundled/main.js', import.meta.url);

/** The app as operators run it, ready unless its log goes elsewhere. */
async function runProcess(environment: Record<string, string>, options: AppOptions = {}) {
  const app = await startApp(environment, { program, ...options });
  const kill = () => app.stop('SIGKILL');
  onTestFinished(async () => void (await kill()));
  if (options.stdout === undefined) await until(() => app.output().includes('"msg":"ready"'));
  return { ...app, kill, pause: () => app.process.kill('SIGSTOP'), resume: () => app.process.kill('SIGCONT') };
}

/** The whole app in this process, over the wire against the stand-ins; all of it ends with the test. */
export function startStory(options: StoryOptions = {}) {
  return tellStory(options, (_environment, startHere) => startHere());
}

/** The same with the app as a process of its own. */
export function startProcessStory(options: StoryOptions = {}, process?: AppOptions) {
  return tellStory(options, (environment) => runProcess(environment, process));
}

/** With four images in #marketing, and nothing left to do. */
export async function startWithImages(options?: StoryOptions, start: typeof startStory = startStory) {
  return drawFox(await start(options));
}

/** The same, but the third image failed. */
export async function startWithThree(options?: StoryOptions) {
  const story = await startStory(options);
  story.failImage(3);
  return drawFox(story, 3);
}

async function drawFox(story: Story, count = 4) {
  await story.imagine(fox);
  const message = await story.seeImages(count);
  await story.settled();
  return { story, message };
}

async function tellStory<Running extends App>(
  { settings, bedrock, ...options }: StoryOptions,
  start: (environment: Record<string, string>, startHere: () => Promise<App>) => Promise<Running>,
) {
  let passed = 0;
  let stoppedAt: number | undefined;
  const now = () => new Date((stoppedAt ?? Date.now()) + passed);
  const images = { imageScale: 0.1, sameImage: true };
  const sandbox = await startSandbox({ ...options, s3Now: now, bedrock: { ...images, ...bedrock } });
  onTestFinished(() => sandbox.close());
  const { workspace } = sandbox;
  const environment = { ...sandbox.environment, ...settings };
  useEnvironment(environment);
  let lines = '';
  const write = (line: string) => {
    lines += line;
  };
  const log = createLog(readConfig(environment).LOG_LEVEL, { write });
  const startHere = (more?: Record<string, string>) => runApp({ ...environment, ...more }, log, now);
  const bucket = describeBucket(sandbox);
  const app = await start(environment, startHere);

  function passMinutes(minutes: number): void {
    passed += minutes * 60_000;
  }

  async function nextTry(): Promise<void> {
    passMinutes(2);
    await startHere();
  }

  async function kill(): Promise<void> {
    await app.kill();
    workspace.drop();
    await until(() => workspace.connections() === 0);
    const { calls, responseUrls } = workspace.faults;
    for (const faults of [sandbox.s3.faults, sandbox.bedrock.faults, calls, responseUrls]) faults.clear();
  }

  return {
    ...sandbox,
    ...describeWorkspace(sandbox),
    ...bucket,
    app,
    /** Every log line of the apps in this process so far. */
    log: () => lines,
    /** The app in this process once more, as a second replica or after a restart, perhaps with further settings. */
    startApp: startHere,
    /** The app as one more process, perhaps with further settings. */
    startProcess: (more?: Record<string, string>, process?: AppOptions) =>
      runProcess({ ...environment, ...more }, process),
    /** The app's clock and S3's go on by so much; no more than S3 allows a request's signature to be off. */
    passMinutes,
    /** From now on, everything happens in the same millisecond by the app's clock and S3's. */
    stopClock() {
      stoppedAt = Date.now();
    },
    /** Another app, which looks at once for what is left: a minute has passed, and some. */
    nextTry,
    /** Kills the app and forgets all faults. */
    kill,
    /** Kills it once this is so. Resolves once another app has done what was left. */
    async restart(isSo: () => unknown) {
      await until(isSo);
      await kill();
      await nextTry();
      await bucket.settled();
    },
  };
}

/** Waits for this. */
async function until(isSo: () => unknown): Promise<void> {
  await vi.waitUntil(isSo, { timeout: 45_000, interval: 20 });
}

export function describeWorkspace({ workspace }: Sandbox) {
  const { ana, ben } = workspace.people;
  const { marketing, random, secret } = workspace.channels;

  /** On a machine that stands still for seconds, the app's socket ends and is opened again: then it never saw the request. */
  async function act(deliver: () => Promise<Acknowledgement>): Promise<void> {
    let answer = await deliver();
    if (!answer.acknowledged && answer.failure === 'dispatch_failed') {
      await workspace.waitForApp({ timeoutMs: 15_000 });
      answer = await deliver();
    }
    if (!answer.acknowledged) throw new Error(`not acknowledged: ${answer.failure}`);
  }

  async function press({ channel, ts: messageTs }: SeenMessage, actionId: string, user = ana.id): Promise<void> {
    await act(() => workspace.click({ user, channel, messageTs, actionId }));
  }

  /** Chooses in "⋯" under a batch. */
  async function choose(message: SeenMessage, choice: string, user = ana.id): Promise<void> {
    const { channel, ts: messageTs } = message;
    const value = `${choice}:${batchIdOf(message)}`;
    await act(() => workspace.choose({ user, channel, messageTs, actionId: 'more', value }));
  }

  /** The newest message that this person sees there, once it is as described. */
  function see(describe: string, isIt: (message: SeenMessage) => boolean, where: Where = {}): Promise<SeenMessage> {
    const { user = ana.id, channel = marketing.id } = where;
    const find = () => workspace.messages(channel, { as: user }).findLast(isIt);
    return workspace.waitFor(find, { describe, timeoutMs: 15_000 });
  }

  return {
    ana: ana.id,
    ben: ben.id,
    /** The bot is a member. */
    marketing: marketing.id,
    /** It may post without being one. */
    random: random.id,
    /** It may not. */
    secret: secret.id,
    /** Types `/imagine`. */
    async imagine(text: string, { user = ana.id, channel = marketing.id }: Where = {}) {
      await act(() => workspace.command({ user, channel, text }));
    },
    /** "Imagine from this post" on a message. */
    async fromPost(messageTs: string, channel = marketing.id) {
      const callbackId = 'imagine_from_post';
      await act(() => workspace.shortcut({ user: ana.id, channel, messageTs, callbackId }));
    },
    /** Any button of a message. */
    press,
    choose,
    /** Gives the message of a batch these buttons, as earlier releases did. */
    async putOldButtons(message: SeenMessage, actionIds: readonly string[]): Promise<void> {
      const elements = actionIds.map((action_id) => {
        const value = `${batchIdOf(message)}:${/\d$/.exec(action_id)?.[0] ?? 0}`;
        return { type: 'button', action_id, value, text: { type: 'plain_text', text: action_id } } as const;
      });
      const { chat } = new webApi.WebClient(workspace.botToken, { slackApiUrl: workspace.apiUrl });
      await chat.update({ ...message, text: 'An old message', blocks: [{ type: 'actions', elements }] });
    },
    /** The button under a batch that chooses this image. */
    click: (message: SeenMessage, number: number, user?: string) => press(message, `pick_image_${number}`, user),
    see,
    /** A finished batch with so many images. */
    seeImages: (count = 4, where?: Where) =>
      see(`${count} images`, (seen) => isFinished(seen) && countImages(seen) === count, where),
    /** Another finished batch than these. */
    seeNewBatch: (known: readonly SeenMessage[], where?: Where) =>
      see('a new batch', (seen) => isFinished(seen) && known.every(({ ts }) => ts !== seen.ts), where),
    /** What this person alone is told in these words. */
    seePrivately: (words = '', where?: Where) =>
      see(`“${words}”`, (seen) => seen.isEphemeral && (seen.text + textOf(seen)).includes(words), where),
    seePicked: (where?: Where) => see('the picked image', isPicked, where),
    /** The picked image, once Slack has a file of it. */
    seeKept: (where?: Where) => see('the kept image', ({ images }) => images.some(({ fileId }) => fileId), where),
    /** What everyone sees there. */
    posted: (channel = marketing.id) => workspace.messages(channel),
    /** What one person alone sees there. */
    privately: (channel = marketing.id, user = ana.id) =>
      workspace.messages(channel, { as: user }).filter(({ isEphemeral }) => isEphemeral),
    until,
    /** What the calls of this method meet, or of all whose names begin so. */
    planCalls(method: string, fault: CallFault, times = 1) {
      workspace.faults.calls.add(fault, { times, when: (call) => call.method.startsWith(method) });
    },
  };
}

export function describeBucket({ s3, bucket, bedrock }: Sandbox) {
  const keys = (pattern: RegExp) => s3.objects(bucket).flatMap(({ key }) => (pattern.test(key) ? [key] : []));
  const read = (pattern: RegExp) =>
    keys(pattern).map((key): unknown => JSON.parse(s3.object(bucket, key)?.bytes.toString() ?? ''));
  const put = (Key: string, Body: string) => new S3Client({}).send(new PutObjectCommand({ Bucket: bucket, Key, Body }));
  /** The records of batches, oldest first. */
  const records = () => read(recordKey).map((record) => batchSchema.parse(record));
  /** Jobs that are not done. One whose record could not be removed says that it is closed. */
  const jobs = () =>
    read(jobKey)
      .map((record) => jobRecordSchema.parse(record))
      .filter(({ closedAt }) => !closedAt);
  /** Puts this text where the newest batch's record is. */
  const overwriteRecord = (text: string) => put(keys(recordKey).at(-1) ?? '', text);
  /** The seed that was asked for this image of the newest batch. */
  const seedOf = (number: number) => records().at(-1)?.images[number - 1]?.seed;
  const isFor = (operation: S3Operation, key: RegExp) => (request: S3Request) =>
    (operation === 'any' || request.operation === operation) && key.test(request.key) && !request.presigned;
  return {
    keys,
    put,
    /** What the app asked for of such objects. */
    asked: (operation: S3Operation, key: RegExp) => s3.requests().filter(isFor(operation, key)),
    /** What requests for such objects meet. */
    planS3(fault: S3Fault, operation: S3Operation, key: RegExp, times = 1) {
      s3.faults.add(fault, { times, when: isFor(operation, key) });
    },
    records,
    jobs,
    overwriteRecord,
    seedOf,
    /** Writes to the newest batch's record, as another process would. */
    async changeRecord(differences: Partial<Batch>) {
      const record = records().at(-1);
      if (record) await overwriteRecord(JSON.stringify({ ...record, revision: record.revision + 1, ...differences }));
    },
    /** Once nothing is left to do. */
    settled: () => until(() => jobs().length === 0),
    /** Once the first attempt at what is to be done has failed. */
    triedOnce: () => until(() => jobs()[0]?.failures === 1),
    /** The model does not draw this image of the newest batch, the first time. */
    failImage(number: number, kind: 'inference error' | 'filtered image' = 'inference error') {
      bedrock.faults.add({ kind }, { when: ({ seed }) => seed !== undefined && seed === seedOf(number) });
    },
  };
}

/** By what its controls carry, but for the button that leads back to what it came from. */
export function batchIdOf({ blocks }: SeenMessage): string {
  const controls = JSON.stringify(blocks.filter((block) => block.type !== 'section'));
  return /"value":"(?:\w+:)?([0-9A-Z]{26})/.exec(controls)?.[1] ?? '';
}

/** The message's last line: "2 of 4 ready · …" while it is drawn, and then its settings. */
export function lastLine(message: SeenMessage): string {
  const context = message.blocks.findLast((block) => block.type === 'context');
  const element = context?.elements[0];
  return element && 'text' in element ? element.text : '';
}

/** The message's buttons and menus, in order. */
export function actionsOf(message: SeenMessage): (string | undefined)[] {
  return [...textOf(message).matchAll(/"action_id":"(\w+)"/g)].map(([, actionId]) => actionId);
}

export function isFinished(message: SeenMessage): boolean {
  return hasAction(message, 'more');
}

/** How many images a message shows: those that can be picked from its sheet, or the one that was picked. */
export function countImages(message: SeenMessage): number {
  if (/^(Drawing|No image|Stopped)/.test(message.text)) return 0; // its sheet has only placeholders
  const picks = [1, 2, 3, 4].filter((number) => hasAction(message, `pick_image_${number}`)).length;
  if (picks > 0) return picks;
  const [sheet] = message.images.flatMap(({ altText }) => /^(\d+) images, numbered/.exec(altText) ?? []);
  const hasButtons = message.blocks.some(({ type }) => type === 'actions');
  return sheet === undefined
    ? message.images.length
    : hasButtons || !isPicked(message)
      ? Number.parseInt(sheet, 10)
      : 0;
}

function hasAction({ blocks }: SeenMessage, actionId: string): boolean {
  return JSON.stringify(blocks).includes(`"action_id":"${actionId}"`);
}

export function isPicked(message: SeenMessage): boolean {
  return textOf(message).includes(' chose this image of');
}

/** Everything in the message that a person can read, in order. */
export function textOf(message: SeenMessage): string {
  return JSON.stringify(message.blocks);
}

type S3Operation = S3Request['operation'] | 'any';

/** Of the bucket's objects. */
export const [recordKey, jobKey] = [/\/batch\.json$/, /\/open\//];
export const denied = { kind: 'error', code: 'AccessDenied' } as const;

export const fox = 'a red fox --seed 100';
/** For the times of a fault: more often than any test asks. */
export const always = 1000;
/** Longer than any test: what meets this fault does not happen before the app is killed. */
export const held = { kind: 'slow', milliseconds: 600_000, ms: 600_000 } as const;
