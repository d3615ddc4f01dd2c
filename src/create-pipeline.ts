import { setTimeout as wait } from 'node:timers/promises';
import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { ulid } from 'ulid';
import { createGuardrail } from './aws/guardrail.js';
import { maxLinkSeconds } from './aws/image-store.js';
import type { Config } from './config.js';
import { type Batch, previewSignedAt } from './core/batch/batch.js';
import { reloadBatch } from './core/batch/batch-store.js';
import { createDecideClick } from './core/batch/click.js';
import { createCountDrawAgain } from './core/batch/draw-again.js';
import { createListOwnBatches } from './core/batch/history.js';
import type { OpenWork } from './core/batch/job.js';
import { createKeepPick } from './core/batch/keep-pick.js';
import type { Quota } from './core/batch/quota.js';
import { createTakeUp } from './core/batch/resume.js';
import { createRunBatch } from './core/batch/run-batch.js';
import { createShowBatch } from './core/batch/show-batch.js';
import { type CheckPrompt, createStartBatch } from './core/batch/start-batch.js';
import type { JobQueue } from './core/job-queue.js';
import type { Log } from './core/log.js';
import type { Observe } from './core/observation.js';
import type { Storage } from './create-storage.js';
import type { Leases } from './engine/leases.js';
import { limitModel } from './engine/model-queue.js';
import { createLines, type DrawingLines } from './engine/model-queues.js';
import type { ImageModels } from './models/index.js';
import type { Metrics } from './observability/metrics.js';
import type { WebClients } from './slack/api/web-clients.js';
import { createAnnounceBatch } from './slack/message/announce-batch.js';
import { createBatchMessages } from './slack/message/batch-messages.js';
import type { BatchPacersOptions } from './slack/message/batch-pacers.js';
import { createRepost } from './slack/message/repost.js';
import { createUploadPick } from './slack/message/upload-pick.js';

/** Nothing is seen of a request before its words are checked. */
const guardrailMilliseconds = 10_000;

interface PipelineParts {
  config: Config;
  log: Log;
  storage: Storage;
  clients: WebClients;
  imageModels: ImageModels;
  queue: JobQueue;
  quota: Quota;
  metrics: Metrics;
  leases: Leases;
  now: () => Date;
}

/** From a request to an image that is kept: the one pipeline, whoever asks. */
export function createPipeline(parts: PipelineParts) {
  const { config, log, clients, imageModels, queue, quota, metrics, leases, now } = parts;
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
    findSaved: images.find,
    trackBatch: messages.follow,
    reconcileUsage: quota.reconcile,
    observe,
    now,
    log,
  });
  const enqueue = (work: OpenWork) =>
    queue.add(`batch ${work.batch.id}`, () =>
      work.carryOut(() => runBatch(work.batch, work)).finally(() => lines.leave(work.batch.id)),
    );
  const enterHistory = (batch: Batch) =>
    history.enter(batch).catch((error: unknown) => log.warn('not in the history', { batch: batch.id, error }));
  const announceBatch = createAnnounceBatch({ clients, log });
  const uploadPick = createUploadPick({ clients, loadImage: images.load, log });
  const openWork = leases.open;
  const checkPrompt = createCheckPrompt(config, log);
  const keepPick = createKeepPick({ batches, showPicked: messages.showPicked, uploadPick, newId: ulid, now, log });
  return {
    enqueue,
    showWaiting: messages.showWaiting,
    showClicked: messages.showClicked,
    startBatch: createStartBatch({
      quota,
      checkPrompt,
      lines,
      batches,
      enterHistory,
      announceBatch,
      openWork,
      enqueue,
      observe,
      log,
      newBatchId: ulid,
      now,
      random: Math.random,
    }),
    listOwnBatches: createListOwnBatches({ batches, history, log }),
    showBatch: createShowBatch({ batches, history, repost: createRepost(showing), now, log }),
    countDrawAgain: createCountDrawAgain({ quota, checkPrompt, observe }),
    decideClick: createDecideClick({ batches, openWork, log }),
    keepPick,
    takeUp: createTakeUp({
      batches,
      enterHistory,
      reconcileUsage: quota.reconcile,
      runBatch,
      keepPick,
      notifyRequester: messages.notifyRequester,
      log,
    }),
  };
}

function messageOptions({
  config,
  log,
  storage: { batches, images },
  clients,
  metrics,
  now,
}: PipelineParts): BatchPacersOptions {
  const { layout, expiresSeconds } = config.preview;
  return {
    clients,
    command: config.slack.command,
    reload: (batch) => reloadBatch({ batches, log }, batch),

    log,
    layout,
    observe: metrics.observe,
    now: Date.now,
    pause: (milliseconds) => wait(milliseconds),
    signPreview: (batch, image) =>
      images.sign(batch, image, { expiresInSeconds: expiresSeconds, signedAt: previewSignedAt(batch, image) }),
    signPicked: (batch, image) => images.sign(batch, image, { expiresInSeconds: maxLinkSeconds, signedAt: now() }),
  };
}

/** A client of its own: the models' reads answers in a way that only images need. */
function createCheckPrompt({ guardrail, model: { bedrockRegion } }: Config, log: Log): CheckPrompt | undefined {
  if (!guardrail) return undefined;
  const client = new BedrockRuntimeClient({ region: bedrockRegion, requestHandler: new NodeHttpHandler() });
  return createGuardrail({ client, ...guardrail, timeoutMilliseconds: guardrailMilliseconds, log });
}

/** Every model by its id, each within its own quota; the setting is the default model's. */
export function createDrawing(
  { model: { modelInfo, requestsPerMinute, timeoutSeconds } }: Config,
  imageModels: ImageModels,
  observe: Observe = () => undefined,
): DrawingLines {
  return createLines((modelId) => {
    const model = imageModels.find(modelId);
    const quota = modelId === modelInfo.modelId ? requestsPerMinute : undefined;
    const limits = {
      requestsPerMinute: quota ?? model?.modelInfo.requestsPerMinute ?? 1,
      timeoutSeconds,
      now: Date.now,
      observe,
    };
    return model && limitModel(model, limits);
  });
}
