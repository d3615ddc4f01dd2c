import { type Batch, messageOf } from '../../core/batch/batch.js';
import { words } from '../../text/batch.js';
import { escapeText } from '../api/mrkdwn.js';
import { type Recipient, sendToUser } from '../api/notify-user.js';
import type { MessageDeps } from './deliver-batch.js';
import { richText } from './elements.js';

type LinkDeps = Pick<MessageDeps, 'clients' | 'log'>;

/** The permalink of a batch's message. Undefined if the batch has no message of the bot's own, or Slack does not answer. */
export async function findLink({ clients, log }: LinkDeps, batch: Batch): Promise<string | undefined> {
  const own = messageOf(batch);
  try {
    return own && (await clients.once.chat.getPermalink({ channel: own.channelId, message_ts: own.ts })).permalink;
  } catch (error) {
    log.info('no permalink of a batch, naming it without one', { batch: batch.id, error });
    return undefined;
  }
}

/**
 * Tells a user who sent a form from a post in which thread the images come. If the bot has no message of its own there, its
 * answer has told how they come. Never rejects: the images come all the same.
 */
export async function tellThread(deps: LinkDeps, batch: Batch, recipient: Recipient): Promise<void> {
  if (!messageOf(batch)) return;
  const url = await findLink(deps, batch);
  const text = words.comeInThread(batch.images.length);
  const elements = [
    richText(text),
    ...(url ? [richText(' '), { type: 'link' as const, url, text: words.openThread }] : []),
  ];
  const message = {
    text: escapeText(text),
    blocks: [{ type: 'rich_text' as const, elements: [{ type: 'rich_text_section' as const, elements }] }],
  };
  await sendToUser(deps, recipient, message).catch((error: unknown) =>
    deps.log.warn('place of the images not told', { batch: batch.id, error }),
  );
}
