import type { types } from '@slack/bolt';
import type { Batch } from '../../core/batch/batch.js';
import { listOwnBatches, showBatch } from '../../core/batch/history.js';
import { shorten } from '../../core/shorten.js';
import { joinFacts, outcome, words } from '../../text/batch.js';
import { clickAnswer } from '../../text/user-message.js';
import { type PressedButton, readClickedMessage } from '../actions/handle-click.js';
import { readersTime } from '../api/mrkdwn.js';
import { type Asker, askerOf, notifyUser, sendToUser, type TypedCommand } from '../api/notify-user.js';
import type { SlackDeps } from '../deps.js';
import { button, buttonValue, plainText, readButtonValue, section, slackMessage } from '../message/elements.js';

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
    const entries = batches.map(buildEntry); // with a button each that brings one back
    return sendToUser(deps, asker, slackMessage(words.historyTitle, [section(words.historyTitle), ...entries]));
  });
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
const promptLimit = 150;

function buildEntry(batch: Batch, index: number): types.SectionBlock {
  const became = joinFacts([outcome(batch), words.batchName(batch)]);
  const more = { value: buttonValue(batch), accessibility_label: words.showLabel(batch) };
  return {
    type: 'section',
    text: plainText(shorten(batch.prompt, promptLimit)),
    fields: [{ type: 'mrkdwn', text: readersTime(new Date(batch.requestedAt)), verbatim: true }, plainText(became)],
    accessory: button(`show_batch_${index + 1}`, words.show, more),
  };
}
