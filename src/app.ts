import { randomBytes } from 'node:crypto';
import { ComprehendClient } from '@aws-sdk/client-comprehend';
import { ulid } from 'ulid';
import { checkBucket, tryBucket } from './aws/check-bucket.js';
import { createDraftStore } from './aws/draft-store.js';
import { createPostAnalysis } from './aws/post-analysis.js';
import { createPreferencesStore } from './aws/preferences-store.js';
import type { Config } from './config.js';
import { createQuota, type Quota } from './core/batch/quota.js';
import type { ModelInfo } from './core/image-model.js';
import type { Log } from './core/log.js';
import { models } from './core/model-catalog.js';
import type { DraftStore } from './core/prompt/draft.js';
import { createPipeline } from './create-pipeline.js';
import { createStorage, type Storage, warnOfShortLinks } from './create-storage.js';
import { createInProcessQueue } from './engine/in-process.js';
import { createLeases } from './engine/leases.js';
import { maxLineMinutes } from './engine/model-queues.js';
import { createRepeat } from './engine/repeat.js';
import { createSweep, type Sweep } from './engine/sweep.js';
import { createBedrockClient } from './models/bedrock-client.js';
import { createImageModels, type ImageModels } from './models/index.js';
import { createMetrics } from './observability/metrics.js';
import { createStartClient, createWebClients } from './slack/api/web-clients.js';
import { createSlackApp, type SlackApp } from './slack/app/app.js';
import { createBoltLogger } from './slack/app/bolt-logger.js';
import { identify } from './slack/app/identify.js';
import { createListen } from './slack/app/listen.js';
import { createIsStranger } from './slack/app/same-company.js';
import type { SlackDeps } from './slack/deps.js';

/**
 * Batches under way at once. One that waits for its model costs little but must not hold up those of other models, so
 * this only bounds what the lines do not: each image finds its own place in its model's quota.
 */
const batchConcurrency = 1000;
/** A batch that runs longer than its wait, its drawing and this much for storing was left by a process that died. */
const storingSeconds = 60;
/** A person waits in front of an open modal: after this the post's own words are the prompt. */
const postAnalysisMilliseconds = 10_000;
const workTimes = {
  /** What people wait, at most, for a batch whose process was killed to go on; renewed every ten seconds meanwhile. */
  leaseMilliseconds: 30_000,
  /** Between two tries of what failed, and two looks for what another process left. */
  retryMilliseconds: 60_000,
};

const hour = 60 * 60_000;
/** Together a day at most. A look costs one listing for each person who ever used the app. */
const draftTimes = { maxAgeMilliseconds: 18 * hour, gapMilliseconds: 6 * hour };

export interface Services {
  slack: SlackApp;
  /** Takes up what was left unfinished. */
  sweep: Sweep;
  /** Resolves once no batch runs. */
  idle(): Promise<void>;
}

/**
 * Every adapter by its name, tied together. Asks Slack whose token this is, and the bucket whether it will do.
 * @throws ConfigurationError for what the operator has to mend
 */
export async function createServices(config: Config, log: Log, now = systemClock): Promise<Services> {
  const storage = createStorage(config);
  const metrics = createMetrics(models.map(({ modelId }) => modelId));
  const { observe } = metrics;
  const onError = (code: string) => observe({ kind: 'slack error', code });
  const connection = { ...config.slack, onError };
  const logger = createBoltLogger(log);
  const clients = createWebClients(connection, logger);
  const identifying = identify(createStartClient(connection, logger));
  const [identity] = await Promise.all([identifying, checkBucket(storage, ulid())]);
  await warnOfShortLinks(storage, config, log, now);
  const imageModels = createModels(config);
  warnIfRetired(imageModels.default.modelInfo, log);
  const queue = createInProcessQueue({ concurrency: batchConcurrency, log });
  const quota = createAppGate(config, storage, log, now);
  const leases = createLeases({ ...workTimes, markers: storage.markers, owner: ulid(), newId: ulid, now, log });
  const { takeUp, ...pipeline } = createPipeline({
    config,
    log,
    storage,
    clients,
    imageModels,
    queue,
    quota,
    metrics,
    leases,
    now,
  });
  const sweep = createSweep({
    workspaceId: identity.installId,
    markers: storage.markers,
    leases,
    resume: (left) => queue.add(`batch ${left.batch.id}`, () => takeUp(left)),
    gapMilliseconds: workTimes.retryMilliseconds,
    now,
    log,
  });
  const drafts = createDraftStore(storage, log);
  const tidying = createTidying(drafts, identity.installId, log, now);
  const deps: SlackDeps = {
    ...pipeline,
    ...storage,
    quota,
    drafts,
    preferences: createPreferencesStore(storage, log),
    clients,
    log,
    workspaceId: identity.installId,
    isExternalUser: createIsStranger(identity, { clients, log, now }),
    offered: [imageModels.default.modelInfo, ...imageModels.others.map(({ modelInfo }) => modelInfo)],
    known: models,

    whoMayPick: config.whoMayPick,
    analyzePost: createAnalyzePost(config),
    listen: createListen({ log, now, newReference: () => randomBytes(3).toString('hex') }),
    newId: ulid,
    now,
    random: Math.random,
  };
  const slack = createSlackApp({
    ...config.slack,
    identity,
    deps,
    observe,
    readinessChecks: [(signal) => tryBucket(storage, signal)],
    readMetrics: metrics.read,
    log,
  });
  return { slack, sweep: together(sweep, tidying), idle: queue.idle };
}

const systemClock = () => new Date();

function together(...repeated: readonly Sweep[]): Sweep {
  return {
    start: () => repeated.forEach((one) => void one.start()),
    stop: async () => void (await Promise.all(repeated.map((one) => one.stop()))),
  };
}

/** A form that was closed while the app was down leaves its draft behind. After this long it will not be submitted. */
function createTidying(drafts: DraftStore, workspaceId: string, log: Log, now: () => Date): Sweep {
  return createRepeat({
    name: 'removing old drafts',
    gapMilliseconds: draftTimes.gapMilliseconds,
    async work(stopped) {
      const oldest = ulid(now().getTime() - draftTimes.maxAgeMilliseconds);
      const removed = await drafts.removeBefore(workspaceId, oldest, stopped);
      if (removed > 0) log.info('old drafts removed', { count: removed });
    },
    log,
  });
}

function warnIfRetired({ modelId, state }: ModelInfo, log: Log): void {
  if (state.kind === 'active') return;
  const { since, successor } = state;
  log.warn('the model is retired and works only for accounts that keep it', { modelId, since, successor });
}

export function createModels({ model: { modelInfo, bedrockRegion }, openai }: Config): ImageModels {
  const bedrock = createBedrockClient({ region: bedrockRegion });
  return createImageModels({ bedrock, openai, defaultModel: modelInfo.modelId });
}

/** Waiting in line, drawing, and what comes after. */
function createAppGate(
  { limits, model: { timeoutSeconds } }: Config,
  { usage }: Storage,
  log: Log,
  now: () => Date,
): Quota {
  const maxBatchMilliseconds = (maxLineMinutes * 60 + timeoutSeconds + storingSeconds) * 1000;
  return createQuota({ limits, usage, maxBatchMilliseconds, now, log });
}

function createAnalyzePost({ postAnalysis, s3: { region } }: Config): SlackDeps['analyzePost'] {
  if (postAnalysis === 'off') return undefined;
  const analysis = createPostAnalysis({ client: new ComprehendClient({ region }) });
  return (text) => analysis.analyze(text, { abortSignal: AbortSignal.timeout(postAnalysisMilliseconds) });
}
