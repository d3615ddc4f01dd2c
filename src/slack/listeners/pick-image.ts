import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { batchReferenceSchema } from '../../core/batch.js';
import type { KeepPick } from '../../core/keep-pick.js';
import type { PickImage, PickOutcome } from '../../core/pick-image.js';
import { alreadyPicked, onlyRequesterPicks, words } from '../../core/sentences.js';
import { readButtonValue } from '../blocks/image-buttons.js';
import { escapeText, mention } from '../escape.js';
import type { Listen } from '../listen.js';
import { answerPrivately } from '../response-url.js';

export interface PickImageListenerOptions {
  pickImage: PickImage;
  /** Shows the picked picture and keeps it for good. */
  keepPick: KeepPick;
  listen: Listen;
  workspaceId: string;
}

/** "Use this one". The batch is looked for where the click was made: a value from elsewhere finds nothing. */
export function createPickImageListener({ pickImage, keepPick, listen, workspaceId }: PickImageListenerOptions) {
  return async ({
    ack,
    body,
    action,
  }: SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    await listen('pick', body.response_url, async () => {
      const target = readButtonValue(action.value);
      const reference = batchReferenceSchema.safeParse({
        workspaceId,
        channelId: body.channel?.id,
        id: target?.batchId,
      });
      const outcome: PickOutcome =
        target && reference.success
          ? await pickImage(reference.data, target.number, body.user.id)
          : { kind: 'unknown_batch' };
      if (outcome.kind === 'picked') return keepPick(outcome.batch, body.response_url);
      await answerPrivately(body.response_url, { text: answerTo(outcome) });
    });
  };
}

/** mrkdwn: the only markup in it is the mention of a person by an id from the record. */
function answerTo(outcome: Exclude<PickOutcome, { kind: 'picked' }>): string {
  switch (outcome.kind) {
    case 'already_picked':
      return alreadyPicked(outcome.pick.number, mention(outcome.pick.pickedBy));
    case 'not_yours':
      return onlyRequesterPicks(mention(outcome.batch.requesterId));
    case 'not_there':
      return escapeText(words.notThere);
    case 'unknown_batch':
      return escapeText(words.unknownBatch);
    case 'unreadable_batch':
      return escapeText(words.unreadableBatch);
  }
}
