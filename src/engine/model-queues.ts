import type { Batch, BatchImage } from '../core/batch/batch.js';
import type { ImageEvents, ModelQueues, QueuePosition } from '../core/batch/deps.js';
import { type DrawImageDeps, failImage, type ImageTask } from '../core/batch/draw-image.js';
import { ImageModelError } from '../core/errors.js';

/**
 * No user is asked to wait longer. With the drawing and a form before it, it stays well within the 30 minutes for
 * which Slack takes answers at a request's response_url. It bounds the memory too: an image that waits is a few kilobytes.
 */
export const maxQueueMinutes = 10;

/** An image that has not started. */
export interface WaitingImage {
  userId: string;
  /** Images start round by round, and within a round in the order in which they were added. */
  round: number;
  /** When it was asked for, in milliseconds. */
  since: number;
}

/** Where images wait for one model, within its quota. */
export interface Line {
  requestsPerMinute: number;
  waiting(): Promise<readonly WaitingImage[]>;
  /** Milliseconds until the image with so many ahead of it may start, by estimate; undefined if it starts at once. */
  wait(ahead: number): Promise<number | undefined>;
  /** Resolves once the image waits or has started. */
  add(task: ImageTask, round: number, events: ImageEvents): Promise<{ image: Promise<BatchImage | undefined> }>;
  /** Gives up the images of this batch that have not begun, or that wait to be tried again. */
  stop(batchId: string): void;
  /** How long an image usually takes once it began, in milliseconds; undefined before this process has drawn one. */
  drawingTime(): number | undefined;
}

/** A way for images to wait: in this process or in Redis. */
export interface Lines {
  /** Other processes draw from the same lines, and may draw what is added here. */
  isShared: boolean;
  /** undefined for a model that cannot be called. */
  open(modelId: string): Line | undefined;
  /** Starts no further image, and leaves what waits to other processes. If the lines are shared, waits for those under way. */
  drain(): Promise<void>;
  /** Once no image is waited for. */
  close(): Promise<void>;
}

/** A place in a line for an image that is not added yet. */
interface Place extends WaitingImage {
  batchId: string;
  modelId: string;
  /** Its image is being added. */
  isTaken: boolean;
  /** Its image is not to be drawn. */
  isStopped: boolean;
}

export interface Queues extends ModelQueues {
  /** Draws with these models from now on what other processes added. */
  open(modelIds: readonly string[]): void;
  /** How long these images take by estimate once they began, in milliseconds; undefined if a model was not timed yet. */
  drawingTime(batch: Pick<Batch, 'images'>): number | undefined;
  /** Images that wait, by model, and for how long the oldest of them has, in seconds. */
  waiting(): Promise<{ modelId: string; count: number; oldestSeconds: number }[]>;
}

/** One line for each model, fair to users: round robin. */
export function createModelQueues(lines: Lines, deps: Pick<DrawImageDeps, 'observe' | 'now' | 'log'>): Queues {
  const opened = new Map<string, Line>();
  const drawing = new Map<string, Promise<BatchImage | undefined>>();
  let kept: Place[] = []; // for batches that are announced and not drawn yet

  function lineOf(modelId: string): Line | undefined {
    const line = opened.get(modelId) ?? lines.open(modelId);
    if (line) opened.set(modelId, line);
    return line;
  }

  const withKept = (waiting: readonly WaitingImage[], modelId: string) => [
    ...waiting,
    ...kept.filter((place) => place.modelId === modelId),
  ];

  function keep(waiting: WaitingImage[], image: Pick<Place, 'userId' | 'batchId' | 'modelId'>): Place {
    const round = nextRound(waiting, image.userId);
    const place = { ...image, round, since: deps.now().getTime(), isTaken: false, isStopped: false };
    waiting.push(place);
    kept.push(place);
    return place;
  }

  function release(batchId: string): void {
    kept = kept.filter((place) => place.batchId !== batchId);
  }

  return {
    release,
    open: (modelIds) => modelIds.forEach(lineOf),

    async waiting() {
      return Promise.all(
        [...opened].map(async ([modelId, line]) => {
          const waiting = withKept(await line.waiting(), modelId);
          const now = deps.now().getTime();
          const oldest = Math.min(now, ...waiting.map(({ since }) => since));
          return { modelId, count: waiting.length, oldestSeconds: (now - oldest) / 1000 };
        }),
      );
    },

    async enqueue(batch) {
      const { id: batchId, requesterId: userId } = batch;
      const positions: (QueuePosition | undefined)[] = [];
      for (const [modelId, count] of countByModel(batch)) {
        const line = lineOf(modelId);
        if (!line) continue;
        const waiting = withKept(await line.waiting(), modelId);
        if (waiting.length + count > line.requestsPerMinute * maxQueueMinutes) {
          release(batchId);
          const milliseconds = (waiting.length / line.requestsPerMinute) * 60_000;
          return { refusal: { kind: 'line_full', waiting: waiting.length, milliseconds } };
        }
        const ahead = waiting.filter(({ round }) => round <= nextRound(waiting, userId)).length;
        const before = waiting.length;
        for (let image = 0; image < count; image += 1) keep(waiting, { batchId, modelId, userId });
        // while there is room, images start as they come, and rounds matter only to those that wait
        const startsAtOnce = (await line.wait(before)) === undefined;
        positions.push(startsAtOnce ? undefined : { ahead, milliseconds: (await line.wait(ahead)) ?? 0 });
      }
      return { position: soonest(positions) };
    },

    stop({ id: batchId, sent }) {
      for (const place of kept) if (place.batchId === batchId) place.isStopped = true;
      for (const { modelId } of sent) lineOf(modelId)?.stop(batchId);
    },

    drawingTime({ images }) {
      const times = images.map(({ modelId }) => opened.get(modelId)?.drawingTime());
      return times.includes(undefined) ? undefined : Math.max(...times.map((time = 0) => time));
    },

    draw(task, events) {
      const id = taskId(task);
      const image = drawing.get(id) ?? draw(task, events).finally(() => drawing.delete(id));
      drawing.set(id, image);
      return image;
    },
  };

  async function draw(task: ImageTask, events: ImageEvents): Promise<BatchImage | undefined> {
    const { modelId, userId, batch } = task;
    const line = lineOf(modelId);
    if (!line) return failImage(deps, task, new ImageModelError('retired', `No model ${modelId} can be called.`));
    const isOurs = (place: Place) => !place.isTaken && place.batchId === batch.id && place.modelId === modelId;
    const waiting = kept.some(isOurs) ? [] : await line.waiting().catch(() => []); // then it is added once Redis is back
    const place = kept.find(isOurs) ?? keep(withKept(waiting, modelId), { userId, batchId: batch.id, modelId });
    place.isTaken = true;
    const { image } = await line.add(place.isStopped ? { ...task, isStopped: true } : task, place.round, events);
    kept = kept.filter((other) => other !== place);
    return image;
  }
}

/** The same in every attempt. It tells whose image it is, and when the job was opened. */
export const taskId = ({ userId, jobId, number }: ImageTask): string => `${userId}-${jobId}-${number}`;

/** The round of a user's next image: one after the user's last, but never one that has passed. */
function nextRound(waiting: readonly WaitingImage[], userId: string): number {
  const current = waiting.length > 0 ? Math.min(...waiting.map(({ round }) => round)) : 1;
  const own = waiting.filter((image) => image.userId === userId).map(({ round }) => round + 1);
  return Math.max(current, ...own);
}

function countByModel({ images }: Batch): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { modelId } of images) counts.set(modelId, (counts.get(modelId) ?? 0) + 1);
  return counts;
}

/** A batch of several models is under way as soon as one of them draws. */
function soonest(positions: readonly (QueuePosition | undefined)[]): QueuePosition | undefined {
  const waits = positions.flatMap((position) => position ?? []);
  if (waits.length < positions.length) return undefined;
  return waits.sort((one, other) => one.milliseconds - other.milliseconds)[0];
}
