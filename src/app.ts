import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { ComprehendClient } from '@aws-sdk/client-comprehend';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { ulid } from 'ulid';
import { checkBucket, tryBucket } from './aws/check-bucket.js';
import { createAnalyzePost } from './aws/comprehend.js';
import { createGuardrail } from './aws/guardrail.js';
import { createImageStore, maxLinkSeconds } from './aws/image-store.js';
import { createS3Client, judgeLinkLife } from './aws/s3-client.js';
import { createStores } from './aws/stores.js';
import type { Config } from './config.js';
import { previewSignedAt } from './core/batch/batch.js';
import type { CheckPrompt } from './core/batch/deps.js';
import { resumeJob } from './core/batch/resume.js';
import { runBatch } from './core/batch/run-batch.js';
import type { ModelInfo } from './core/image-model.js';
import type { Log, Observe } from './core/log.js';
import { models } from './core/model-catalog.js';
import type { DraftStore } from './core/prompt/draft.js';
import { createInProcessEngine, createRepeat, type Repeat } from './engine/in-process.js';
import { createLeases } from './engine/leases.js';
import { limitModel } from './engine/model-queue.js';
import { createModelQueues, maxQueueMinutes, type Queues } from './engine/model-queues.js';
import { createBedrockClient } from './models/bedrock.js';
import { createImageModels, type ImageModels } from './models/index.js';
import { createMetrics } from './observability/metrics.js';
import { createListen } from './slack/api/listen.js';
import { createBoltLogger, createStartClient, createWebClients } from './slack/api/web-clients.js';
import { createSlackApp, type SlackApp } from './slack/app/app.js';
import { createIsExternalUser, identify } from './slack/app/identity.js';
import type { SlackDeps } from './slack/deps.js';
import { createBatchMessages } from './slack/message/batch-messages.js';

/** A batch that runs longer than its wait, its drawing and this much for storing was abandoned by a process that died. */
const storingSeconds = 60;
/** The user waits in front of an open form: after this, the prompt is the post's own text. */
const postAnalysisMilliseconds = 10_000;
/** Nothing of a request is shown before its prompt is checked. */
const guardrailMilliseconds = 10_000;
const jobTimes = {
  /** At most this long users wait for a batch whose process was killed to go on. */
  leaseMilliseconds: 30_000,
  /** Between two attempts, and between two looks for jobs of other processes. */
  retryMilliseconds: 60_000,
};
const hour = 60 * 60_000;
/** Together at most a day. Each look lists the drafts of every user who ever used the app. */
const draftTimes = { maxAgeMilliseconds: 18 * hour, gapMilliseconds: 6 * hour };

const pause = (milliseconds: number) => wait(milliseconds);

export interface Services {
  slack: SlackApp;
  /** Resumes what was left unfinished. */
  sweep: { start(): void; stop(): Promise<void> };
  /** Resolves once no batch runs. */
  idle(): Promise<void>;
}

/**
 * The only wiring: settings → adapters → use cases → Slack app. Asks Slack whose token this is, and checks the bucket.
 * @throws ConfigurationError for what the operator has to change
 */
export async function createServices(config: Config, log: Log, now = () => new Date()): Promise<Services> {
  const bucket = createBucket(config);
  const stores = createStores(bucket);
  const images = createImageStore(bucket);
  const { expiresSeconds, layout } = config.preview;
  const metrics = createMetrics(models.map(({ modelId }) => modelId));
  const { observe } = metrics;
  const connection = { ...config.slack, onError: (code: string) => observe({ kind: 'slack error', code }) };
  const logger = createBoltLogger(log);
  const clients = createWebClients(connection, logger);
  const identifying = identify(createStartClient(connection, logger));
  const [identity] = await Promise.all([identifying, checkBucket(bucket, ulid())]);
  const { kind, text } = await judgeLinkLife(bucket.signingClient, expiresSeconds, now());
  if (kind === 'note') log.warn('previews may not live as long as is set', { reason: text });
  const imageModels = createModels(config);
  warnIfRetired(imageModels.default.modelInfo, log);
  const queues = createQueues(config, imageModels, observe);
  metrics.watchQueues(queues.waiting);
  const leases = createLeases({ ...jobTimes, jobs: stores.jobs, owner: ulid(), newId: ulid, now, log });
  const engine = createInProcessEngine({
    workspaceId: identity.installId,
    jobs: stores.jobs,
    leases,
    resume: (job) => job.run(() => resumeJob(deps, job)),
    gapMilliseconds: jobTimes.retryMilliseconds,
    now,
    log,
  });
  const messages = createBatchMessages({
    clients,
    command: config.slack.command,
    log,
    layout,
    observe,
    now: Date.now,
    batches: stores.batches,
    pause,
    loadImage: images.load,
    signLink: (batch, image) =>
      images.sign(
        batch,
        image,
        batch.pick
          ? { expiresInSeconds: maxLinkSeconds, signedAt: now() }
          : { expiresInSeconds: expiresSeconds, signedAt: previewSignedAt(batch, image) },
      ),
  });
  const deps: SlackDeps = {
    ...stores,
    images,
    limits: config.limits,
    maxBatchMilliseconds: (maxQueueMinutes * 60 + config.model.timeoutSeconds + storingSeconds) * 1000,
    checkPrompt: createCheckPrompt(config, log),
    queues,
    openJob: leases.open,
    enqueue: (job, stored) =>
      engine.add(job, () => job.run(() => runBatch(deps, job, stored)).finally(() => queues.release(job.batch.id))),
    messages,
    observe,
    log,
    now,
    pause,
    newId: ulid,
    random: Math.random,
    clients,
    workspaceId: identity.installId,
    isExternalUser: createIsExternalUser(identity, { clients, log, now }),
    offered: [imageModels.default.modelInfo, ...imageModels.others.map(({ modelInfo }) => modelInfo)],
    whoMayPick: config.whoMayPick,
    analyzePost: createAnalyzer(config),
    listen: createListen({ log, now, newReference: () => randomBytes(3).toString('hex') }),
  };
  const slack = createSlackApp({
    ...config.slack,
    identity,
    deps,
    readinessChecks: [(signal) => tryBucket(bucket, signal)],
    readMetrics: metrics.read,
  });
  const repeated = [engine, removeOldDrafts(stores.drafts, identity.installId, log, now)];
  return {
    slack,
    sweep: {
      start: () => repeated.forEach((one) => void one.start()),
      stop: async () => void (await Promise.all(repeated.map((one) => one.stop()))),
    },
    idle: engine.idle,
  };
}

export function createBucket({ s3: { bucket, region, publicEndpoint, forcePathStyle } }: Config) {
  const client = createS3Client({ region, forcePathStyle });
  const signingClient = publicEndpoint ? createS3Client({ region, forcePathStyle, endpoint: publicEndpoint }) : client;
  return { client, signingClient, bucket };
}

export function createModels({ model: { modelInfo, bedrockRegion }, openai }: Config): ImageModels {
  const bedrock = createBedrockClient({ region: bedrockRegion });
  return createImageModels({ bedrock, openai, defaultModel: modelInfo.modelId });
}

/** A queue for each model, within its quota; BEDROCK_REQUESTS_PER_MINUTE is the default model's. */
export function createQueues(
  { model: { modelInfo, requestsPerMinute, timeoutSeconds } }: Config,
  imageModels: ImageModels,
  observe: Observe = () => undefined,
): Queues {
  return createModelQueues((modelId) => {
    const model = imageModels.find(modelId);
    const quota = modelId === modelInfo.modelId ? requestsPerMinute : undefined;
    return (
      model &&
      limitModel(model, {
        requestsPerMinute: quota ?? model.modelInfo.requestsPerMinute,
        timeoutSeconds,
        now: Date.now,
        observe,
      })
    );
  });
}

function warnIfRetired({ modelId, state }: ModelInfo, log: Log): void {
  if (state.kind === 'active') return;
  const { since, successor } = state;
  log.warn('the model is retired and works only for accounts that keep it', { modelId, since, successor });
}

/** A form that was closed while the app was down leaves its draft behind. After this long it will not be submitted. */
function removeOldDrafts(drafts: DraftStore, workspaceId: string, log: Log, now: () => Date): Repeat {
  return createRepeat({
    name: 'removing old drafts',
    gapMilliseconds: draftTimes.gapMilliseconds,
    async work(stopped) {
      const oldest = ulid(now().getTime() - draftTimes.maxAgeMilliseconds);
      const removed = await drafts.removeBefore(workspaceId, oldest, stopped);
      if (removed > 0) log.info('old drafts removed', { count: removed });
      return undefined;
    },
    log,
  });
}

/** A client of its own: the models' reads answers in a way that only images need. */
function createCheckPrompt({ guardrail, model: { bedrockRegion } }: Config, log: Log): CheckPrompt | undefined {
  if (!guardrail) return undefined;
  const client = new BedrockRuntimeClient({ region: bedrockRegion, requestHandler: new NodeHttpHandler() });
  return createGuardrail({ client, ...guardrail, timeoutMilliseconds: guardrailMilliseconds, log });
}

function createAnalyzer({ postAnalysis, s3: { region } }: Config): SlackDeps['analyzePost'] {
  if (postAnalysis === 'off') return undefined;
  const analyzePost = createAnalyzePost(new ComprehendClient({ region }));
  return (text) => analyzePost(text, AbortSignal.timeout(postAnalysisMilliseconds));
}
