import { createBatchHistory } from './aws/batch-history.js';
import { createBatchStore } from './aws/batch-store.js';
import { createImageStore } from './aws/image-store.js';
import { judgeLinkLife } from './aws/link-life.js';
import { createMarkerStore } from './aws/marker-store.js';
import { createS3Client } from './aws/s3-client.js';
import { createUsageStore } from './aws/usage-store.js';
import type { Config } from './config.js';
import type { Log } from './core/log.js';

export type Storage = ReturnType<typeof createStorage>;

/** The bucket as the settings name it. */
export function createStorage({ s3: { bucket, region, publicEndpoint, forcePathStyle } }: Config) {
  const client = createS3Client({ region, forcePathStyle });
  const signingClient = publicEndpoint ? createS3Client({ region, forcePathStyle, endpoint: publicEndpoint }) : client;
  return {
    client,
    signingClient,
    bucket,
    batches: createBatchStore({ client, bucket }),
    history: createBatchHistory({ client, bucket }),
    markers: createMarkerStore({ client, bucket }),
    usage: createUsageStore({ client, bucket }),
    images: createImageStore({ client, signingClient, bucket }),
  };
}

/** Once at start, in the doctor's words. */
export async function warnOfShortLinks(
  { signingClient }: Storage,
  { preview }: Config,
  log: Log,
  now: () => Date,
): Promise<void> {
  const { kind, text } = await judgeLinkLife(signingClient, preview.expiresSeconds, now());
  if (kind === 'note') log.warn('previews may not live as long as is set', { reason: text });
}
