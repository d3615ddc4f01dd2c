import type { S3Client } from '@aws-sdk/client-s3';
import { judgeLinkLife } from '../aws/link-life.js';
import { createAwsCheck } from '../aws/refusals.js';
import type { Check } from '../core/check-result.js';

export interface LinkLifeOptions {
  /** The client that signs links. */
  client: S3Client;
  previewExpiresSeconds: number;
  now: () => Date;
}

export function createLinkLifeCheck({ client, previewExpiresSeconds, now }: LinkLifeOptions): Check {
  return createAwsCheck({
    subject: 'credentials',
    look: async () => [await judgeLinkLife(client, previewExpiresSeconds, now())],
  });
}
