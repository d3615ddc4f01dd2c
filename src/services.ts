import { randomBytes } from 'node:crypto';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { ComprehendClient } from '@aws-sdk/client-comprehend';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { ulid } from 'ulid';
import { createBatchHistory } from './aws/batch-history.js';
import { createBatchStore } from './aws/batch-store.js';
import { checkBucket } from './aws/check-bucket.js';
import { createDraftStore } from './aws/draft-store.js';
import { createImageStore, longestLinkSeconds } from './aws/image-store.js';
import { judgeLinkLife } from './aws/link-life.js';
import { createPostAnalysis } from './aws/post-analysis.js';
import { createPreferencesStore } from './aws/preferences-store.js';
import { createS3Client } from './aws/s3-client.js';
import type { Config } from './config.js';
import { type BatchReference, previewSignedAt } from './core/batch.js';
import { createBringBack } from './core/bring-back.js';
import { createDecideClick } from './core/click.js';
import { ImageModelError } from './core/errors.js';
import { createListOwnBatches } from './core/history.js';
import type { ImageModelFacts } from './core/image-model.js';
import type { JobQueue } from './core/job-queue.js';
import { createKeepPick } from './core/keep-pick.js';
import type { Log } from './core/log.js';
import { createRunBatch, type RunBatchDependencies } from './core/run-batch.js';
import { createStartBatch } from './core/start-batch.js';
import { createImageModels, findModel, type ImageModels, models } from './image-models/index.js';
import { createInProcessQueue } from './queue/in-process.js';
import { limitModel } from './queue/limit-model.js';
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

/** Batches under way at once; each picture finds its own place in the model's quota. */
const batchConcurrency = 20;
/** A person waits in front of an open modal: after this the post's own words are the prompt. */
const postAnalysisMilliseconds = 10_000;

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
  const clients = createWebClients(config.slack, createBoltLogger(log));
  const [identity] = await Promise.all([identify(clients.retrying), checkBucket(storage)]);
  await warnOfShortLinks(storage, config, log, now);
  const imageModels = createModels(config);
  warnIfRetired(imageModels.default.facts, log);
  const queue = createInProcessQueue({ concurrency: batchConcurrency, log });
  const pipeline = createPipeline({ config, log, storage, clients, imageModels, queue, now });
  const services: ListenerServices = {
    ...pipeline,
    ...storage,
    clients,
    log,
    workspaceId: identity.installId,
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
  return { slack: createSlackApp({ ...config.slack, identity, services, log }), idle: queue.idle };
}

const systemClock = () => new Date();

type Storage = ReturnType<typeof createStorage>;

/** The bucket as the settings name it. */
export function createStorage({ s3: { bucket, region, publicEndpoint, forcePathStyle } }: Config) {
  const client = createS3Client({ region, forcePathStyle });
  const signingClient = publicEndpoint ? createS3Client({ region, forcePathStyle, endpoint: publicEndpoint }) : client;
  return {
    client,
    signingClient,
    bucket,
    batches: createBatchStore({ client, bucket }),
    history: createBatchHistory({ client, bucket }),
    drafts: createDraftStore({ client, bucket }),
    preferences: createPreferencesStore({ client, bucket }),
    images: createImageStore({ client, signingClient, bucket }),
  };
}

async function warnOfShortLinks(
  { signingClient }: Storage,
  { preview }: Config,
  log: Log,
  now: () => Date,
): Promise<void> {
  const { kind, text } = await judgeLinkLife(signingClient, preview.expiresSeconds, now());
  if (kind === 'note') log.warn('previews may not live as long as is set', { reason: text });
}

function warnIfRetired({ modelId, state }: ImageModelFacts, log: Log): void {
  if (state.kind === 'active') return;
  const { since, successor } = state;
  log.warn('the model is retired and works only for accounts that keep it', { modelId, since, successor });
}

export function createModels({ model: { facts, bedrockRegion }, openai }: Config): ImageModels {
  const bedrock = new BedrockRuntimeClient({ region: bedrockRegion, requestHandler: new NodeHttpHandler() });
  return createImageModels({ bedrock, openai, defaultModel: facts.modelId });
}

interface PipelineParts {
  config: Config;
  log: Log;
  storage: Storage;
  clients: WebClients;
  imageModels: ImageModels;
  queue: JobQueue;
  now: () => Date;
}

/** From a request to a picture that is kept: the one pipeline, whoever asks. */
function createPipeline(parts: PipelineParts) {
  const { config, log, clients, imageModels, queue, now } = parts;
  const { batches, history, images } = parts.storage;
  const showing = messageOptions(parts);
  const messages = createBatchMessages(showing);
  const runBatch = createRunBatch({
    batches,
    generateImage: createDrawing(config, imageModels),
    saveImage: images.save,
    followBatch: messages.follow,
    now,
    log,
  });
  const enqueue = (batch: BatchReference) => queue.add(`batch ${batch.id}`, () => runBatch(batch));
  const announceBatch = createAnnounceBatch({ clients, findFacts: findModel, log });
  const uploadPick = createUploadPick({ clients, loadImage: images.load, log });
  return {
    enqueue,
    showWaiting: messages.showWaiting,
    showClicked: messages.showClicked,
    startBatch: createStartBatch({
      batches,
      enterHistory: (batch) =>
        history.enter(batch).catch((error: unknown) => log.warn('not in the history', { batch: batch.id, error })),
      announceBatch,
      enqueue,
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

function messageOptions({ config, log, storage: { images }, clients, now }: PipelineParts): BatchMessagesOptions {
  const { layout, expiresSeconds } = config.preview;
  return {
    clients,
    findFacts: findModel,
    log,
    layout,
    signPreview: (batch, image) =>
      images.sign(batch, image, { expiresInSeconds: expiresSeconds, signedAt: previewSignedAt(batch, image) }),
    signPicked: (batch, image) => images.sign(batch, image, { expiresInSeconds: longestLinkSeconds, signedAt: now() }),
  };
}

/** Every model by its id, each within its own quota; the setting is the default model's. */
export function createDrawing(
  { model: { facts, requestsPerMinute, timeoutSeconds } }: Config,
  imageModels: ImageModels,
): RunBatchDependencies['generateImage'] {
  const limited = new Map<string, ReturnType<typeof limitModel>>();
  return async (modelId, request) => {
    const model = imageModels.find(modelId);
    if (!model) throw new ImageModelError('retired', `No model ${modelId} can be called.`);
    const quota = modelId === facts.modelId ? requestsPerMinute : undefined;
    const limits = { requestsPerMinute: quota ?? model.facts.requestsPerMinute, timeoutSeconds };
    const draw = limited.get(modelId) ?? limitModel(model, limits);
    limited.set(modelId, draw);
    return draw(request);
  };
}

function createAnalyzePost({ postAnalysis, s3: { region } }: Config): ListenerServices['analyzePost'] {
  if (postAnalysis === 'off') return undefined;
  const analysis = createPostAnalysis({ client: new ComprehendClient({ region }) });
  return (text) => analysis.analyze(text, { abortSignal: AbortSignal.timeout(postAnalysisMilliseconds) });
}
