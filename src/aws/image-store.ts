import { GetObjectCommand, PutObjectCommand, type S3Client } from '@aws-sdk/client-s3';
import { getSignedUrl } from '@aws-sdk/s3-request-presigner';
import type { BatchReference, StoredImage } from '../core/batch.js';
import type { ImageMediaType } from '../core/image-model.js';
import { imageKey } from '../core/keys.js';
import { limitLinkLife } from './link-life.js';

export interface ImageStoreOptions {
  client: S3Client;
  /** Signs for the host that others reach the bucket by. */
  signingClient: S3Client;
  bucket: string;
}

/** SigV4 takes no longer life: https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html */
export const longestLinkSeconds = 604_800;

/** The pictures, private in the bucket; a signed link is the only way to see one. */
export function createImageStore({ client, signingClient, bucket }: ImageStoreOptions) {
  return {
    async save(
      reference: BatchReference,
      image: { number: number; mediaType: ImageMediaType },
      bytes: Uint8Array,
    ): Promise<void> {
      const Key = imageKey(reference, image);
      await client.send(new PutObjectCommand({ Bucket: bucket, Key, Body: bytes, ContentType: image.mediaType }));
    },

    async load(reference: BatchReference, image: StoredImage): Promise<Uint8Array> {
      const { Body } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: imageKey(reference, image) }));
      if (!Body) throw new Error('The bucket answered a read without a body.');
      return Body.transformToByteArray();
    },

    /**
     * A link that anybody may open until it expires. It says so itself where that is sooner, as its credentials end before.
     * The same `signedAt` gives the same link, so that whoever caches by address downloads the picture once.
     */
    async sign(
      reference: BatchReference,
      image: StoredImage,
      { expiresInSeconds, signedAt }: { expiresInSeconds: number; signedAt: Date },
    ): Promise<string> {
      const command = new GetObjectCommand({ Bucket: bucket, Key: imageKey(reference, image) });
      const expiresIn = await limitLinkLife(signingClient, expiresInSeconds, signedAt);
      return getSignedUrl(signingClient, command, { expiresIn, signingDate: signedAt });
    },
  };
}
