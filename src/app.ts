import { randomBytes } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { ComprehendClient } from '@aws-sdk/client-comprehend';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { ulid } from 'ulid';
import { checkBucket, tryBucket } from './aws/check-bucket.js';
import { createAnalyzePost, createDetectPersonalData } from './aws/comprehend.js';
import { createGuardrail } from './aws/guardrail.js';
import { createImageStore, linkExpiry, maxLinkSeconds } from './aws/image-store.js';
import { createPromptWriter } from './aws/prompt-writer.js';
import type { LinkedBucket } from './aws/records.js';
import { createS3Client, judgeLinkLife } from './aws/s3-client.js';
import { createStores } from './aws/stores.js';
import { type Config, chooseTransport } from './config.js';
import { type Batch, previewSignedAt, type StoredImage, sheetSignedAt } from './core/batch/batch.js';
import type { CheckPrompt, Limits, LinkLife } from './core/batch/deps.js';
import type { DrawImageDeps } from './core/batch/draw-image.js';
import { createOfferedOperations } from './core/batch/offered-operations.js';
import { resumeJob } from './core/batch/resume.js';
import { runBatch } from './core/batch/run-batch.js';
import type { GenerateImage, ModelInfo, Models } from './core/image-model.js';
import type { Log } from './core/log.js';
import { findModel, models, type Operation, services } from './core/model-catalog.js';
import type { DraftStore } from './core/prompt/draft.js';
import type { WritePrompts } from './core/prompt/writer.js';
import { type LineOptions, quotaMilliseconds } from './engine/attempts.js';
import type { BullLinesOptions } from './engine/bullmq.js';
import { createEngine } from './engine/engine.js';
import { createInProcessLines } from './engine/in-process.js';
import { maxQueueMinutes } from './engine/model-queues.js';
import { createRepeat } from './engine/repeat.js';
import { createWaitingLog } from './engine/waiting-log.js';
import { createInputs } from './images/inputs.js';
import { createPreviews } from './images/previews.js';
import { createBedrockClient } from './models/bedrock.js';
import { createImageModels, offerModels, offerOperations } from './models/index.js';
import { createMetrics } from './observability/metrics.js';
import { createDownloadFile } from './slack/api/files.js';
import { createListen } from './slack/api/listen.js';
import { fileScope } from './slack/api/tokens.js';
import { createBoltLogger, createWebClients } from './slack/api/web-clients.js';
import { createSlackApp } from './slack/app/app.js';
import { createIsExternalUser, identify, type SlackIdentity } from './slack/app/identity.js';
import type { SlackDeps } from './slack/deps.js';
import { createBatchMessages } from './slack/message/batch-messages.js';
import type { BatchLinks } from './slack/message/deliver-batch.js';

/** A batch that runs longer than its wait, its drawing and this much for storing was abandoned by a process that died. */
const storingSeconds = 60;
/** The user waits in front of an open form: after this, the prompt is the post's first sentence. */
const postAnalysisMilliseconds = 10_000;
/** The writer needs no analysis: a slow one is not waited for. */
const analysisBeforeWritingMilliseconds = 2_000;
const detectionMilliseconds = 1_500;
const writingMilliseconds = 4_000;
/** Nothing of a request is shown before its prompt is checked. */
const guardrailMilliseconds = 10_000;
const hour = 60 * 60_000;
/** Together at most a day. Each look lists the drafts of every user who ever used the app. */
const draftTimes = { maxAgeMilliseconds: 18 * hour, gapMilliseconds: 6 * hour };

export type Services = Awaited<ReturnType<typeof createServices>>;

/**
 * The only wiring: settings → adapters → use cases → Slack app. Asks Slack whose token this is, and checks the bucket.
 * @throws ConfigurationError for what the operator has to change
 */
export async function createServices(config: Config, log: Log, now = () => new Date(), pingMilliseconds = 5_000) {
  const bucket = createBucket(config);
  const stores = createStores(bucket);
  const images = createImageStore(bucket, config.TAG_IMAGES === 'on');
  const metrics = createMetrics(
    [...models, ...services].map(({ modelId }) => modelId),
    () => engine.queues.waiting(),
  );
  const { observe } = metrics;
  const connection = {
    botToken: config.SLACK_BOT_TOKEN,
    apiUrl: config.SLACK_API_URL,
    onError: (code: string) => observe({ kind: 'slack error', code }),
  };
  const logger = createBoltLogger(log);
  const clients = createWebClients(connection, logger);
  const identifying = identify(connection, logger);
  const opening = config.REDIS_URL === undefined ? undefined : openQueue(config.REDIS_URL, log);
  const [identity, queue] = await Promise.all([
    identifying,
    opening,
    checkBucket(bucket, ulid(), config.TAG_IMAGES === 'on'),
  ]);
  const { kind, text } = await judgeLinkLife(bucket.signingClient, config.PREVIEW_EXPIRES_SECONDS, now());
  if (kind === 'note') log.warn('previews may not live as long as is set', { reason: text });
  warnIfRetired(config.IMAGE_MODEL, log);
  const previews = createPreviews(images, log);
  const inputs = createInputs(images);
  const drawing = {
    images: { ...images, save: previews.save },
    inputs,
    imageModel: createImageModelOf(config),
    observe,
    now,
    log,
  };
  const limits = (modelId: string) => {
    const modelInfo = drawing.imageModel(modelId) && findModel(modelId);
    return modelInfo && limitModel(config, modelInfo);
  };
  const offered = chooseModels(config);
  const operations = createOfferedOperations(chooseOperations(config), { log, now });
  const engine = createEngine({
    workspaceId: identity.installId,
    jobs: stores.jobs,
    heartbeats: createStores(createBucket(config)).heartbeats, // with connections of their own: no image may hold them up
    lines: queue
      ? queue.createLines(drawing, { workspaceId: identity.installId, limits })
      : createInProcessLines(drawing, limits),
    modelIds: [...offered, ...operations.list().map(({ model }) => model)].map(({ modelId }) => modelId),
    resume: (job) => resumeJob(deps, job),
    newId: ulid,
    observe,
    now,
    log,
  });
  const previewLife = { expiresInSeconds: config.PREVIEW_EXPIRES_SECONDS };
  const lifeOf = (batch: Batch, image: StoredImage): LinkLife =>
    batch.pick
      ? { expiresInSeconds: maxLinkSeconds, signedAt: startOfTenMinutes(now()) }
      : { ...previewLife, signedAt: previewSignedAt(batch, image) };
  const links: BatchLinks = {
    sheet: (batch, cells) => previews.sheet(batch, cells, { ...previewLife, signedAt: sheetSignedAt(batch) }),
    existing: (batch, cells) => previews.existing(batch, cells, { ...previewLife, signedAt: now() }),
    preview: (batch, image) => previews.single(batch, image, lifeOf(batch, image)),
    original: (batch, image) => images.sign(batch, image, lifeOf(batch, image)),
    expiryOf: linkExpiry,
  };
  const messages = createBatchMessages({
    clients,
    command: config.SLACK_COMMAND,
    log,
    layout: config.PREVIEW_LAYOUT,
    observe,
    now: Date.now,
    batches: stores.batches,
    operations,
    pause: wait,
    drawingTime: engine.queues.drawingTime,
    newId: ulid,
    loadImage: images.load,
    links,
  });
  const deps: SlackDeps = {
    ...stores,
    images,
    inputs,
    operations,
    limits: limitsOf(config),
    maxBatchMilliseconds: (maxQueueMinutes * 60 + config.GENERATION_TIMEOUT_SECONDS + storingSeconds) * 1000,
    checkPrompt: createCheckPrompt(config, log),
    queues: engine.queues,
    openJob: engine.openJob,
    enqueue: (job, stored) => engine.add(job, () => runBatch(deps, job, stored)),
    messages,
    observe,
    log,
    now,
    pause: wait,
    newId: ulid,
    random: Math.random,
    clients,
    links,
    workspaceId: identity.installId,
    isExternalUser: createIsExternalUser(identity, { clients, log, now }),
    offered,
    whoMayPick: config.WHO_MAY_PICK,
    defaultVisibility: config.DEFAULT_VISIBILITY,
    ...createTextServices(config),
    downloadFile: mayReadFiles(config, identity, log) ? createDownloadFile(connection, { clients, log }) : undefined,
    listen: createListen({ log, now, newReference: () => randomBytes(3).toString('hex') }),
  };
  const slack = createSlackApp({
    ...connection,
    transport: chooseTransport(config),
    pingMilliseconds,
    command: config.SLACK_COMMAND,
    identity,
    deps,
    readinessChecks: [(signal: AbortSignal) => tryBucket(bucket, signal), ...(queue ? [queue.isReady] : [])],
    readMetrics: metrics.read,
  });
  const oldDrafts = removeOldDrafts(stores.drafts, identity.installId, log, now);
  const waitingLog = createWaitingLog(engine.queues, log);
  return {
    /** Takes requests, and resumes what was left unfinished. */
    async start() {
      await slack.start();
      engine.start();
      oldDrafts.start();
      waitingLog.start();
      await previews.prepare();
    },
    /** Takes nothing new, finishes what runs. */
    async stop() {
      await Promise.all([slack.stop(), engine.stop(), oldDrafts.stop(), waitingLog.stop()]);
      await engine.finish();
      await slack.close();
    },
  };
}

/** BullMQ and its client are loaded only by those who use them: that takes a third of a second and 23 MB. */
async function openQueue(url: string, log: Log) {
  const [{ connectRedis, tryRedis }, { createBullLines }] = await Promise.all([
    import('./engine/redis.js'),
    import('./engine/bullmq.js'),
  ]);
  const redis = await connectRedis(url, log);
  return {
    createLines: (drawing: DrawImageDeps, options: Omit<BullLinesOptions, 'redis'>) =>
      createBullLines(drawing, { ...options, redis }),
    isReady: (signal: AbortSignal) => tryRedis(redis, signal),
  };
}

/** A pick is often shown twice: with the same link, Slack downloads it once. */
function startOfTenMinutes(time: Date): Date {
  return new Date(time.getTime() - (time.getTime() % 600_000));
}

/** S3_PUBLIC_ENDPOINT is for the links that others open. Servers other than Amazon's rarely have a host name for each bucket. */
export function createBucket(config: Config): LinkedBucket {
  const { S3_BUCKET: bucket, AWS_REGION: region, S3_PUBLIC_ENDPOINT: endpoint } = config;
  const forcePathStyle = Boolean(config.AWS_ENDPOINT_URL_S3 ?? config.AWS_ENDPOINT_URL ?? endpoint);
  const client = createS3Client({ region, forcePathStyle });
  const signingClient = endpoint ? createS3Client({ region, forcePathStyle, endpoint }) : client;
  return { client, signingClient, bucket };
}

/** What users may choose from. */
function chooseModels({ IMAGE_MODEL, OPENAI_API_KEY, OPENAI_IMAGE_MODEL }: Config): Models {
  return offerModels(IMAGE_MODEL, OPENAI_API_KEY !== undefined, OPENAI_IMAGE_MODEL);
}

/** What users may have made of an image. */
export function chooseOperations(config: Config): readonly Operation[] {
  return offerOperations(config.IMAGE_OPERATIONS, config.BEDROCK_REGION, chooseModels(config));
}

/** Every model that can be called, by its ID. */
export function createImageModelOf(config: Config): (modelId: string) => GenerateImage | undefined {
  const bedrock = createBedrockClient({ region: config.BEDROCK_REGION });
  const imageModels = createImageModels(bedrock, config.OPENAI_API_KEY);
  return (modelId) => {
    const modelInfo = findModel(modelId);
    return modelInfo && imageModels(modelInfo);
  };
}

/** BEDROCK_REQUESTS_PER_MINUTE is the default model's quota. */
function limitModel(config: Config, { modelId, requestsPerMinute }: ModelInfo): LineOptions {
  const quota = modelId === config.IMAGE_MODEL.modelId ? config.BEDROCK_REQUESTS_PER_MINUTE : undefined;
  return {
    requestsPerMinute: quota ?? requestsPerMinute,
    timeoutSeconds: config.GENERATION_TIMEOUT_SECONDS,
    windowMilliseconds: quotaMilliseconds,
  };
}

function limitsOf(config: Config): Limits {
  return {
    imagesPerUserPerDay: config.IMAGES_PER_USER_PER_DAY,
    imagesPerWorkspacePerDay: config.IMAGES_PER_WORKSPACE_PER_DAY,
    batchesPerUser: config.BATCHES_PER_USER,
    allowedUsers: config.ALLOWED_USERS,
    blockedUsers: config.BLOCKED_USERS,
    allowedChannels: config.ALLOWED_CHANNELS,
    blockedChannels: config.BLOCKED_CHANNELS,
  };
}

function warnIfRetired({ modelId, state }: ModelInfo, log: Log): void {
  if (state.kind === 'active') return;
  const { kind: _, ...details } = state;
  log.warn('the model is retired and works only for accounts that keep it', { modelId, ...details });
}

/** A form that was closed while the app was down leaves its draft behind. After this long it will not be submitted. */
function removeOldDrafts(drafts: DraftStore, workspaceId: string, log: Log, now: () => Date) {
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
function createCheckPrompt(config: Config, log: Log): CheckPrompt | undefined {
  const { GUARDRAIL_ID: guardrailId, GUARDRAIL_VERSION: version, BEDROCK_REGION: region } = config;
  if (!guardrailId || !version) return undefined;
  const client = new BedrockRuntimeClient({ region, requestHandler: new NodeHttpHandler() });
  return createGuardrail({ client, guardrailId, version, timeoutMilliseconds: guardrailMilliseconds, log });
}

/** Without the scope, Slack would refuse every form that has a field for a file. */
function mayReadFiles({ IMAGE_INPUT }: Config, { scopes }: SlackIdentity, log: Log): boolean {
  if (IMAGE_INPUT === 'off') return false;
  if (!scopes || scopes.includes(fileScope)) return true;
  log.error('images as input are off: the bot token lacks a scope', { scope: fileScope });
  return false;
}

/** What reads posts and typed prompts, and writes prompts for them. */
function createTextServices(config: Config): Pick<SlackDeps, 'analyzePost' | 'detectPersonalData' | 'writePrompts'> {
  const write = createWriter(config);
  const writePrompts: SlackDeps['writePrompts'] =
    write && ((task) => write(task, AbortSignal.timeout(writingMilliseconds)));
  if (config.POST_ANALYSIS === 'off') return { analyzePost: undefined, detectPersonalData: undefined, writePrompts };
  const client = new ComprehendClient({ region: config.AWS_REGION });
  const analyze = createAnalyzePost(client);
  const detect = createDetectPersonalData(client);
  const milliseconds = write ? analysisBeforeWritingMilliseconds : postAnalysisMilliseconds;
  return {
    analyzePost: (text) => analyze(text, AbortSignal.timeout(milliseconds)),
    detectPersonalData: (text, language) => detect(text, language, AbortSignal.timeout(detectionMilliseconds)),
    writePrompts,
  };
}

/** A client of its own, as for the guardrail. */
export function createWriter({ PROMPT_MODEL: modelId, BEDROCK_REGION: region }: Config): WritePrompts | undefined {
  if (modelId === 'off') return undefined;
  const client = new BedrockRuntimeClient({ region, maxAttempts: 2, requestHandler: new NodeHttpHandler() });
  return createPromptWriter({ client, modelId });
}
