import { z } from 'zod';
import { batchReferenceSchema, isoTimeSchema, slackIdSchema } from '../ids.js';
import { type Batch, isStored } from './batch.js';
import type { Task } from './job.js';

/** Whose images are counted, and on which day in UTC; without a user, the whole workspace's. */
export const usageReferenceSchema = z.object({
  workspaceId: slackIdSchema,
  day: z.iso.date(),
  userId: slackIdSchema.optional(),
});
export type UsageReference = z.infer<typeof usageReferenceSchema>;

/** What was asked for on one day, by batch: counting the same batch twice counts it once. */
export const usageSchema = z.object({
  version: z.literal(1),
  batches: z.record(
    batchReferenceSchema.shape.id,
    z.object({
      /** Images asked for; once the batch has ended, images stored. */
      pictures: z.int().nonnegative(),
      /** There while the batch waits or runs. */
      runningSince: isoTimeSchema.optional(),
    }),
  ),
});
export type Usage = z.infer<typeof usageSchema>;

/** What a counter needs to know of a batch. */
export type CountedBatch = Pick<Batch, 'workspaceId' | 'id' | 'requesterId' | 'requestedAt' | 'images'>;

export const noUsage: Usage = { version: 1, batches: {} };

/** The day in UTC on which a batch was asked for: it counts there, whenever it ends. */
export function dayOf(isoTime: string): string {
  return isoTime.slice(0, 10);
}

/** @param exceptBatchId left out of the sum, as it is the batch that asks */
export function countImages({ batches }: Usage, exceptBatchId?: string): number {
  return Object.entries(batches).reduce((sum, [id, { pictures }]) => (id === exceptBatchId ? sum : sum + pictures), 0);
}

/** Batches that wait or run. What began before `notBefore` was abandoned by a process that died. */
export function countRunning({ batches }: Usage, notBefore: Date, exceptBatchId?: string): number {
  return Object.entries(batches).filter(
    ([id, { runningSince }]) =>
      id !== exceptBatchId && runningSince !== undefined && Date.parse(runningSince) >= notBefore.getTime(),
  ).length;
}

/** Every image of the batch counts, and the batch runs. */
export function claimBatch(usage: Usage, { id, images, requestedAt }: Batch): Usage {
  if (usage.batches[id]) return usage;
  const claimed = { pictures: images.length, runningSince: requestedAt };
  return { ...usage, batches: { ...usage.batches, [id]: claimed } };
}

/** The batch has ended: images that were refused or failed are given back. One that is retried later counts then. */
export function reconcileBatch(usage: Usage, { id, images }: CountedBatch): Usage {
  const pictures = images.filter(isStored).length;
  const { [id]: before, ...others } = usage.batches;
  if (before?.pictures === pictures && !before.runningSince) return usage;
  if (pictures > 0) return { ...usage, batches: { ...others, [id]: { pictures } } };
  return before ? { ...usage, batches: others } : usage;
}

/** What a job on a batch counts as: the whole batch, or the one image that is drawn again. */
export function countedFor(batch: Batch, task: Task): Batch {
  return retriedImage(batch, task) ?? batch;
}

/** As a batch of that image alone, of the user who clicked and of that day. */
export function retriedImage(batch: Batch, task: Task): Batch | undefined {
  if (task.kind !== 'draw' || !task.again) return undefined;
  const { number, ...counted } = task.again;
  return { ...batch, ...counted, images: batch.images.filter((image) => image.number === number) };
}
