import type { Batch } from '../core/batch/batch.js';
import type { ModelQueues, QueuePosition } from '../core/batch/deps.js';
import { ImageModelError } from '../core/errors.js';
import type { LimitedModel } from './model-queue.js';

/**
 * No user is asked to wait longer. With the drawing and a form before it, it stays well within the 30 minutes for
 * which Slack takes answers at a request's response_url. It bounds the memory too: an image that waits is a few kilobytes.
 */
export const maxQueueMinutes = 10;

interface Queue {
  model: LimitedModel;
  /** Places kept for batches that are announced and not drawn yet, by the batch's id. */
  kept: Map<string, number>;
}

export interface Queues extends ModelQueues {
  /** Images that wait, positions that are kept among them, by model. */
  waiting(): ReadonlyMap<string, number>;
}

/** @param open the model within its limits; undefined for one that cannot be called. */
export function createModelQueues(open: (modelId: string) => LimitedModel | undefined): Queues {
  const queues = new Map<string, Queue>();

  function queueOf(modelId: string): Queue | undefined {
    const model = queues.has(modelId) ? undefined : open(modelId);
    if (model) queues.set(modelId, { model, kept: new Map() });
    return queues.get(modelId);
  }

  function release(batchId: string): void {
    for (const { kept } of queues.values()) kept.delete(batchId);
  }

  return {
    release,
    waiting: () => new Map([...queues].map(([modelId, queue]) => [modelId, waitingIn(queue)])),

    enqueue(batch) {
      const positions: (QueuePosition | undefined)[] = [];
      for (const [modelId, count] of countByModel(batch)) {
        const queue = queueOf(modelId);
        const waiting = waitingIn(queue);
        if (queue && waiting + count > queue.model.requestsPerMinute * maxQueueMinutes) {
          release(batch.id);
          const milliseconds = (waiting / queue.model.requestsPerMinute) * 60_000;
          return { refusal: { kind: 'line_full', waiting, milliseconds } };
        }
        positions.push(queue?.model.position(waiting));
        queue?.kept.set(batch.id, count);
      }
      return { position: soonest(positions) };
    },

    async generate(modelId, request, image) {
      const queue = queueOf(modelId);
      if (!queue) throw new ImageModelError('retired', `No model ${modelId} can be called.`);
      const kept = image && queue.kept.get(image.batchId);
      if (kept) queue.kept.set(image.batchId, kept - 1);
      return queue.model.draw(request, image);
    },
  };
}

function waitingIn(queue: Queue | undefined): number {
  if (!queue) return 0;
  return [...queue.kept.values()].reduce((sum, count) => sum + count, queue.model.waiting());
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
