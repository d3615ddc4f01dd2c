import { type Batch, isStored } from '../core/batch/batch.js';
import { batchName, images } from './batch.js';

/** What a user reads about earlier batches. Plain text. */

export const historyTitle = 'Your latest images, from every conversation. Only you see this.';

export const show = 'Show';

export function showLabel(batch: { id: string }): string {
  return `Show ${batchName(batch)}`;
}

export function nothingAskedFor(command: string): string {
  return `You have not drawn any images yet. Try ${command} a red fox in the snow.`;
}

/** What became of a batch, and its name: `4 images, number 2 chosen · batch 7f3a2c`. */
export function outcomeLine(batch: Batch): string {
  return `${outcome(batch)} · ${batchName(batch)}`;
}

function outcome(batch: Batch): string {
  const ready = batch.images.filter(isStored).length;
  const drawn = `${ready} of ${batch.images.length} drawn`;
  if (batch.pick) return `${images(ready)}, number ${batch.pick.number} chosen`;
  if (batch.discardedAt) return `${drawn}, discarded`;
  if (!batch.finishedAt) return `${drawn}, not finished`;
  return ready === 0 ? 'nothing could be drawn' : `${drawn}, none chosen`;
}

export function notFound(name: string, command: string): string {
  return `I cannot find batch ${name.toLowerCase()} among yours or in this conversation. ${command} history lists yours. If that was a prompt, start with another word: ${command} a show ${name}.`;
}
