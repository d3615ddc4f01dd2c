import { createHash } from 'node:crypto';

/**
 * Tells requests of one person apart, and gives nothing of the answer address away, which is a secret. Slack makes an
 * address for each payload (https://docs.slack.dev/interactivity/handling-user-interaction), so whoever gets the same one
 * got the same payload. Undefined where a request has none.
 */
export function hashRequest(responseUrl: string | undefined): string | undefined {
  if (!responseUrl) return undefined;
  return createHash('sha256').update(responseUrl).digest('hex').slice(0, 16);
}
