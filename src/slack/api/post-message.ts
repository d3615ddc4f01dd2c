import type { SlackMessage } from '../message/elements.js';
import { type WebClients, waitOutRateLimit } from './web-clients.js';

/** Where a new message goes. */
interface PostPlace {
  channelId: string;
  threadTs?: string | undefined;
}

/** Posts a message as the bot, once: what fails in any way but a rate limit may have landed. Resolves to its ts. */
export async function postMessage(
  { once }: WebClients,
  { channelId, threadTs }: PostPlace,
  message: SlackMessage,
): Promise<string> {
  const posted = await waitOutRateLimit(() =>
    once.chat.postMessage({
      channel: channelId,
      ...message,
      ...(threadTs && { thread_ts: threadTs }),
      unfurl_links: false,
      unfurl_media: false,
    }),
  );
  if (!posted.ts) throw new Error('Slack answered a post without a ts.');
  return posted.ts;
}
