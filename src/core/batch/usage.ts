import { z } from 'zod';
import { batchReferenceSchema, isoTimeSchema, slackIdSchema } from '../ids.js';

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
      /** In US dollars; left out if a model's price is unknown. */
      cost: z.number().nonnegative().optional(),
      /** There while the batch waits or runs. */
      runningSince: isoTimeSchema.optional(),
    }),
  ),
});
export type Usage = z.infer<typeof usageSchema>;

export const noUsage: Usage = { version: 1, batches: {} };
