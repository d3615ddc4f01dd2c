import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { type Click, decideClick, type RefusedClick } from '../../core/batch/actions.js';
import type { Batch, ClickedMessage } from '../../core/batch/batch.js';
import type { Job } from '../../core/batch/job.js';
import { batchReferenceSchema } from '../../core/ids.js';
import type { Stored } from '../../core/records.js';
import { clickAnswer } from '../../text/click.js';
import { mention } from '../api/escape.js';
import { notifyUser, sendToUser } from '../api/notify-user.js';
import type { SlackDeps } from '../deps.js';
import { readButtonValue } from '../message/image-buttons.js';

const containerSchema = z.object({ message_ts: z.string().optional(), is_ephemeral: z.boolean().optional() });

type Pressed = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** A click that the record allowed. */
export interface AllowedClick {
  stored: Stored<Batch>;
  /** Of the image whose button it was; 0 for the buttons of the whole batch. */
  number: number;
  userId: string;
  place: ClickedMessage;
  /** Where the click leaves some: whoever gets it has to see to its end. */
  job: Job | undefined;
}

/**
 * A button of a batch's message. The batch is looked for where the click was made, so a value from elsewhere finds
 * nothing; whoever may not, or comes too late, is told so in private.
 * @param want what the button asks of the record
 * @param act what follows once the record has it
 */
export function createBatchButton(
  deps: SlackDeps,
  event: string,
  want: (number: number, userId: string, place: ClickedMessage) => Click,
  act: (click: AllowedClick) => Promise<unknown>,
) {
  const { listen, workspaceId } = deps;
  return async ({ ack, body, action }: Pressed): Promise<void> => {
    await ack();
    const { user } = body;
    const place = readPlace(body);
    const clicker = { ...place, userId: user.id };
    await listen(event, notifyUser(deps, clicker), async () => {
      const target = readButtonValue(action.value);
      const reference = batchReferenceSchema.safeParse({
        workspaceId,
        channelId: place.channelId,
        id: target?.batchId,
      });
      const refuse = (refused: RefusedClick) =>
        sendToUser(deps, clicker, { text: clickAnswer(refused, user.id, mention) });
      if (!target || !reference.success) return refuse({ kind: 'unknown_batch' });
      const { number } = target;
      const outcome = await decideClick(deps, reference.data, want(number, user.id, place));
      if (outcome.kind !== 'done') return refuse(outcome);
      return act({ stored: outcome.stored, number, userId: user.id, place, job: outcome.job });
    });
  };
}

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export function readPlace({ channel, container, response_url }: BlockAction): ClickedMessage {
  const { message_ts, is_ephemeral = false } = containerSchema.safeParse(container).data ?? {};
  return {
    channelId: channel?.id ?? '',
    messageTs: message_ts,
    responseUrl: response_url,
    isPrivate: is_ephemeral,
  };
}
