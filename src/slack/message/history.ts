import type { types } from '@slack/bolt';
import type { Batch } from '../../core/batch/batch.js';
import { shorten } from '../../core/shorten.js';
import { historyTitle, outcomeLine, show, showLabel } from '../../text/history.js';
import { plainText, type SlackMessage, section, slackMessage } from './elements.js';
import { buttonValue, wholeBatch } from './image-buttons.js';

/** A line or two: the list is to be looked through, and the whole prompt comes with the images. */
const promptLimit = 150;

/** Earlier batches with a button each that brings one back. */
export function buildHistory(batches: readonly Batch[]): SlackMessage {
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
