import type { ClickedMessage } from '../../core/batch/batch.js';
import type { Log } from '../../core/log.js';
import { deleteByResponseUrl, postToResponseUrl } from '../api/response-url.js';
import type { SlackMessage } from './elements.js';

/** Puts a message in the place of the one that was clicked; it stays as private, or as public, as that was. */
export function replaceClicked({ responseUrl, isPrivate }: ClickedMessage, message: SlackMessage): Promise<void> {
  const response_type = isPrivate ? 'ephemeral' : 'in_channel';
  return postToResponseUrl(responseUrl, { ...message, response_type, replace_original: true });
}

/** The same, but seen by all afterwards. Slack turns no private message public, so that one goes and another comes. */
export async function promoteClicked(
  logging: { log: Log },
  place: ClickedMessage,
  message: SlackMessage,
): Promise<void> {
  if (!place.isPrivate) return replaceClicked(place, message);
  await postToResponseUrl(place.responseUrl, { ...message, response_type: 'in_channel', replace_original: false });
  await removeClicked(logging, place);
}

/** Takes a private copy away that has served. It does no harm where it stays: its buttons ask the record. */
export async function removeClicked({ log }: { log: Log }, { responseUrl }: ClickedMessage): Promise<void> {
  await deleteByResponseUrl(responseUrl).catch((error: unknown) => log.warn('private copy not removed', { error }));
}
