import { z } from 'zod';
import { type BatchReference, batchReferenceSchema, isoTimeSchema, slackIdSchema, ulidSchema } from '../ids.js';

export const jobReferenceSchema = z.object({ workspaceId: slackIdSchema, id: ulidSchema });
export type JobReference = z.infer<typeof jobReferenceSchema>;

/** Images of a batch that are drawn again: they count under an ID of their own. */
const retrySchema = z.object({
  id: ulidSchema,
  /** The first of them. */
  number: z.int().positive(),
  /** All of them; left out if there is one. */
  numbers: z.array(z.int().positive()).optional(),
  /** The click was in a private copy, which `responseUrl` replaces; the batch has a message of its own. */
  isCopy: z.boolean().optional(),
  requesterId: slackIdSchema,
  requestedAt: isoTimeSchema,
});
export type Retry = z.infer<typeof retrySchema>;

/** Images are named by their seeds, as a retried image gets a new one: two jobs of one batch never draw the same image. */
const taskSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('draw'),
    seeds: z.array(z.int().nonnegative()),
    again: retrySchema.optional(),
    /** Of a new batch: whose images were counted and when, to give them back if the record was never written. */
    counted: z.object({ requesterId: slackIdSchema, requestedAt: isoTimeSchema }).optional(),
  }),
  z.object({
    kind: z.literal('pick'),
    /** The clicked message, which `responseUrl` can replace. Left out: only the batch's own message is updated. */
    clicked: z.object({ channelId: slackIdSchema, messageTs: z.string().optional() }).optional(),
  }),
]);
export type Task = z.infer<typeof taskSchema>;

/**
 * `open/<id>.json`: a process is at work on a batch. Written before its images are counted and its record is, removed once
 * users have seen the outcome. So no unfinished batch is without one. A batch can be drawn and picked from at the same
 * time, so a job has an ID of its own.
 */
export const jobRecordSchema = z.object({
  version: z.literal(1),
  ...jobReferenceSchema.shape,
  batch: batchReferenceSchema,
  task: taskSchema,
  /** Slack's response_url of the request or click: a secret, here only as long as the job is. */
  responseUrl: z.url().optional(),
  /** Failed attempts. */
  failures: z.int().nonnegative(),
  /** The process that works on the job; no other process may until it is dead. */
  owner: ulidSchema.optional(),
  /** After a failed attempt: the next one begins no earlier. */
  retryAt: isoTimeSchema.optional(),
  /** How often a process died at work on it. */
  takeovers: z.int().nonnegative().optional(),
  /** Of a release that held jobs by leases, in place of `owner`. */
  lease: z.object({ expiresAt: isoTimeSchema }).optional(),
  /** Only if the record could not be removed. */
  closedAt: isoTimeSchema.optional(),
});
export type JobRecord = z.infer<typeof jobRecordSchema>;

/** A process that works on jobs, from its start to its end: after a restart it is another one. */
export const processReferenceSchema = z.object({
  workspaceId: slackIdSchema,
  id: ulidSchema,
  /** The machine or container, hashed: a process ID means something only there. */
  host: z.string().regex(/^[0-9a-f]{16}$/),
  pid: z.int().positive(),
});
export type ProcessReference = z.infer<typeof processReferenceSchema>;

/** A job that this process holds, and that another one claims if this one dies. */
export interface Job {
  /** Of its record: the same in every attempt. */
  readonly id: string;
  readonly batch: BatchReference;
  readonly task: Task;
  readonly responseUrl: string | undefined;
  /** Failed attempts. */
  readonly attempts: number;
  /** How often a process died at work on it: perhaps because of it. */
  readonly takeovers: number;
  /** Another process, or an earlier attempt, may have begun it. */
  readonly isResumed: boolean;
  /** False once another process has claimed it, which it may if this one seemed dead, or handed it over. */
  isHeld(): Promise<boolean>;
  /**
   * Does the work: closes the job if that succeeds; if it fails, releases it for a later attempt, or leaves it to another
   * process at once if that is what a `JobLostError` says, and throws.
   */
  run(work: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
  /** It is claimed again in a while: here, or elsewhere if this process is dead by then. */
  release(): Promise<void>;
}

/** Another process goes on with the job: there is nothing left to do here. */
export class JobLostError extends Error {
  override readonly name = 'JobLostError';
}

export type OpenJob = (batch: BatchReference, task: Task, responseUrl: string | undefined) => Promise<Job>;
