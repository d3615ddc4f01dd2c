import { z } from 'zod';

/** Slack's IDs (workspace T… or E…, channel C…/G…/D…, user U…/W…): nothing else may become part of a key. */
export const slackIdSchema = z.string().regex(/^[A-Z][A-Z0-9]{1,30}$/);

/** A file of Slack's. */
export const slackFileIdSchema = z.string().regex(/^F[A-Z0-9]{1,30}$/);

/** A ULID: sortable by the time it was made. */
export const ulidSchema = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);

/** A message's ID in its channel: seconds and microseconds. */
export const slackTimestampSchema = z.string().regex(/^\d+\.\d+$/);

export const isoTimeSchema = z.iso.datetime();

/** Finds a batch: enough to build its key, and nothing that a button could use to see another one. */
export const batchReferenceSchema = z.object({ workspaceId: slackIdSchema, channelId: slackIdSchema, id: ulidSchema });
export type BatchReference = z.infer<typeof batchReferenceSchema>;

export const personSchema = z.object({ workspaceId: slackIdSchema, userId: slackIdSchema });
export type Person = z.infer<typeof personSchema>;

/** The end of a batch ID: short enough to say aloud, long enough to find a batch in a workspace. */
export function shortBatchId(batch: { id: string }): string {
  return batch.id.slice(-6).toLowerCase();
}
