import { randomBytes } from 'node:crypto';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { ComprehendClient } from '@aws-sdk/client-comprehend';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { ulid } from 'ulid';
import { checkBucket, tryBucket } from './aws/check-bucket.js';
import { createGuardrail } from './aws/guardrail.js';
import { longestLinkSeconds } from './aws/image-store.js';
import { createPostAnalysis } from './aws/post-analysis.js';
import type { Config } from './config.js';
import { type BatchReference, previewSignedAt } from './core/batch.js';
import { createBringBack } from './core/bring-back.js';
import { createDecideClick } from './core/click.js';
import { createGate, type Gate } from './core/gate.js';
import { createListOwnBatches } from './core/history.js';
import type { ImageModelFacts } from './core/image-model.js';
import type { JobQueue } from './core/job-queue.js';
import { createKeepPick } from './core/keep-pick.js';
import type { Log } from './core/log.js';
import type { Observe } from './core/observation.js';
import { createRunBatch } from './core/run-batch.js';
import { type CheckPrompt, createStartBatch } from './core/start-batch.js';
import { createMetrics, type Metrics } from './create-metrics.js';
import { createBedrockClient } from './image-models/bedrock-client.js';
import { createImageModels, findModel, type ImageModels, models } from './image-models/index.js';
import { createInProcessQueue } from './queue/in-process.js';
import { limitModel } from './queue/limit-model.js';
import { createLines, type DrawingLines, longestLineMinutes } from './queue/lines.js';
import { createAnnounceBatch } from './slack/announce-batch.js';
import { createSlackApp, type SlackApp } from './slack/app.js';
import { type BatchMessagesOptions, createBatchMessages } from './slack/batch-messages.js';
import { createBoltLogger } from './slack/bolt-logger.js';
import { identify } from './slack/identify.js';
import { createListen } from './slack/listen.js';
import type { ListenerServices } from './slack/listener-services.js';
import { createPostAgain } from './slack/post-again.js';
import { createUploadPick } from './slack/upload-pick.js';
import { createWebClients, type WebClients } from './slack/web-clients.js';
import { createStorage, type Storage, warnOfShortLinks } from './storage.js';

/**
 * Batches under way at once. One that waits for its model costs little but must not hold up those of other models, so
 * this only bounds what the lines do not: each picture finds its own place in its model's quota.
 */
const batchConcurrency = 1000;
/** A batch that runs longer than its wait, its drawing and this much for storing was left by a process that died. */
const storingSeconds = 60;
/** A person waits in front of an open modal: after this the post's own words are the prompt. */
const postAnalysisMilliseconds = 10_000;
/** Nothing is seen of a request before its words are checked. */
const guardrailMilliseconds = 10_000;

export interface Services {
  slack: SlackApp;
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
  const clients = createWebClients({ ...config.slack, onError }, createBoltLogger(log));
  const [identity] = await Promise.all([identify(clients.retrying), checkBucket(storage)]);
  await warnOfShortLinks(storage, config, log, now);
  const imageModels = createModels(config);
  warnIfRetired(imageModels.default.facts, log);
  const queue = createInProcessQueue({ concurrency: batchConcurrency, log });
  const gate = createAppGate(config, storage, log, now);
  const pipeline = createPipeline({ config, log, storage, clients, imageModels, queue, gate, metrics, now });
  const services: ListenerServices = {
    ...pipeline,
    ...storage,
    gate,
    clients,
    log,
    workspaceId: identity.installId,
    isStranger: ({ team_id }) => identity.teamId !== undefined && team_id !== undefined && team_id !== identity.teamId,
    offered: [imageModels.default.facts, ...imageModels.others.map(({ facts }) => facts)],
    known: models,
    findFacts: findModel,
    whoMayPick: config.whoMayPick,
    analyzePost: createAnalyzePost(config),
    listen: createListen({ log, newReference: () => randomBytes(3).toString('hex') }),
    newId: ulid,
    now,
    random: Math.random,
  };
  const slack = createSlackApp({
    ...config.slack,
    identity,
    services,
    observe,
    readinessChecks: [(signal) => tryBucket(storage, signal)],
    readMetrics: metrics.read,
    log,
  });
  return { slack, idle: queue.idle };
}

const systemClock = () => new Date();

function warnIfRetired({ modelId, state }: ImageModelFacts, log: Log): void {
  if (state.kind === 'active') return;
  const { since, successor } = state;
  log.warn('the model is retired and works only for accounts that keep it', { modelId, since, successor });
}

export function createModels({ model: { facts, bedrockRegion }, openai }: Config): ImageModels {
  const bedrock = createBedrockClient({ region: bedrockRegion });
  return createImageModels({ bedrock, openai, defaultModel: facts.modelId });
}

/** A client of its own: the models' reads answers in a way that only pictures need. */
function createCheckPrompt({ guardrail, model: { bedrockRegion } }: Config, log: Log): CheckPrompt | undefined {
  if (!guardrail) return undefined;
  const client = new BedrockRuntimeClient({ region: bedrockRegion, requestHandler: new NodeHttpHandler() });
  return createGuardrail({ client, ...guardrail, timeoutMilliseconds: guardrailMilliseconds, log });
}

interface PipelineParts {
  config: Config;
  log: Log;
  storage: Storage;
  clients: WebClients;
  imageModels: ImageModels;
  queue: JobQueue;
  gate: Gate;
  metrics: Metrics;
  now: () => Date;
}

/** From a request to a picture that is kept: the one pipeline, whoever asks. */
function createPipeline(parts: PipelineParts) {
  const { config, log, clients, imageModels, queue, gate, metrics, now } = parts;
  const { batches, history, images } = parts.storage;
  const { observe } = metrics;
  const showing = messageOptions(parts);
  const messages = createBatchMessages(showing);
  const lines = createDrawing(config, imageModels, observe);
  metrics.watchLines(lines.waiting);
  const runBatch = createRunBatch({
    batches,
    generateImage: lines.draw,
    saveImage: images.save,
    followBatch: messages.follow,
    settleUsage: gate.settle,
    observe,
    now,
    log,
  });
  const enqueue = (batch: BatchReference) =>
    queue.add(`batch ${batch.id}`, () => runBatch(batch).finally(() => lines.leave(batch.id)));
  const announceBatch = createAnnounceBatch({ clients, findFacts: findModel, log });
  const uploadPick = createUploadPick({ clients, loadImage: images.load, log });
  return {
    enqueue,
    showWaiting: messages.showWaiting,
    showClicked: messages.showClicked,
    startBatch: createStartBatch({
      gate,
      checkPrompt: createCheckPrompt(config, log),
      lines,
      batches,
      enterHistory: (batch) =>
        history.enter(batch).catch((error: unknown) => log.warn('not in the history', { batch: batch.id, error })),
      announceBatch,
      enqueue,
      observe,
      newBatchId: ulid,
      now,
      random: Math.random,
    }),
    listOwnBatches: createListOwnBatches({ batches, history, log }),
    bringBack: createBringBack({ batches, history, postAgain: createPostAgain(showing), now, log }),
    decideClick: createDecideClick({ batches, log }),
    keepPick: createKeepPick({ batches, showPicked: messages.showPicked, uploadPick, log }),
  };
}

function messageOptions({
  config,
  log,
  storage: { images },
  clients,
  metrics,
  now,
}: PipelineParts): BatchMessagesOptions {
  const { layout, expiresSeconds } = config.preview;
  return {
    clients,
    findFacts: findModel,
    log,
    layout,
    observe: metrics.observe,
    now: Date.now,
    signPreview: (batch, image) =>
      images.sign(batch, image, { expiresInSeconds: expiresSeconds, signedAt: previewSignedAt(batch, image) }),
    signPicked: (batch, image) => images.sign(batch, image, { expiresInSeconds: longestLinkSeconds, signedAt: now() }),
  };
}

/** Waiting in line, drawing, and what comes after. */
function createAppGate(
  { limits, model: { timeoutSeconds } }: Config,
  { usage }: Storage,
  log: Log,
  now: () => Date,
): Gate {
  const longestBatchMilliseconds = (longestLineMinutes * 60 + timeoutSeconds + storingSeconds) * 1000;
  return createGate({ limits, usage, longestBatchMilliseconds, now, log });
}

/** Every model by its id, each within its own quota; the setting is the default model's. */
export function createDrawing(
  { model: { facts, requestsPerMinute, timeoutSeconds } }: Config,
  imageModels: ImageModels,
  observe: Observe = () => undefined,
): DrawingLines {
  return createLines((modelId) => {
    const model = imageModels.find(modelId);
    const quota = modelId === facts.modelId ? requestsPerMinute : undefined;
    const limits = {
      requestsPerMinute: quota ?? model?.facts.requestsPerMinute ?? 1,
      timeoutSeconds,
      now: Date.now,
      observe,
    };
    return model && limitModel(model, limits);
  });
}

function createAnalyzePost({ postAnalysis, s3: { region } }: Config): ListenerServices['analyzePost'] {
  if (postAnalysis === 'off') return undefined;
  const analysis = createPostAnalysis({ client: new ComprehendClient({ region }) });
  return (text) => analysis.analyze(text, { abortSignal: AbortSignal.timeout(postAnalysisMilliseconds) });
}
