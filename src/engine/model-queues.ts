import type { Batch } from '../core/batch/batch.js';
import type { DrawImage, Lines, QueuePosition } from '../core/batch/queue-position.js';
import { ImageModelError } from '../core/errors.js';
import type { LimitedModel } from './model-queue.js';

/**
 * Longer than this nobody is asked to wait. With the drawing and a form before it, it stays well within the 30 minutes for
 * which Slack takes answers at a request's response_url. It bounds the memory too: an image that waits is a few kilobytes.
 */
export const maxLineMinutes = 10;

interface Line {
  model: LimitedModel;
  /** Places kept for batches that are announced and not drawn yet, by the batch's id. */
  kept: Map<string, number>;
}

export interface DrawingLines extends Lines {
  draw: DrawImage;
  /** Images that wait, places that are kept among them, by model. */
  waiting(): ReadonlyMap<string, number>;
}

/** @param open the model within its limits; undefined for one that cannot be called. Asked once for each. */
export function createLines(open: (modelId: string) => LimitedModel | undefined): DrawingLines {
  const lines = new Map<string, Line>();

  function lineOf(modelId: string): Line | undefined {
    const known = lines.get(modelId);
    if (known) return known;
    const model = open(modelId);
    const line = model && { model, kept: new Map() };
    if (line) lines.set(modelId, line);
    return line;
  }

  function leave(batchId: string): void {
    for (const { kept } of lines.values()) kept.delete(batchId);
  }

  return {
    leave,
    waiting: () => new Map([...lines].map(([modelId, line]) => [modelId, waitingIn(line)])),

    join(batch) {
      const places: (QueuePosition | undefined)[] = [];
      for (const [modelId, count] of countByModel(batch)) {
        const line = lineOf(modelId);
        const waiting = waitingIn(line);
        if (line && waiting + count > line.model.requestsPerMinute * maxLineMinutes) {
          leave(batch.id);
          const milliseconds = (waiting / line.model.requestsPerMinute) * 60_000;
          return { refusal: { kind: 'line_full', waiting, milliseconds } };
        }
        places.push(line?.model.place(waiting));
        line?.kept.set(batch.id, count);
      }
      return { place: soonest(places) };
    },

    async draw(modelId, request, ticket) {
      const line = lineOf(modelId);
      if (!line) throw new ImageModelError('retired', `No model ${modelId} can be called.`);
      if (ticket) usePlace(line, ticket.batchId);
      return line.model.draw(request, ticket);
    },
  };
}

function waitingIn(line: Line | undefined): number {
  if (!line) return 0;
  return [...line.kept.values()].reduce((sum, count) => sum + count, line.model.waiting());
}

function usePlace({ kept }: Line, batchId: string): void {
  const left = (kept.get(batchId) ?? 0) - 1;
  if (left > 0) kept.set(batchId, left);
  else kept.delete(batchId);
}

function countByModel({ images }: Batch): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { modelId } of images) counts.set(modelId, (counts.get(modelId) ?? 0) + 1);
  return counts;
}

/** A batch of several models is under way as soon as one of them draws. */
function soonest(places: readonly (QueuePosition | undefined)[]): QueuePosition | undefined {
  const [first, ...others] = places;
  if (!first || others.includes(undefined)) return undefined;
  return others.reduce<QueuePosition>(
    (best, place) => (place && place.milliseconds < best.milliseconds ? place : best),
    first,
  );
}
