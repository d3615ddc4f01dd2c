import { type Batch, isStored } from '../core/batch/batch.js';
import { batchName, pictures } from './batch.js';

/** What a person reads when they look for earlier pictures. Plain text. */

export const historyTitle = 'Your last pictures, wherever you asked for them. Only you see this.';

export const show = 'Show';

export function showLabel(batch: { id: string }): string {
  return `Show ${batchName(batch)}`;
}

export function nothingAskedFor(command: string): string {
  return `You have not asked for pictures yet. Try ${command} a red fox in the snow.`;
}

/** What became of a batch, and its name: `4 pictures, number 2 chosen · batch 7f3a2c`. */
export function outcomeLine(batch: Batch): string {
  return `${outcome(batch)} · ${batchName(batch)}`;
}

function outcome(batch: Batch): string {
  const ready = batch.images.filter(isStored).length;
  const drawn = `${ready} of ${batch.images.length} drawn`;
  if (batch.pick) return `${pictures(ready)}, number ${batch.pick.number} chosen`;
  if (batch.discardedAt) return `${drawn}, discarded`;
  if (!batch.finishedAt) return `${drawn}, not finished`;
  return ready === 0 ? 'nothing could be drawn' : `${drawn}, none chosen`;
}

export function notFound(name: string, command: string): string {
  return `I cannot find a batch ${name.toLowerCase()} of yours, or one that was made here. ${command} history lists yours. If you meant a picture, begin with another word: ${command} a show ${name}.`;
}
