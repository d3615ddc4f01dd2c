import type { Batch, Destination } from './batch.js';
import type { BatchStore } from './batch-store.js';
import { UserInputError } from './errors.js';
import type { Gate } from './gate.js';
import type { AspectRatio, ImageModelFacts } from './image-model.js';
import type { LimitRefusal } from './limits.js';
import type { Lines, PlaceInLine } from './line.js';
import type { Observe } from './observation.js';
import type { OpenBatchWork, OpenWork } from './open-work.js';
import { chooseSeeds } from './seeds.js';
import { limitSentence } from './sentences/limits.js';
import { applyStyle, type Style } from './styles.js';

/** What a person asked for, checked and in plain words. */
export interface ImageRequest {
  workspaceId: string;
  channelId: string;
  /** The thread to answer in; left out, the channel itself. */
  threadTs?: string | undefined;
  requesterId: string;
  prompt: string;
  negativePrompt?: string | undefined;
  /** Left out: what the first model draws by itself. */
  aspectRatio?: AspectRatio | undefined;
  style?: Style | undefined;
  /** The first picture's; left out, a random one. */
  seed?: number | undefined;
  /** The pictures are dealt out among these. */
  models: readonly [ImageModelFacts, ...ImageModelFacts[]];
  count: number;
  parent?: Batch['parent'];
  /** Slack's answer address of the request, for places where the bot may not post. */
  responseUrl?: string | undefined;
}

/** Resolves where these words may be drawn. @throws UserInputError that says why they may not */
export type CheckPrompt = (texts: readonly string[]) => Promise<void>;

export interface StartBatchDependencies {
  gate: Pick<Gate, 'admit' | 'settle'>;
  lines: Lines;
  batches: BatchStore;
  /** Makes the batch to be found again by its name and by who asked for it. Never fails. */
  enterHistory(batch: Batch): Promise<void>;
  /** Left out: every prompt may be drawn. */
  checkPrompt?: CheckPrompt | undefined;
  /** Shows that work has begun, or that it waits, and says where. */
  announceBatch(batch: Batch, responseUrl: string | undefined, place: PlaceInLine | undefined): Promise<Destination>;
  openWork: OpenBatchWork;
  enqueue(work: OpenWork): void;
  observe: Observe;
  newBatchId(): string;
  now(): Date;
  random(): number;
}

export type StartBatch = (request: ImageRequest) => Promise<void>;

/**
 * The limits and the check of the words first, for what is refused leaves no record. Then the marker of open work, the
 * record, the message and the drawing: whatever was accepted is found again after a crash, and finished. What fails before
 * people were shown anything is not accepted, and they are told.
 */
export function createStartBatch(dependencies: StartBatchDependencies): StartBatch {
  const { gate, checkPrompt, lines, observe, now } = dependencies;
  function refuse(refusal: LimitRefusal): never {
    observe({ kind: 'request refused', reason: refusal.kind });
    throw new UserInputError(limitSentence(refusal, now()));
  }

  return async (request) => {
    const batch = planBatch(request, dependencies);
    const refusal = await gate.admit(batch);
    if (refusal) refuse(refusal);
    try {
      await checkPrompt?.(textsOf(batch));
      const joined = lines.join(batch);
      if ('refusal' in joined) return refuse(joined.refusal);
      await accept(dependencies, batch, request.responseUrl, joined.place);
    } catch (error) {
      lines.leave(batch.id);
      await gate.settle(batch); // of these pictures none is drawn
      throw error;
    }
  };
}

/** All words that models will read: the prompts as they are sent, and what is to be left out, which can be misused as well. */
function textsOf({ sent, settings: { negativePrompt } }: Batch): string[] {
  const prompts = sent.map(({ prompt }) => prompt);
  return [...new Set(negativePrompt ? [...prompts, negativePrompt] : prompts)];
}

async function accept(
  { batches, enterHistory, announceBatch, openWork, enqueue }: StartBatchDependencies,
  batch: Batch,
  responseUrl: string | undefined,
  place: PlaceInLine | undefined,
): Promise<void> {
  const seeds = batch.images.map(({ seed }) => seed);
  const work = await openWork(batch, { kind: 'draw', seeds }, responseUrl);
  try {
    const stored = await batches.create(batch);
    const destination = await announceBatch(stored.batch, responseUrl, place);
    const change = batches.change(stored, (unannounced) => ({ ...unannounced, destination }));
    await Promise.all([change, enterHistory(batch)]); // after a crash before that, whoever takes up the work enters it
  } catch (error) {
    await work.close();
    throw error;
  }
  enqueue(work);
}

function planBatch(
  request: ImageRequest,
  { newBatchId, now, random }: Pick<StartBatchDependencies, 'newBatchId' | 'now' | 'random'>,
): Batch {
  const { workspaceId, channelId, requesterId, threadTs, prompt, models, parent } = request;
  return {
    version: 1,
    revision: 0,
    id: newBatchId(),
    workspaceId,
    channelId,
    requesterId,
    requestedAt: now().toISOString(),
    prompt,
    settings: planSettings(request),
    sent: models.map((facts) => ({ modelId: facts.modelId, ...applyStyle(prompt, request.style, facts) })),
    ...(parent && { parent }),
    ...(threadTs && { threadTs }),
    images: planImages(request, random),
  };
}

function planSettings({ negativePrompt, aspectRatio, style, seed, models }: ImageRequest): Batch['settings'] {
  return {
    aspectRatio: aspectRatio ?? models[0].defaultAspectRatio,
    ...(negativePrompt && { negativePrompt }),
    ...(style && { styleId: style.id }),
    ...(seed !== undefined && { seed }),
  };
}

/** Several models take turns, so that each draws as many as the others, or one fewer. */
function planImages({ models, count, seed }: ImageRequest, random: () => number): Batch['images'] {
  const seedRange = {
    min: Math.max(...models.map((facts) => facts.seedRange.min)),
    max: Math.min(...models.map((facts) => facts.seedRange.max)),
  };
  const range = seed === undefined ? seedRange : { min: seed, max: seed + count - 1 };
  return chooseSeeds(count, range, random).map((imageSeed, index) => ({
    number: index + 1,
    modelId: (models[index % models.length] ?? models[0]).modelId,
    seed: imageSeed,
    state: 'pending',
  }));
}
