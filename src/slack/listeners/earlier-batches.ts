import type { SlashCommand } from '@slack/bolt';
import { batchReferenceSchema } from '../../core/batch.js';
import { clickAnswer } from '../../core/sentences/click.js';
import { notFound, nothingAskedFor } from '../../core/sentences/history.js';
import { buildHistory } from '../blocks/history.js';
import { readButtonValue } from '../blocks/image-buttons.js';
import { escapeText } from '../escape.js';
import type { ListenerServices } from '../listener-services.js';
import { answerPrivately } from '../response-url.js';
import { tellPerson } from '../tell-person.js';
import { readPlace } from './batch-button.js';
import type { BatchButton } from './batch-buttons.js';

/** What a command wants that draws nothing: one's last batches, or one by its name. */
export type EarlierBatches = { kind: 'list' } | { kind: 'show'; name: string };

/** As the recipe line names batches: `show 7f3a2c`, `show batch 7F3A2C`, or the whole id. */
const showPattern = /^show\s+(?:batch\s+)?(?<name>[0-9a-hjkmnp-tv-z]{6}|[0-7][0-9a-hjkmnp-tv-z]{25})$/i;

/** undefined for words that are a picture's. */
export function readEarlierBatches(text: string): EarlierBatches | undefined {
  if (/^(?:history|show)$/i.test(text)) return { kind: 'list' };
  const name = showPattern.exec(text)?.groups?.name;
  return name === undefined ? undefined : { kind: 'show', name };
}

/** `/imagine history` and `/imagine show 7f3a2c`, acknowledged already. */
export function createEarlierBatches(services: ListenerServices) {
  const { workspaceId, listen, listOwnBatches } = services;
  const show = createShow(services);
  return async (wanted: EarlierBatches, command: SlashCommand): Promise<void> => {
    const { user_id: userId, channel_id: channelId, response_url: responseUrl } = command;
    await listen(`command ${wanted.kind}`, tellPerson(services, { userId, channelId, responseUrl }), async () => {
      if (wanted.kind === 'show') {
        const { name } = wanted;
        const sentence = notFound(name, command.command);
        return show({ userId, channelId, responseUrl, name }, sentence);
      }
      const batches = await listOwnBatches({ workspaceId, userId });
      const nothing = { text: escapeText(nothingAskedFor(command.command)) };
      return answerPrivately(responseUrl, batches.length > 0 ? buildHistory(batches) : nothing);
    });
  };
}

/** "Show" in the list: the same as the command, by the same rules. */
export function createShowListed(services: ListenerServices): BatchButton {
  const show = createShow(services);
  return async ({ ack, body, action }) => {
    await ack();
    const { channelId, responseUrl } = readPlace(body);
    const userId = body.user.id;
    await services.listen('show', tellPerson(services, { userId, channelId, responseUrl }), async () => {
      const id = batchReferenceSchema.shape.id.safeParse(readButtonValue(action.value)?.batchId).data;
      const sentence = clickAnswer({ kind: 'unknown_batch' }, userId, String);
      if (!id || services.isStranger(body.user)) return answerPrivately(responseUrl, { text: sentence });
      return show({ userId, channelId, responseUrl, name: id }, sentence);
    });
  };
}

interface Wanted {
  userId: string;
  channelId: string;
  responseUrl: string;
  name: string;
}

function createShow({ workspaceId, bringBack }: ListenerServices) {
  return async (wanted: Wanted, otherwise: string): Promise<void> => {
    const outcome = await bringBack({ workspaceId, ...wanted });
    if (outcome === 'not_found') await answerPrivately(wanted.responseUrl, { text: escapeText(otherwise) });
  };
}
