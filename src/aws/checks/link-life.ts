import type { S3Client } from '@aws-sdk/client-s3';
import type { Check } from '../../core/check.js';
import { judgeLinkLife } from '../link-life.js';
import { createAwsCheck } from './refusals.js';

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
