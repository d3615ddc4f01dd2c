import { z } from 'zod';
import { type FailureReason, failureReasons } from '../errors.js';
import { isoTimeSchema, slackIdSchema, slackTimestampSchema, ulidSchema } from '../ids.js';
import {
  type AspectRatio,
  aspectRatioSchema,
  type ImageMediaType,
  imageMediaTypes,
  operationNames,
} from '../image-model.js';

const imageNumber = z.int().min(1).max(10);

const imageBase = {
  number: imageNumber,
  modelId: z.string().min(1),
  seed: z.int().nonnegative(),
  /** Only if it is not the batch's. */
  aspectRatio: aspectRatioSchema.optional(),
  /** The same, and in a few words what sets it apart: "Warm and close". */
  prompt: z.string().min(1).optional(),
  title: z.string().optional(),
};

/** One image of a batch, by how far it has come. */
export const imageSchema = z.discriminatedUnion('state', [
  z.object({
    ...imageBase,
    state: z.literal('pending'),
    /** Only in what users are shown: the image is drawn, and the bucket does not have it or its record yet. */
    isSaving: z.boolean().optional(),
  }),
  z.object({
    ...imageBase,
    state: z.literal('stored'),
    mediaType: z.enum(imageMediaTypes),
    byteLength: z.int().positive(),
    storedAt: isoTimeSchema,
  }),
  z.object({ ...imageBase, state: z.literal('failed'), reason: z.enum(failureReasons), failedAt: isoTimeSchema }),
]);

/**
 * Where users see the batch: a message of the bot's own or, if the bot may not post, answers to the command's
 * response_url, which Slack accepts for 30 minutes. The URL is a secret, kept only while it is needed.
 */
const destinationSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('message'),
    ts: slackTimestampSchema,
    /** The channel in which the batch was last shown; left out if that is where it was started. */
    channelId: slackIdSchema.optional(),
  }),
  z.object({
    kind: z.literal('response_url'),
    url: z.url().optional(),
    /** The URL came with a click on the message, and can replace it; a command's can only post. */
    replaces: z.boolean().optional(),
    /** Only the requester is answered: see `redirect` in resume.ts. */
    isPrivate: z.boolean().optional(),
  }),
]);

/** The image that a batch works from, in the folder of a batch of this workspace. */
export const sourceSchema = z.object({
  channelId: slackIdSchema,
  id: ulidSchema,
  /** 0: not one of the batch's images, but the one that its user gave. */
  number: imageNumber.or(z.literal(0)),
  mediaType: z.enum(imageMediaTypes),
});
export type Source = z.infer<typeof sourceSchema>;

/** `batch.json`, version 1. Records live as long as the images: a field may be added, never given another meaning. */
const fields = {
  version: z.literal(1),
  /** Incremented by every write: of two states the greater is the newer. */
  revision: z.int().nonnegative(),
  id: ulidSchema,
  workspaceId: slackIdSchema,
  channelId: slackIdSchema,
  requesterId: slackIdSchema,
  requestedAt: isoTimeSchema,
  /** Left out: everyone in the channel. */
  visibility: z.literal('private').optional(),
  /** As the user wrote or chose it. What each model was sent, with its style, is in `sent`. */
  prompt: z.string().min(1),
  /** As the user typed it, if `prompt` is its translation. */
  original: z.string().min(1).optional(),
  settings: z.object({
    negativePrompt: z.string().optional(),
    aspectRatio: aspectRatioSchema,
    styleId: z.string().optional(),
    /** Only if the user gave one. */
    seed: z.int().nonnegative().optional(),
  }),
  sent: z.array(z.object({ modelId: z.string(), prompt: z.string(), nativeStyle: z.string().optional() })).min(1),
  /** Left out: drawn from the prompt alone. */
  input: z
    .object({
      operation: z.enum(operationNames),
      source: sourceSchema,
      /** What is to be changed in the image, and what the user said of the result: the prompt says what it shows. */
      target: z.string().optional(),
      text: z.string().optional(),
    })
    .optional(),
  /** The batch that this one goes on from. */
  parent: z
    .object({
      id: ulidSchema,
      link: z.url().optional(),
      /** Of its image; left out if it is the batch as a whole. */
      number: imageNumber.optional(),
    })
    .optional(),
  threadTs: slackTimestampSchema.optional(),
  images: z.array(imageSchema).min(1).max(10),
  destination: destinationSchema.optional(),
  /** The requester pressed "Stop": images that have not begun are given up, those under way end. */
  stoppedAt: isoTimeSchema.optional(),
  finishedAt: isoTimeSchema.optional(),
  discardedAt: isoTimeSchema.optional(),
  /** The private message that gives way to what its "Share" or "Again" asked for: a second press soon after does nothing. */
  pressed: z.object({ messageTs: z.string(), at: isoTimeSchema }).optional(),
  /** When users asked for what has a single possible result, by operation, image and user: for as long as a double click. */
  operated: z.record(z.string(), z.object({ at: isoTimeSchema, clickId: ulidSchema })).optional(),
  /** When the links to the previews were last signed again. */
  refreshedAt: isoTimeSchema.optional(),
  pick: z
    .object({
      number: imageNumber,
      pickedBy: slackIdSchema,
      pickedAt: isoTimeSchema,
      /** One for each click that a process handles: of otherwise equal clicks, this one won. */
      clickId: ulidSchema.optional(),
      /** Written before the upload. Without a file ID beside it, the file may or may not have been posted. */
      uploadStartedAt: isoTimeSchema.optional(),
      /** Of several processes that show the pick, only the one that wrote this uploads the file. */
      uploadId: ulidSchema.optional(),
      slackFileId: z.string().optional(),
      /** Of images chosen before: to be deleted from Slack once no message shows them. */
      oldFileIds: z.array(z.string()).optional(),
      /**
       * The message whose menu offers the other images, if it is not the batch's own: only its response_url can replace it,
       * for 30 minutes. Kept until another image is chosen.
       */
      menu: z
        .object({
          channelId: slackIdSchema,
          messageTs: z.string().optional(),
          responseUrl: z.url(),
          openedAt: isoTimeSchema,
        })
        .optional(),
    })
    .optional(),
};

const knownSchema = z.object(fields);
export type Batch = z.infer<typeof knownSchema>;

/** Loose, so that fields of a newer release survive when this one writes the record. */
export const batchSchema: z.ZodType<Batch> = z.looseObject(fields);

export type BatchImage = Batch['images'][number];
export type StoredImage = Extract<BatchImage, { state: 'stored' }>;
export type BatchInput = NonNullable<Batch['input']>;
export type Destination = z.infer<typeof destinationSchema>;
export type BatchPick = NonNullable<Batch['pick']>;

export function isStored(image: BatchImage): image is StoredImage {
  return image.state === 'stored';
}

export function isSaving(image: BatchImage): boolean {
  return image.state === 'pending' && image.isSaving === true;
}

export function findImage(batch: Batch, number: number): BatchImage | undefined {
  return batch.images.find((image) => image.number === number);
}

/** What the image shows: the batch's prompt, unless it has one of its own. */
export function promptOf({ prompt }: Pick<Batch, 'prompt'>, image: BatchImage | undefined): string {
  return image?.prompt ?? prompt;
}

export function aspectRatioOf({ settings }: Batch, image: BatchImage): AspectRatio {
  return image.aspectRatio ?? settings.aspectRatio;
}

/** What sets an image apart from the rest of its batch, however far it has come. */
export function differencesOf({ aspectRatio, prompt, title }: BatchImage) {
  return { ...(aspectRatio && { aspectRatio }), ...(prompt && { prompt }), ...(title && { title }) };
}

/** The batch with one image settled; unchanged if it was settled before. */
export function settleImage(batch: Batch, settled: BatchImage): Batch {
  if (findImage(batch, settled.number)?.state !== 'pending') return batch;
  const images = batch.images.map((image) => {
    if (image.number !== settled.number) return image;
    return { ...settled, ...differencesOf(image) };
  });
  return { ...batch, images };
}

/** An image in the bucket. The model may report another seed than it was asked for. */
export interface DrawnImage {
  number: number;
  mediaType: ImageMediaType;
  askedSeed: number;
  seed: number;
}

/** The batch's own message, which the bot may change; undefined if it has none. */
export function messageOf(batch: Batch): { channelId: string; ts: string; threadTs?: string | undefined } | undefined {
  const { destination, channelId, threadTs } = batch;
  if (destination?.kind !== 'message') return undefined;
  const { ts } = destination;
  return destination.channelId ? { channelId: destination.channelId, ts } : { channelId, ts, threadTs };
}

/** The message whose button was clicked: a batch can be shown in several, one of which is its own. */
export interface ClickedMessage {
  channelId: string;
  messageTs?: string | undefined;
  /** Replaces this very message, even if the bot may not post there. */
  responseUrl: string;
  /** Only the clicker sees it. */
  isPrivate: boolean;
  /** Slack's copy of a picked image, if it shows one. Another message cannot show a copy that its channel does not have. */
  fileId?: string | undefined;
}

export function isOwnMessage(batch: Batch, { channelId, messageTs }: ClickedMessage): boolean {
  const own = messageOf(batch);
  return own !== undefined && own.ts === messageTs && own.channelId === channelId;
}

/** When the link to a preview is signed: constant between states, so that the link is too and Slack downloads the image once. */
export function previewSignedAt({ refreshedAt }: Batch, { storedAt }: StoredImage): Date {
  return new Date(Math.max(Date.parse(storedAt), refreshedAt ? Date.parse(refreshedAt) : 0));
}

/** The same for a sheet of all images: it changes when one of them does. */
export function sheetSignedAt({ requestedAt, refreshedAt, images }: Batch): Date {
  const times = [requestedAt, refreshedAt, ...images.filter(isStored).map(({ storedAt }) => storedAt)];
  return new Date(Math.max(...times.flatMap((time) => (time ? Date.parse(time) : []))));
}

/** Shown by a single post to a response_url, which cannot be asked whether it was delivered. */
export function isPostedOnce(
  destination: Destination | undefined,
): destination is Extract<Destination, { kind: 'response_url' }> {
  return destination?.kind === 'response_url' && !destination.replaces && !destination.isPrivate;
}

/** The batch once its end was shown: without the secret URL. */
export function forgetResponseUrl(batch: Batch): Batch {
  const { destination } = batch;
  if (destination?.kind !== 'response_url' || !destination.url) return batch;
  return { ...batch, destination: { kind: 'response_url', ...(destination.isPrivate && { isPrivate: true }) } };
}

/** Why a finished batch has no image, each reason once; empty if an image came or may still come. */
export function reasonsForNothing({ finishedAt, images }: Batch): readonly FailureReason[] {
  if (!finishedAt) return [];
  const reasons = images.flatMap((image) => (image.state === 'failed' ? [image.reason] : []));
  return reasons.length === images.length ? [...new Set(reasons)] : [];
}

/** Nothing was drawn because the requester did not want it any more. */
export function wasStoppedAtOnce(batch: Batch): boolean {
  const reasons = reasonsForNothing(batch);
  return reasons.length > 0 && reasons.every((reason) => reason === 'stopped');
}

/** A model or its provider refused the prompt, and nothing was drawn: such a prompt does not remain in the channel. */
function isPromptRefused(batch: Batch): boolean {
  return reasonsForNothing(batch).some((reason) => reason === 'filtered_prompt' || reason === 'rejected');
}

/** Asked for in front of everyone and then refused: it is taken out of the conversation, and its requester alone is told. */
export function isWithdrawn(batch: Batch): boolean {
  return batch.visibility !== 'private' && isPromptRefused(batch);
}

/** Only its requester may see it. */
export function isHiddenFrom(batch: Batch, userId: string): boolean {
  return batch.requesterId !== userId && (batch.visibility === 'private' || isWithdrawn(batch));
}

/** The chosen image was deleted, and not shown again. */
export function isPickDeleted({ pick, discardedAt }: Batch): boolean {
  return pick !== undefined && discardedAt !== undefined && discardedAt >= pick.pickedAt;
}

/** Others may see it already, wherever it is shown, so that no choice in it can be kept private. */
export function isSeenByOthers({ visibility, discardedAt }: Batch): boolean {
  return visibility !== 'private' && !discardedAt;
}
