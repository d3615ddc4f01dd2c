import { z } from 'zod';
import { failureReasons } from '../errors.js';
import type { ImageMediaType } from '../image-model.js';

/** Slack's ids (workspace T… or E…, channel C…/G…/D…, person U…/W…): nothing else may become part of a key. */
export const slackIdSchema = z.string().regex(/^[A-Z][A-Z0-9]{1,30}$/);
/** A ULID: sortable by the time it was made. */
export const ulidSchema = z.string().regex(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
/** A message's id in its channel: seconds and microseconds. */
const slackTimestamp = z.string().regex(/^\d+\.\d+$/);
const imageNumber = z.int().min(1).max(10);
export const isoTimeSchema = z.iso.datetime();

const imageBase = { number: imageNumber, modelId: z.string().min(1), seed: z.int().nonnegative() };

const imageSchema = z.discriminatedUnion('state', [
  z.object({
    ...imageBase,
    state: z.literal('pending'),
    /** Only in what people are shown: the image is here, and the bucket has not taken it, or its record, so far. */
    isSaving: z.boolean().optional(),
  }),
  z.object({
    ...imageBase,
    state: z.literal('stored'),
    mediaType: z.enum(['image/png', 'image/jpeg']),
    byteLength: z.int().positive(),
    storedAt: isoTimeSchema,
  }),
  z.object({ ...imageBase, state: z.literal('failed'), reason: z.enum(failureReasons), failedAt: isoTimeSchema }),
]);

/**
 * Where people see the batch: a message of the bot's own, or, where the bot may not post, answers to the command's
 * response_url, which Slack takes for 30 minutes. The address is a secret, kept only while it is needed.
 */
const destinationSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('message'),
    ts: slackTimestamp,
    /** Since the batch was shown again: where. Left out, where it was started. */
    channelId: slackIdSchema.optional(),
  }),
  z.object({
    kind: z.literal('response_url'),
    url: z.url().optional(),
    /** The address came with a click on the message, and may change it; a command's may only post. */
    replaces: z.boolean().optional(),
    /** Only the requester is answered: see `redirect` in take-up.ts. */
    isPrivate: z.boolean().optional(),
  }),
]);

/** `batch.json`, version 1. Records live as long as the images: a field may be added, never given another meaning. */
const fields = {
  version: z.literal(1),
  /** One more at every write: of two states the greater is the newer. */
  revision: z.int().nonnegative(),
  id: ulidSchema,
  workspaceId: slackIdSchema,
  channelId: slackIdSchema,
  requesterId: slackIdSchema,
  requestedAt: isoTimeSchema,
  /** As the person reads it. What each model was really sent, with its style, is in `sent`. */
  prompt: z.string().min(1),
  settings: z.object({
    negativePrompt: z.string().optional(),
    aspectRatio: z.templateLiteral([z.number(), ':', z.number()]),
    styleId: z.string().optional(),
    /** Only where the person named one. */
    seed: z.int().nonnegative().optional(),
  }),
  sent: z.array(z.object({ modelId: z.string(), prompt: z.string(), nativeStyle: z.string().optional() })).min(1),
  /** The batch that this one was made from. */
  parent: z.object({ id: ulidSchema, link: z.url().optional() }).optional(),
  threadTs: slackTimestamp.optional(),
  images: z.array(imageSchema).min(1).max(10),
  destination: destinationSchema.optional(),
  finishedAt: isoTimeSchema.optional(),
  discardedAt: isoTimeSchema.optional(),
  /** The links to previews were signed anew then. */
  refreshedAt: isoTimeSchema.optional(),
  pick: z
    .object({
      number: imageNumber,
      pickedBy: slackIdSchema,
      pickedAt: isoTimeSchema,
      /** Made for each click that a process handles: of clicks that are otherwise equal, this one won. */
      clickId: ulidSchema.optional(),
      /** Written before the upload. Without a file id beside it nobody knows whether the file was posted. */
      uploadStartedAt: isoTimeSchema.optional(),
      /** Of several processes that show the pick, only the one that wrote this uploads. */
      uploadId: ulidSchema.optional(),
      slackFileId: z.string().optional(),
    })
    .optional(),
};

const knownSchema = z.object(fields);
export type Batch = z.infer<typeof knownSchema>;

/** Fields of a newer release stay in the record when this one writes it again; nobody here can name them. */
export const batchSchema: z.ZodType<Batch> = z.looseObject(fields);

export type BatchImage = Batch['images'][number];
export type StoredImage = Extract<BatchImage, { state: 'stored' }>;
export type Destination = z.infer<typeof destinationSchema>;
export type BatchPick = NonNullable<Batch['pick']>;

/** What finds a batch: enough to build its key, and nothing that a button could use to see another's. */
export const batchReferenceSchema = z.object({ workspaceId: slackIdSchema, channelId: slackIdSchema, id: ulidSchema });
export type BatchReference = z.infer<typeof batchReferenceSchema>;

export function isStored(image: BatchImage): image is StoredImage {
  return image.state === 'stored';
}

export function isSaving(image: BatchImage): boolean {
  return image.state === 'pending' && image.isSaving === true;
}

export function findImage(batch: Batch, number: number): BatchImage | undefined {
  return batch.images.find((image) => image.number === number);
}

/** The batch with one image settled; itself where that image was settled before: no image is paid for twice. */
export function settleImage(batch: Batch, settled: BatchImage): Batch {
  if (findImage(batch, settled.number)?.state !== 'pending') return batch;
  return { ...batch, images: batch.images.map((image) => (image.number === settled.number ? settled : image)) };
}

/** An image in the bucket, as it was drawn for a seed; models may say that they used another. */
export interface DrawnImage {
  number: number;
  mediaType: ImageMediaType;
  askedSeed: number;
  seed: number;
}

/** The batch's own message, which the bot may change; undefined where it has none. */
export function messageOf(batch: Batch): { channelId: string; ts: string; threadTs?: string | undefined } | undefined {
  const { destination, channelId, threadTs } = batch;
  if (destination?.kind !== 'message') return undefined;
  const { ts } = destination;
  return destination.channelId ? { channelId: destination.channelId, ts } : { channelId, ts, threadTs };
}

/**
 * When the link to a preview was signed: the same from one state of the batch to the next, so that the link is the same
 * and Slack downloads the image once.
 */
export function previewSignedAt({ refreshedAt }: Batch, { storedAt }: StoredImage): Date {
  return new Date(Math.max(Date.parse(storedAt), refreshedAt ? Date.parse(refreshedAt) : 0));
}

/** Shown by one answer that posts, to an address of which nobody can ask whether it took it. */
export function isPostedOnce(
  destination: Destination | undefined,
): destination is Extract<Destination, { kind: 'response_url' }> {
  return destination?.kind === 'response_url' && !destination.replaces && !destination.isPrivate;
}

/** The batch once people have seen its end: without the secret address, and with nothing left to tell in private. */
export function forgetResponseUrl(batch: Batch): Batch {
  const { destination } = batch;
  if (destination?.kind !== 'response_url' || !(destination.url || destination.isPrivate)) return batch;
  return { ...batch, destination: { kind: 'response_url' } };
}

/** The last part of the id: short enough to say aloud, long enough to find a batch among a channel's. */
export function shortBatchId(batch: { id: string }): string {
  return batch.id.slice(-6).toLowerCase();
}
