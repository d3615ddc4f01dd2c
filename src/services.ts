import { randomBytes } from 'node:crypto';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { ulid } from 'ulid';
import { createBatchStore } from './aws/batch-store.js';
import { checkBucket } from './aws/check-bucket.js';
import { createImageStore, longestLinkSeconds } from './aws/image-store.js';
import { createS3Client } from './aws/s3-client.js';
import type { Config } from './config.js';
import { ImageModelError } from './core/errors.js';
import { createKeepPick } from './core/keep-pick.js';
import type { Log } from './core/log.js';
import { createPickImage } from './core/pick-image.js';
import { createRunBatch, type RunBatchDependencies } from './core/run-batch.js';
import { createStartBatch } from './core/start-batch.js';
import { createBedrockModel } from './image-models/invoke-model.js';
import { findModel, models } from './image-models/models.js';
import { stability } from './image-models/stability.js';
import { createInProcessQueue } from './queue/in-process.js';
import { limitModel } from './queue/limit-model.js';
import { createAnnounceBatch } from './slack/announce-batch.js';
import { createSlackApp, type SlackApp } from './slack/app.js';
import { createBatchMessages } from './slack/batch-messages.js';
import { createBoltLogger } from './slack/bolt-logger.js';
import { identify } from './slack/identify.js';
import { createListen } from './slack/listen.js';
import { createImagineCommand } from './slack/listeners/imagine-command.js';
import { createPickImageListener } from './slack/listeners/pick-image.js';
import { createUploadPick } from './slack/upload-pick.js';
import { createWebClients } from './slack/web-clients.js';

/** Batches under way at once; each picture finds its own place in the model's quota. */
const batchConcurrency = 20;

export interface Services {
  slack: SlackApp;
  /** Resolves once no batch runs. */
  idle(): Promise<void>;
}

/**
 * Every adapter by its name, tied together. Asks Slack whose token this is, and the bucket whether it will do.
 * @throws ConfigurationError for what the operator has to mend
 */
export async function createServices(config: Config, log: Log): Promise<Services> {
  const storage = createStorage(config);
  const clients = createWebClients(config.slack, createBoltLogger(log));
  const [identity] = await Promise.all([identify(clients.retrying), checkBucket(storage)]);
  const queue = createInProcessQueue({ concurrency: batchConcurrency, log });
  const { batches, images } = storage;
  const messages = createBatchMessages({
    clients,
    findFacts: findModel,
    log,
    layout: config.preview.layout,
    signPreview: (batch, image) =>
      images.sign(batch, image, {
        expiresInSeconds: config.preview.expiresSeconds,
        signedAt: new Date(image.storedAt),
      }),
    signPicked: (batch, image) =>
      images.sign(batch, image, { expiresInSeconds: longestLinkSeconds, signedAt: new Date() }),
  });
  const runBatch = createRunBatch({
    batches,
    generateImage: createDrawing(config),
    saveImage: images.save,
    followBatch: messages.follow,
    now,
    log,
  });
  const startBatch = createStartBatch({
    batches,
    announceBatch: createAnnounceBatch({ clients, findFacts: findModel, log }),
    enqueue: (batch) => queue.add(`batch ${batch.id}`, () => runBatch(batch)),
    newBatchId: ulid,
    now,
    random: Math.random,
  });
  const keepPick = createKeepPick({
    batches,
    showPicked: messages.showPicked,
    uploadPick: createUploadPick({ clients, loadImage: images.load, log }),
    log,
  });
  const listen = createListen({ log, newReference: () => randomBytes(3).toString('hex') });
  const inWorkspace = { listen, workspaceId: identity.installId };
  const slack = createSlackApp({
    ...config.slack,
    identity,
    log,
    listeners: {
      command: config.slack.command,
      imagineCommand: createImagineCommand({ ...inWorkspace, startBatch, model: config.model.facts }),
      pickImage: createPickImageListener({
        ...inWorkspace,
        keepPick,
        pickImage: createPickImage({ batches, whoMayPick: config.whoMayPick, now }),
      }),
    },
  });
  return { slack, idle: queue.idle };
}

const now = () => new Date();

function createStorage({ s3: { bucket, region, publicEndpoint, forcePathStyle } }: Config) {
  const client = createS3Client({ region, forcePathStyle });
  const signingClient = publicEndpoint ? createS3Client({ region, forcePathStyle, endpoint: publicEndpoint }) : client;
  return {
    client,
    bucket,
    batches: createBatchStore({ client, bucket }),
    images: createImageStore({ client, signingClient, bucket }),
  };
}

/** Every model by its id, each within its own quota. */
function createDrawing({ model: { bedrockRegion, requestsPerMinute, timeoutSeconds } }: Config) {
  const client = new BedrockRuntimeClient({ region: bedrockRegion, requestHandler: new NodeHttpHandler() });
  const limited = new Map(
    models.map((facts) => {
      const model = createBedrockModel({ client, facts, family: stability });
      const limits = { requestsPerMinute: requestsPerMinute ?? facts.requestsPerMinute, timeoutSeconds };
      return [facts.modelId, limitModel(model, limits)] as const;
    }),
  );
  const drawing: RunBatchDependencies['generateImage'] = async (modelId, request) => {
    const draw = limited.get(modelId);
    if (!draw) throw new ImageModelError('retired', `No model ${modelId} is known.`);
    return draw(request);
  };
  return drawing;
}
