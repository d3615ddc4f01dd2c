import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { type Batch, batchReferenceSchema } from '../../core/batch.js';
import { type Click, type RefusedClick, strangersClick } from '../../core/click.js';
import type { OpenWork } from '../../core/open-work.js';
import { clickAnswer } from '../../core/sentences/click.js';
import { readButtonValue } from '../blocks/image-buttons.js';
import { mention } from '../escape.js';
import { tellByResponseUrl } from '../listen.js';
import type { ListenerServices } from '../listener-services.js';
import { answerPrivately } from '../response-url.js';

type Pressed = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs;

/** A click that the record allowed. */
export interface AllowedClick {
  batch: Batch;
  /** Of the picture whose button it was; 0 for the buttons of the whole batch. */
  number: number;
  userId: string;
  responseUrl: string;
  /** Where the click leaves some: whoever gets it has to see to its end. */
  work: OpenWork | undefined;
}

/**
 * A button of a batch's message. The batch is looked for where the click was made, so a value from elsewhere finds
 * nothing; whoever may not, or comes too late, is told so in private.
 * @param want what the button asks of the record
 * @param act what follows once the record has it
 */
export function createBatchButton(
  { decideClick, listen, workspaceId, isStranger }: ListenerServices,
  event: string,
  want: (number: number, userId: string, responseUrl: string) => Click,
  act: (click: AllowedClick) => Promise<unknown>,
) {
  return async ({ ack, body, action }: Pressed): Promise<void> => {
    await ack();
    const { response_url: responseUrl, user } = body;
    await listen(event, tellByResponseUrl(responseUrl), async () => {
      const target = readButtonValue(action.value);
      const reference = batchReferenceSchema.safeParse({
        workspaceId,
        channelId: body.channel?.id,
        id: target?.batchId,
      });
      const refuse = (refused: RefusedClick) =>
        answerPrivately(responseUrl, { text: clickAnswer(refused, user.id, mention) });
      if (!target || !reference.success) return refuse({ kind: 'unknown_batch' });
      const { number } = target;
      const outcome = await decideClick(
        reference.data,
        isStranger(user) ? strangersClick : want(number, user.id, responseUrl),
      );
      if (outcome.kind !== 'done') return refuse(outcome);
      return act({ batch: outcome.batch, number, userId: user.id, responseUrl, work: outcome.work });
    });
  };
}
