import type { S3Client } from '@aws-sdk/client-s3';
import { type Check, note, ok } from '../../core/check.js';
import { createAwsCheck } from './refusals.js';

export interface LinkLifeOptions {
  /** The client that signs links. */
  client: S3Client;
  previewExpiresSeconds: number;
  now: () => Date;
}

/**
 * A link dies with the credentials that signed it, and the SDK says nothing of it:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/using-presigned-url.html
 */
export function createLinkLifeCheck({ client, previewExpiresSeconds, now }: LinkLifeOptions): Check {
  return createAwsCheck({
    subject: 'credentials',
    async look() {
      const { sessionToken, expiration } = await client.config.credentials();
      const wanted = inWords(previewExpiresSeconds);
      if (!sessionToken) return [ok(`credentials: lasting ones; links live the ${wanted} that are set`)];
      const advice = `Links die with them, so not all reach the ${wanted} of PREVIEW_EXPIRES_SECONDS. Longer: a longer session of the role, or lasting keys of a user made for the app.`;
      if (!expiration) return [note(`credentials: temporary, and they do not say until when. ${advice}`)];
      const left = (expiration.getTime() - now().getTime()) / 1000;
      if (left >= previewExpiresSeconds) return [ok(`credentials: temporary; links live the ${wanted} that are set`)];
      const span = left > 0 ? `end in about ${inWords(left)}` : 'have ended';
      return [note(`credentials: temporary; these ${span}. ${advice}`)];
    },
  });
}

const units = [
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
  ['second', 1],
] as const;

/** In the largest unit of which there are two: `24 hours`, `7 days`, `90 minutes`. */
function inWords(seconds: number): string {
  const [name, size] = units.find(([, length]) => seconds >= 2 * length) ?? units[3];
  const count = Math.round(seconds / size);
  return `${count} ${name}${count === 1 ? '' : 's'}`;
}
