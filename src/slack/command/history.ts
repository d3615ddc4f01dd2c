import type { SlashCommand } from '@slack/bolt';
import { listOwnBatches, showBatch } from '../../core/batch/history.js';
import { batchReferenceSchema } from '../../core/ids.js';
import { clickAnswer } from '../../text/click.js';
import { notFound, nothingAskedFor } from '../../text/history.js';
import { readPlace } from '../actions/batch-button.js';
import type { BatchButton } from '../actions/batch-buttons.js';
import { escapeText } from '../api/escape.js';
import { askerOf, notifyUser, type Person, sendToUser } from '../api/notify-user.js';
import type { SlackDeps } from '../deps.js';
import { buildHistory } from '../message/history.js';
import { readButtonValue } from '../message/image-buttons.js';

/** What a command wants that draws nothing: one's last batches, or one by its name. */
export type EarlierBatches = { kind: 'list' } | { kind: 'show'; name: string };

/** As the recipe line names batches: `show 7f3a2c`, `show batch 7F3A2C`, or the whole id. */
const showPattern = /^show\s+(?:batch\s+)?(?<name>[0-9a-hjkmnp-tv-z]{6}|[0-7][0-9a-hjkmnp-tv-z]{25})$/i;

/** undefined for words that are an image's. */
export function readEarlierBatches(text: string): EarlierBatches | undefined {
  if (/^(?:history|show)$/i.test(text)) return { kind: 'list' };
  const name = showPattern.exec(text)?.groups?.name;
  return name === undefined ? undefined : { kind: 'show', name };
}

/** `/imagine history` and `/imagine show 7f3a2c`, acknowledged already. */
export function createEarlierBatches(deps: SlackDeps) {
  const { workspaceId, listen } = deps;
  const show = createShow(deps);
  return async (wanted: EarlierBatches, command: SlashCommand): Promise<void> => {
    const asker = askerOf(command);
    await listen(`command ${wanted.kind}`, notifyUser(deps, asker), async () => {
      if (wanted.kind === 'show') return show(asker, wanted.name, notFound(wanted.name, command.command));
      const batches = await listOwnBatches(deps, { workspaceId, userId: asker.userId });
      const nothing = { text: escapeText(nothingAskedFor(command.command)) };
      return sendToUser(deps, asker, batches.length > 0 ? buildHistory(batches) : nothing);
    });
  };
}

/** "Show" in the list: the same as the command, by the same rules. */
export function createShowListed(deps: SlackDeps): BatchButton {
  const show = createShow(deps);
  return async ({ ack, body, action }) => {
    await ack();
    const { channelId, responseUrl } = readPlace(body);
    const asker = { userId: body.user.id, channelId, responseUrl };
    await deps.listen('show', notifyUser(deps, asker), async () => {
      const id = batchReferenceSchema.shape.id.safeParse(readButtonValue(action.value)?.batchId).data;
      const unknown = clickAnswer({ kind: 'unknown_batch' }, asker.userId, String);
      if (!id) return sendToUser(deps, asker, { text: unknown });
      return show(asker, id, unknown);
    });
  };
}

function createShow(deps: SlackDeps) {
  const { workspaceId } = deps;
  return async (asker: Person & { responseUrl: string }, name: string, otherwise: string): Promise<void> => {
    const outcome = await showBatch(deps, { workspaceId, name, ...asker });
    if (outcome === 'not_found') await sendToUser(deps, asker, { text: escapeText(otherwise) });
  };
}
