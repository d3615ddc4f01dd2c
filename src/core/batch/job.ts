import { z } from 'zod';
import { type BatchReference, batchReferenceSchema, isoTimeSchema, slackIdSchema, ulidSchema } from './batch.js';

export const workReferenceSchema = z.object({ workspaceId: slackIdSchema, id: ulidSchema });
export type WorkReference = z.infer<typeof workReferenceSchema>;

/** One image of a batch that is drawn again: it counts under an ID of its own. */
const drawAgainSchema = z.object({
  id: ulidSchema,
  number: z.int().positive(),
  requesterId: slackIdSchema,
  requestedAt: isoTimeSchema,
});
export type DrawAgain = z.infer<typeof drawAgainSchema>;

/**
 * What is to be done. Images are named by their seeds, as one that is tried again gets another: so two pieces of work
 * on one batch never draw the same image.
 */
const taskSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('draw'),
    seeds: z.array(z.int().nonnegative()),
    again: drawAgainSchema.optional(),
    /** Of a new batch: what its images are counted by, so that they can be given back if the record was never written. */
    counted: z.object({ requesterId: slackIdSchema, requestedAt: isoTimeSchema }).optional(),
  }),
  z.object({
    kind: z.literal('pick'),
    /** The message that was clicked; `responseUrl` changes it. Left out: only the batch's own is to be changed. */
    clicked: z.object({ channelId: slackIdSchema, messageTs: z.string().optional() }).optional(),
  }),
]);
export type Task = z.infer<typeof taskSchema>;

/**
 * Says that somebody is at work on a batch: written before its images are counted and its record is, removed when people have seen the outcome. So
 * no unfinished record is without a marker, and a marker whose record is missing or finished costs one look.
 * It has an id of its own, as a batch can be drawn and picked from at once, and each piece of work removes only its own.
 */
export const workMarkerSchema = z.object({
  version: z.literal(1),
  ...workReferenceSchema.shape,
  batch: batchReferenceSchema,
  task: taskSchema,
  /** Slack's answer address of the request or click: a secret, here only as long as the marker is. */
  responseUrl: z.url().optional(),
  /** How often the work was tried in vain. */
  failures: z.int().nonnegative(),
  /** Whoever holds it works; nobody else may until it ends. */
  lease: z.object({ owner: z.string().min(1), expiresAt: isoTimeSchema }),
  /** Only where the marker could not be removed. */
  closedAt: isoTimeSchema.optional(),
});

export type WorkMarker = z.infer<typeof workMarkerSchema>;

export interface StoredMarker {
  marker: WorkMarker;
  etag: string;
}

export interface MarkerStore {
  create(marker: WorkMarker): Promise<StoredMarker>;
  /** undefined if there is none. @throws if there is one that cannot be read; its key is in the message */
  load(reference: WorkReference): Promise<StoredMarker | undefined>;
  /** undefined where another writer was first, or the marker is gone. */
  replace(stored: StoredMarker, marker: WorkMarker): Promise<StoredMarker | undefined>;
  remove(reference: WorkReference): Promise<void>;
  list(workspaceId: string): Promise<WorkReference[]>;
}

/** Work on a batch that this process holds, and that another takes up should this one die. */
export interface OpenWork {
  readonly batch: BatchReference;
  readonly task: Task;
  readonly responseUrl: string | undefined;
  readonly failures: number;
  /** Somebody may have begun it before. */
  readonly isTakenUp: boolean;
  /** False once another process has taken it, which it may where this one was silent for longer than the lease. */
  isHeld(): Promise<boolean>;
  /** Does it: closes it where that succeeds, leaves it for a later try and throws where it fails. */
  carryOut(job: () => Promise<void>): Promise<void>;
  /** Nothing is left to do. */
  close(): Promise<void>;
  /** It is taken up again in a while, here or elsewhere. */
  leave(): Promise<void>;
}

export type OpenBatchWork = (batch: BatchReference, task: Task, responseUrl: string | undefined) => Promise<OpenWork>;
