import { createHash } from 'node:crypto';
import type { ImageRequest } from './plan-batch.js';

/**
 * Tells requests of one person apart, and gives nothing of the answer address away, which is a secret. Slack makes an
 * address for each payload (https://docs.slack.dev/interactivity/handling-user-interaction), so whoever gets the same one
 * got the same payload; but a form has that of the click it came from, and can be sent again with other words. Undefined
 * where a request has none.
 */
export function hashRequest({ responseUrl, ...request }: ImageRequest): string | undefined {
  if (!responseUrl) return undefined;
  const { prompt, negativePrompt, aspectRatio, style, seed, models, count } = request;
  const wanted = [prompt, negativePrompt, aspectRatio, style?.id, seed, models.map(({ modelId }) => modelId), count];
  return createHash('sha256')
    .update(JSON.stringify([responseUrl, ...wanted]))
    .digest('hex')
    .slice(0, 16);
}
