import { fork } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import { type RunningApp, startApp } from '../start-app.js';
import type { Workspace } from '../workspace/driver.js';
import type { SeenMessage } from '../workspace/seen.js';
import { startWorkspace } from '../workspace/start.js';
import { ask } from './usage.js';

interface CloudSettings {
  /** How long the model takes over an image, in milliseconds. */
  latencyMs: number;
  /** How large each image is, as a file. */
  imageBytes: number;
  /** How wide and high, as a share of what the model draws. */
  imageScale: number;
}

interface StageSettings extends CloudSettings {
  /** How many processes of the app there are. */
  processes: number;
  /** The queue that they share. */
  redisUrl: string;
}

/** A Slack workspace in this process; the cloud and the app each in processes of their own. */
export interface Stage {
  workspace: Workspace;
  /** The first of the app's processes. */
  app: RunningApp;
  apps: readonly RunningApp[];
  /** From the start of the app's processes to their connected sockets. */
  startMilliseconds: number;
  /** The model's filter keeps back this many of the images that are asked for next. */
  filterNext(count: number): Promise<void>;
  /** The images that are asked for next take so much longer, in milliseconds. */
  slowNext(...milliseconds: number[]): Promise<void>;
  /** An image in the bucket, in base64. */
  storedImage(): Promise<string>;
  /** What Slack has downloaded from the bucket so far. */
  downloadedBytes(): Promise<number>;
  /** Types `/imagine` as Ana or another member of the channel. Resolves to the milliseconds until it is acknowledged. */
  type(text: string, user?: string): Promise<number>;
  /** How many messages have all their images. */
  countFinished(): number;
  /** Types so many prompts at once. Resolves, when all of them are finished, to the acknowledgements' milliseconds. */
  runBatches(count: number): Promise<number[]>;
}

const waitMilliseconds = 30_000;
/** Of each process, if something fails: hundreds of images are thousands of lines. */
const maxOutput = 5_000;

/** By default a model takes a second over 1.5 MB. */
const defaults: CloudSettings = { latencyMs: 1000, imageBytes: 1_500_000, imageScale: 1 };

/** Lets `use` work on a fresh stage and takes everything down after it. */
export async function onStage<Result>(
  use: (stage: Stage) => Promise<Result>,
  { processes = 1, redisUrl, ...settings }: Partial<StageSettings> = {},
): Promise<Result> {
  const [cloud, workspace] = await Promise.all([startCloud({ ...defaults, ...settings }), startWorkspace()]);
  const shared = redisUrl === undefined ? {} : { REDIS_URL: redisUrl };
  const environment = { ...cloud.environment, ...shared, SLACK_API_URL: workspace.apiUrl };
  const started = performance.now();
  const start = () => startApp(environment, { preload: new URL('./report-usage.js', import.meta.url) });
  const [app, ...others] = await Promise.all([start(), ...Array.from({ length: processes - 1 }, start)]);
  const apps = [app, ...others];
  try {
    const areConnected = () => workspace.connections() === processes;
    await workspace.waitFor(areConnected, { timeoutMs: waitMilliseconds, describe: `${processes} connections` });
    const startMilliseconds = performance.now() - started;
    return await use({ workspace, app, apps, startMilliseconds, ...cloud.orders, ...person(workspace) });
  } catch (error) {
    const written = apps.map(({ output }) => output().slice(-maxOutput)).join('\n');
    throw new Error(`At last, the app wrote:\n${written}`, { cause: error });
  } finally {
    await Promise.all(apps.map(({ stop }) => stop()));
    await Promise.all([workspace.close(), cloud.stop()]);
  }
}

async function startCloud(settings: CloudSettings) {
  const child = fork(new URL('./cloud.js', import.meta.url), [JSON.stringify(settings)]);
  const exited = once(child, 'exit');
  const failed = exited.then(() => Promise.reject(new Error('The stand-ins for Bedrock and S3 did not start.')));
  const [environment] = await Promise.race([once(child, 'message'), failed]);
  failed.catch(() => undefined); // from here on it ends because it is told to
  return {
    environment: z.record(z.string(), z.string()).parse(environment),
    orders: {
      filterNext: async (filtered: number) => void (await ask(child, { filtered })),
      slowNext: async (...slower: number[]) => void (await ask(child, { slower })),
      storedImage: async () => z.string().parse(await ask(child, { wants: 'image' })),
      downloadedBytes: async () => z.number().parse(await ask(child, { wants: 'bytes' })),
    },
    async stop() {
      child.disconnect();
      await exited;
    },
  };
}

function person(workspace: Workspace): Pick<Stage, 'type' | 'countFinished' | 'runBatches'> {
  const ana = workspace.people.ana.id;
  const channel = workspace.channels.marketing.id;
  const countFinished = () => workspace.messages(channel).filter(isFinished).length;

  async function type(text: string, user = ana): Promise<number> {
    const answer = await workspace.command({ user, channel, text });
    if (!answer.acknowledged) throw new Error(`"${text}" was not acknowledged: ${answer.failure}`);
    return answer.acknowledgedAfterMs;
  }

  return {
    type,
    countFinished,
    async runBatches(count) {
      const wanted = countFinished() + count;
      const acknowledgements = await Promise.all(Array.from({ length: count }, () => type('a red fox in the snow')));
      const describe = `${wanted} finished messages`;
      await workspace.waitFor(() => countFinished() === wanted, { timeoutMs: waitMilliseconds, describe });
      return acknowledgements;
    },
  };
}

/** Only the message of a finished batch has the menu. */
function isFinished({ blocks }: SeenMessage): boolean {
  return JSON.stringify(blocks).includes('"action_id":"more"');
}
