import { setTimeout as wait } from 'node:timers/promises';
import {
  DeleteObjectCommand,
  GetObjectCommand,
  HeadObjectCommand,
  InvalidObjectState,
  NoSuchKey,
  PutObjectCommand,
  PutObjectTaggingCommand,
  S3ServiceException,
} from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import { z } from 'zod';
import type { StoredImage } from '../core/batch/batch.js';
import type { ImageStore, LinkLife, PreviewStore } from '../core/batch/deps.js';
import { InputError } from '../core/errors.js';
import type { BatchReference } from '../core/ids.js';
import { imageKey, previewKey } from './keys.js';
import type { Bucket, LinkedBucket } from './records.js';
import { limitLinkLife } from './s3-client.js';

/** SigV4 takes no longer life: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html */
export const maxLinkSeconds = 604_800;

const seedSchema = z.coerce.number().pipe(z.int().nonnegative());

/** `x-amz-meta-seed` and `x-amz-meta-asked-seed`, which `save` writes. */
const seedsSchema = z.object({
  ContentLength: z.int().positive(),
  Metadata: z.object({ seed: seedSchema.optional().catch(undefined), 'asked-seed': seedSchema }),
});

/** Milliseconds after tries that the SDK has made three times each. */
const minPause = 200;
const maxPause = 5000;

/** True unless S3 has answered that it will not take the object: it was busy or broken, or could not be reached. */
function isPassing(error: unknown): boolean {
  if (!(error instanceof S3ServiceException)) return true;
  return [408, 409, 429, 500, 502, 503, 504].includes(error.$metadata.httpStatusCode ?? 500);
}

/** undefined if there is no such object; a HEAD names its errors by their status alone. */
async function readHead({ client, bucket }: Bucket, key: string) {
  try {
    return await client.send(new HeadObjectCommand({ Bucket: bucket, Key: key }));
  } catch (error) {
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 404) return undefined;
    throw error;
  }
}

export interface LinkedImageStore extends ImageStore, PreviewStore {
  /**
   * A link that anyone may open until it expires. It expires sooner if the credentials that sign it do, and says so itself.
   * The same `signedAt` gives the same link, so that Slack, which caches by URL, downloads the image once.
   */
  sign(batch: BatchReference, image: StoredImage, life: LinkLife): Promise<string>;
}

/** When a link ends. https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html */
export function linkExpiry(link: string): Date | undefined {
  const { searchParams } = new URL(link);
  const [signedAt = '', seconds = ''] = ['X-Amz-Date', 'X-Amz-Expires'].map((name) => searchParams.get(name) ?? '');
  const isoTime = signedAt.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z');
  const milliseconds = Date.parse(isoTime) + Number(seconds) * 1000;
  return seconds && !Number.isNaN(milliseconds) ? new Date(milliseconds) : undefined;
}

/** deploy/cdk and deploy/terraform have the rule that deletes what has the second. */
const tags = { picked: 'imagine=picked', unpicked: 'imagine=unpicked' };

/**
 * The images, private in the bucket; a signed link is the only way to see one.
 * @param tagsImages TAG_IMAGES=on
 */
export function createImageStore(
  { client, signingClient, bucket }: LinkedBucket,
  tagsImages = false,
): LinkedImageStore {
  async function sign(Key: string, { expiresInSeconds, signedAt }: LinkLife): Promise<string> {
    const expiresIn = await limitLinkLife(signingClient, expiresInSeconds, signedAt);
    const command = new GetObjectCommand({ Bucket: bucket, Key });
    return getSignedUrl(signingClient, command, { expiresIn, signingDate: signedAt });
  }

  return {
    /** The bytes are paid for and in memory: what passes by itself, if only in a minute, must not lose them. */
    async save(reference, image, bytes, { deadline, onRetry }) {
      const { mediaType: ContentType, seed, askedSeed } = image;
      const Metadata = { seed: String(seed), 'asked-seed': String(askedSeed) };
      const Key = imageKey(reference, image);
      const Tagging = tagsImages ? { Tagging: tags.unpicked } : {};
      const input = { Bucket: bucket, Key, Body: bytes, ContentType, Metadata, ...Tagging };
      for (let pause = minPause; ; pause = Math.min(2 * pause, maxPause)) {
        try {
          await client.send(new PutObjectCommand(input));
          return;
        } catch (error) {
          if (deadline.aborted || !isPassing(error)) throw error;
          onRetry(error);
          await wait(pause, undefined, { signal: deadline }).catch(() => undefined); // the last try comes at the deadline
        }
      }
    },

    /** An image of another seed comes from an earlier attempt, which used the same key. */
    async find(reference, { number, askedSeed }) {
      for (const mediaType of ['image/png', 'image/jpeg'] as const) {
        const key = imageKey(reference, { number, mediaType });
        const found = seedsSchema.safeParse(await readHead({ client, bucket }, key)).data;
        if (found?.Metadata['asked-seed'] === askedSeed) {
          const { ContentLength: byteLength, Metadata } = found;
          return { number, mediaType, askedSeed, seed: Metadata.seed ?? askedSeed, byteLength };
        }
      }
      return undefined;
    },

    async saveInput(reference, ContentType, bytes) {
      const Key = imageKey(reference, { number: 0, mediaType: ContentType });
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: bytes, ContentType }));
    },

    async removeInput(reference, mediaType) {
      await client.send(
        new DeleteObjectCommand({ Bucket: bucket, Key: imageKey(reference, { number: 0, mediaType }) }),
      );
    },

    async load(reference, image) {
      const command = new GetObjectCommand({ Bucket: bucket, Key: imageKey(reference, image) });
      const { Body } = await client.send(command).catch((error: unknown) => {
        const isGone = error instanceof NoSuchKey || error instanceof InvalidObjectState; // deleted, or archived
        throw isGone ? new InputError('gone', { cause: error }) : error;
      });
      if (!Body) throw new Error('The bucket answered a read without a body.');
      return Body.transformToByteArray();
    },

    async markPicked(reference, image) {
      if (!tagsImages) return;
      const [Key, Value] = tags.picked.split('=');
      const Tagging = { TagSet: [{ Key, Value }] };
      await client.send(new PutObjectTaggingCommand({ Bucket: bucket, Key: imageKey(reference, image), Tagging }));
    },

    isThere: async (reference, image) =>
      !tagsImages || (await readHead({ client, bucket }, imageKey(reference, image))) !== undefined,

    sign: (reference, image, life) => sign(imageKey(reference, image), life),
    signPreview: (reference, name, life) => sign(previewKey(reference, name), life),
    hasPreview: async (reference, name) =>
      (await readHead({ client, bucket }, previewKey(reference, name))) !== undefined,
    async savePreview(reference, name, bytes) {
      const input = { Bucket: bucket, Key: previewKey(reference, name), Body: bytes, ContentType: 'image/jpeg' };
      await client.send(new PutObjectCommand(input));
    },
  };
}
