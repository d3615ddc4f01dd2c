import { z } from 'zod';
import { type Batch, batchReferenceSchema, isStored, slackIdSchema } from './batch.js';

/** Whose images are counted, and on which day in UTC; without a person, the whole workspace's. */
export const usageReferenceSchema = z.object({
  workspaceId: slackIdSchema,
  day: z.iso.date(),
  userId: slackIdSchema.optional(),
});
export type UsageReference = z.infer<typeof usageReferenceSchema>;

/**
 * What was asked for on one day, batch by batch: whoever writes the same batch twice counts it once, so answers that
 * were lost and runs that are repeated do no harm.
 */
export const usageSchema = z.object({
  version: z.literal(1),
  batches: z.record(
    batchReferenceSchema.shape.id,
    z.object({
      /** Asked for; from the end of the batch on, those that were really drawn and kept. */
      pictures: z.int().nonnegative(),
      /** There while the batch waits or runs. */
      runningSince: z.iso.datetime().optional(),
      /** Of a person's: which request it came from, see `hashRequest`. */
      requestHash: z.string().optional(),
    }),
  ),
});

export type Usage = z.infer<typeof usageSchema>;

/** Counters that several processes change at once. */
export interface UsageStore {
  /** `noUsage` where nothing was counted. */
  load(reference: UsageReference): Promise<Usage>;
  /** As with `BatchStore.change`: a pure change, that may run more than once. */
  change(reference: UsageReference, change: (usage: Usage) => Usage): Promise<Usage>;
}

/** What a counter needs to know of a batch. */
export type CountedBatch = Pick<Batch, 'workspaceId' | 'id' | 'requesterId' | 'requestedAt' | 'images'>;

export const noUsage: Usage = { version: 1, batches: {} };

/** The day in UTC on which a batch was asked for: it counts there, whenever it ends. */
export function dayOf(isoTime: string): string {
  return isoTime.slice(0, 10);
}

/** @param exceptBatchId left out of the sum, as it is the one that asks */
export function countImages({ batches }: Usage, exceptBatchId?: string): number {
  return Object.entries(batches).reduce((sum, [id, { pictures }]) => (id === exceptBatchId ? sum : sum + pictures), 0);
}

/** Batches that wait or run; what began before `notBefore` was abandoned by a process that died. */
export function countRunning({ batches }: Usage, notBefore: Date, exceptBatchId?: string): number {
  return Object.entries(batches).filter(
    ([id, { runningSince }]) =>
      id !== exceptBatchId && runningSince !== undefined && Date.parse(runningSince) >= notBefore.getTime(),
  ).length;
}

/** True where another batch came from the same request: Slack may deliver one twice, and to two processes. */
export function isRepeated({ batches }: Usage, batchId: string, requestHash: string | undefined): boolean {
  if (requestHash === undefined) return false;
  return Object.entries(batches).some(([id, counted]) => id !== batchId && counted.requestHash === requestHash);
}

/** Every image of the batch counts, and the batch runs. */
export function claimBatch(usage: Usage, { id, images, requestedAt }: Batch, requestHash?: string): Usage {
  if (usage.batches[id]) return usage;
  const claimed = { pictures: images.length, runningSince: requestedAt, ...(requestHash && { requestHash }) };
  return { ...usage, batches: { ...usage.batches, [id]: claimed } };
}

/** The batch has ended: what was refused or failed is given back. An image drawn later, by "Try again", counts then. */
export function reconcileBatch(usage: Usage, { id, images }: CountedBatch): Usage {
  const pictures = images.filter(isStored).length;
  const { [id]: before, ...others } = usage.batches;
  if (before?.pictures === pictures && !before.runningSince) return usage;
  const { runningSince: _, ...ended } = { ...before, pictures };
  if (pictures > 0) return { ...usage, batches: { ...others, [id]: ended } };
  return before ? { ...usage, batches: others } : usage;
}
