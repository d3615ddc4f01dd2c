import type { types } from '@slack/bolt';
import { type Batch, isStored } from '../../core/batch/batch.js';
import { groupFamilies, listOwnBatches, showBatch } from '../../core/batch/history.js';
import { shorten } from '../../core/shorten.js';
import { joinFacts, outcome, words } from '../../text/batch.js';
import { lineageLine } from '../../text/operations.js';
import { clickAnswer } from '../../text/user-message.js';
import { type PressedButton, readClickedMessage } from '../actions/handle-click.js';
import { readersTime } from '../api/mrkdwn.js';
import { type Asker, askerOf, notifyUser, sendToUser, type TypedCommand } from '../api/notify-user.js';
import type { SlackMessage } from '../api/response-url.js';
import { BlocksRefusedError } from '../api/slack-errors.js';
import type { SlackDeps } from '../deps.js';
import { sheetCells } from '../message/batch-message.js';
import { linkLimit } from '../message/deliver-batch.js';
import {
  actions,
  button,
  buttonValue,
  imageAltText,
  plainText,
  readButtonValue,
  section,
  sheetAltText,
  slackMessage,
} from '../message/elements.js';

/** As Details and the history name batches: `show 7f3a2c`, `show batch 7F3A2C`, or the whole ID. */
const showPattern = /^show\s+(?:batch\s+)?([0-9a-hjkmnp-tv-z]{6}|[0-7][0-9a-hjkmnp-tv-z]{25})$/i;

/** The name of the batch that a command asks for. Any other text is a prompt. */
export function readShownBatch(text: string): string | undefined {
  return showPattern.exec(text)?.[1];
}

/** `/imagine history`, acknowledged already. */
export async function listHistory(deps: SlackDeps, command: TypedCommand): Promise<void> {
  const asker = askerOf(command);
  const tell = notifyUser(deps, asker);
  await deps.listen('command list', tell, async () => {
    const batches = await listOwnBatches(deps, { workspaceId: deps.workspaceId, userId: asker.userId });
    if (batches.length === 0) return tell(words.nothingAskedFor(command.command));
    const previews = await findPreviews(deps, batches);
    try {
      await sendToUser(deps, asker, buildHistory(batches, previews));
    } catch (error) {
      if (!(error instanceof BlocksRefusedError) || previews.size === 0) throw error;
      deps.log.warn('history shown without previews', { userId: asker.userId, error });
      await sendToUser(deps, asker, buildHistory(batches, new Map()));
    }
  });
}

type Previews = ReadonlyMap<string, string>;

/** Links to what messages have shown of these batches, by their IDs: nothing is drawn for a list. */
async function findPreviews(
  { links, log }: Pick<SlackDeps, 'links' | 'log'>,
  batches: readonly Batch[],
): Promise<Previews> {
  const finding = batches.map(async (batch): Promise<[string, string][]> => {
    if (!batch.images.some(isStored)) return [];
    const onError = (error: unknown) => void log.warn('no preview in the history', { batch: batch.id, error });
    const url = await links.existing(batch, sheetCells(batch)).catch(onError);
    return url && url.length <= linkLimit ? [[batch.id, url]] : [];
  });
  return new Map((await Promise.all(finding)).flat());
}

/** `/imagine show 7f3a2c`, acknowledged already. */
export function answerShow(deps: SlackDeps, command: TypedCommand, name: string): Promise<void> {
  return showNamed(deps, 'command show', askerOf(command), name, words.notFound(name, command.command));
}

/** "Show" in the list: the same as the command. */
export async function showListed(deps: SlackDeps, { ack, body, action }: PressedButton): Promise<void> {
  await ack();
  const { channelId, responseUrl } = readClickedMessage(body);
  const asker = { userId: body.user.id, channelId, responseUrl };
  const notFound = clickAnswer({ kind: 'unknown_batch' }, asker.userId, String);
  await showNamed(deps, 'show', asker, readButtonValue(action.value).batchId, notFound);
}

async function showNamed(deps: SlackDeps, event: string, asker: Asker, name: string, notFound: string): Promise<void> {
  const tell = notifyUser(deps, asker);
  await deps.listen(event, tell, async () => {
    const shown = name && (await showBatch(deps, { workspaceId: deps.workspaceId, name, ...asker }));
    if (shown !== 'shown') await tell(notFound);
  });
}

/** A line or two: the list is to be looked through, and the whole prompt comes with the images. */
const lineLimit = 150;

/** At most ten batches, with a button each that brings one back. */
export function buildHistory(batches: readonly Batch[], previews: Previews): SlackMessage {
  const entries: types.KnownBlock[][] = [];
  for (const family of groupFamilies(batches)) {
    if (entries.length > 0) entries.push([{ type: 'divider' }]);
    for (const batch of family) {
      const isParentKnown = batch.parent?.id === family[0]?.id;
      const number = batches.indexOf(batch) + 1;
      entries.push(buildEntry(batch, number, { isParentKnown, preview: previews.get(batch.id) }));
    }
  }
  return slackMessage(words.historyTitle, [section(words.historyTitle), ...entries.flat()]);
}

interface EntryOptions {
  isParentKnown: boolean;
  preview: string | undefined;
}

function buildEntry(batch: Batch, number: number, { isParentKnown, preview }: EntryOptions): types.KnownBlock[] {
  const lines = [lineageLine(batch, isParentKnown), batch.prompt].filter(Boolean);
  const asked = lines.map((line) => shorten(line, lineLimit)).join('\n');
  const became = joinFacts([outcome(batch), words.batchName(batch)]);
  const alt_text = batch.pick ? imageAltText(batch.pick.number, batch) : sheetAltText(batch);
  const more = { value: buttonValue(batch), accessibility_label: words.showLabel(batch) };
  return [
    {
      type: 'section',
      text: plainText(asked),
      fields: [{ type: 'mrkdwn', text: readersTime(new Date(batch.requestedAt)), verbatim: true }, plainText(became)],
      ...(preview && { accessory: { type: 'image', image_url: preview, alt_text } }),
    },
    actions(button(`show_batch_${number}`, words.show, more)),
  ];
}
