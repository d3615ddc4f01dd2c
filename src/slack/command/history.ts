import type { SlashCommand, types } from '@slack/bolt';
import type { Batch } from '../../core/batch/batch.js';
import { listOwnBatches, showBatch } from '../../core/batch/history.js';
import { batchReferenceSchema } from '../../core/ids.js';
import { shorten } from '../../core/shorten.js';
import { historyTitle, notFound, nothingAskedFor, outcomeLine, show, showLabel } from '../../text/batch.js';
import { clickAnswer } from '../../text/user-message.js';
import { type BatchButton, readClickedMessage } from '../actions/batch-buttons.js';
import { escapeText } from '../api/escape.js';
import { type Asker, askerOf, notifyUser, sendToUser } from '../api/notify-user.js';
import type { SlackMessage } from '../api/response-url.js';
import type { SlackDeps } from '../deps.js';
import { plainText, section, slackMessage } from '../message/elements.js';
import { buttonValue, readButtonValue, wholeBatch } from '../message/image-buttons.js';

/** As the recipe line names batches: `show 7f3a2c`, `show batch 7F3A2C`, or the whole ID. */
const showPattern = /^show\s+(?:batch\s+)?([0-9a-hjkmnp-tv-z]{6}|[0-7][0-9a-hjkmnp-tv-z]{25})$/i;

/** Whether a command asks for earlier batches: the user's last ones, or one by its name. Any other text is a prompt. */
export function readHistoryCommand(text: string): { kind: 'list' } | { kind: 'show'; name: string } | undefined {
  if (/^(?:history|show)$/i.test(text)) return { kind: 'list' };
  const name = showPattern.exec(text)?.[1];
  return name === undefined ? undefined : { kind: 'show', name };
}

/** `/imagine history` and `/imagine show 7f3a2c`, acknowledged already. */
export async function answerHistoryCommand(
  deps: SlackDeps,
  wanted: NonNullable<ReturnType<typeof readHistoryCommand>>,
  command: SlashCommand,
): Promise<void> {
  const asker = askerOf(command);
  await deps.listen(`command ${wanted.kind}`, notifyUser(deps, asker), async () => {
    if (wanted.kind === 'show') return showNamed(deps, asker, wanted.name, notFound(wanted.name, command.command));
    const batches = await listOwnBatches(deps, { workspaceId: deps.workspaceId, userId: asker.userId });
    const nothing = { text: escapeText(nothingAskedFor(command.command)) };
    return sendToUser(deps, asker, batches.length > 0 ? buildHistory(batches) : nothing);
  });
}

/** "Show" in the list: the same as the command. */
export async function showListed(deps: SlackDeps, { ack, body, action }: Parameters<BatchButton>[0]): Promise<void> {
  await ack();
  const { channelId, responseUrl } = readClickedMessage(body);
  const asker = { userId: body.user.id, channelId, responseUrl };
  await deps.listen('show', notifyUser(deps, asker), async () => {
    const id = batchReferenceSchema.shape.id.safeParse(readButtonValue(action.value)?.batchId).data;
    const unknown = clickAnswer({ kind: 'unknown_batch' }, asker.userId, String);
    return id ? showNamed(deps, asker, id, unknown) : sendToUser(deps, asker, { text: unknown });
  });
}

async function showNamed(deps: SlackDeps, asker: Asker, name: string, notFoundSentence: string): Promise<void> {
  const outcome = await showBatch(deps, { workspaceId: deps.workspaceId, name, ...asker });
  if (outcome === 'not_found') await sendToUser(deps, asker, { text: escapeText(notFoundSentence) });
}

/** A line or two: the list is to be looked through, and the whole prompt comes with the images. */
const promptLimit = 150;

/** Earlier batches with a button each that brings one back. */
function buildHistory(batches: readonly Batch[]): SlackMessage {
  return slackMessage(historyTitle, [section(historyTitle), ...batches.map(buildEntry)]);
}

function buildEntry(batch: Batch, index: number): types.SectionBlock {
  return {
    type: 'section',
    text: plainText(shorten(batch.prompt, promptLimit)),
    fields: [{ type: 'mrkdwn', text: readersTime(batch.requestedAt), verbatim: true }, plainText(outcomeLine(batch))],
    accessory: {
      type: 'button',
      action_id: `show_batch_${index + 1}`,
      value: buttonValue(batch, wholeBatch),
      text: plainText(show),
      accessibility_label: showLabel(batch),
    },
  };
}

/** Slack writes it for the reader's own place and time zone: https://docs.slack.dev/messaging/formatting-message-text#date-formatting */
function readersTime(isoTime: string): string {
  const seconds = Math.floor(Date.parse(isoTime) / 1000);
  return `<!date^${seconds}^{date_short_pretty} {time}|${isoTime.slice(0, 16).replace('T', ' ')} UTC>`;
}
