import type { BlockAction, ButtonAction, SlackActionMiddlewareArgs, types } from '@slack/bolt';
import { z } from 'zod';
import * as clicks from '../../core/batch/actions.js';
import type { Batch, ClickedMessage } from '../../core/batch/batch.js';
import type { Job } from '../../core/batch/job.js';
import { batchReferenceSchema } from '../../core/ids.js';
import type { Draft } from '../../core/prompt/draft.js';
import type { Stored } from '../../core/records.js';
import { formWords } from '../../text/form.js';
import { clickAnswer, unnamed } from '../../text/user-message.js';
import { within } from '../api/listen.js';
import { mention } from '../api/mrkdwn.js';
import { notifyUser, sendToUser } from '../api/notify-user.js';
import type { SlackDeps } from '../deps.js';
import { buildNotice, readMetadata } from '../form/build-form.js';
import { openForm } from '../form/open-form.js';
import { readButtonValue } from '../message/elements.js';

export type PressedButton = SlackActionMiddlewareArgs<BlockAction<ButtonAction>>;

export interface Button {
  event: string;
  /** What the button asks of the record. `number` is the image's, or 0 in buttons for the whole batch. */
  want(number: number, userId: string, clicked: ClickedMessage): clicks.Click;
  /** What follows once the record has it. Must run or enqueue `job`, if there is one. */
  act(click: {
    stored: Stored<Batch>;
    number: number;
    userId: string;
    clicked: ClickedMessage;
    job: Job | undefined;
  }): Promise<void>;
  /** What follows once the user was told why not. */
  onRefusal?(refused: clicks.RefusedClick, clicked: ClickedMessage): Promise<void>;
}

/** What a click carries, whichever element was clicked. */
export interface BatchClick {
  body: BlockAction;
  batchId: string;
  /** Of an image; 0 for the batch as a whole. */
  number: number;
}

/** Acknowledged already. A user whose click is refused is told why in private. */
export async function handleClick(
  deps: SlackDeps,
  { body, batchId, number }: BatchClick,
  { event, want, act, onRefusal }: Button,
): Promise<void> {
  const userId = body.user.id;
  const clicked = readClickedMessage(body);
  const clicker = { userId, responseUrl: clicked.responseUrl };
  await deps.listen(event, notifyUser(deps, clicker), async () => {
    const click = clicks.clickBy(userId, want(number, userId, clicked));
    const outcome = await decide(deps, clicked.channelId, batchId, click);
    if (outcome.kind !== 'done') {
      await sendToUser(deps, clicker, { text: clickAnswer(outcome, userId, mention) });
      return onRefusal?.(outcome, clicked);
    }
    return act({ stored: outcome.stored, number, userId, clicked, job: outcome.job });
  });
}

export async function pressButton(
  deps: SlackDeps,
  { ack, body, action }: PressedButton,
  button: Button,
): Promise<void> {
  await ack();
  await handleClick(deps, { body, ...readButtonValue(action.value) }, button);
}

/** A modal about a batch, open to everyone who sees its message; on top of the one in which the click was made, if any. */
export async function openBatchModal(
  deps: SlackDeps,
  { body, batchId }: BatchClick,
  event: string,
  build: (deps: SlackDeps, batch: Batch, draft: Draft, origin: Origin) => Promise<types.ModalView>,
): Promise<void> {
  const userId = body.user.id;
  const origin = await findOrigin(deps, body);
  const { channelId, responseUrl } = origin;
  await openForm(deps, {
    event,
    triggerId: body.trigger_id,
    isOnTop: body.view !== undefined,
    asker: { userId, responseUrl },
    waiting: formWords.findingBatch,
    async prepare(draft) {
      const outcome = await decide(deps, channelId, batchId, clicks.clickBy(userId, clicks.lookClick));
      if (outcome.kind !== 'done') return buildNotice(clickAnswer(outcome, userId, unnamed));
      return build(deps, outcome.stored.value, { ...draft, channelId }, origin);
    },
  });
}

/** Looks for the batch in the channel where the click was made, so that a value from elsewhere finds nothing. */
export async function decide(
  deps: SlackDeps,
  channelId: string,
  id: string,
  click: clicks.Click,
): Promise<clicks.ClickOutcome> {
  const reference = batchReferenceSchema.safeParse({ workspaceId: deps.workspaceId, channelId, id });
  return reference.success ? clicks.decideClick(deps, reference.data, click) : { kind: 'unknown_batch' };
}

export type Origin = Pick<ClickedMessage, 'channelId' | 'isPrivate'> & {
  responseUrl: string | undefined;
  /** Of the modal in which the click was made. */
  draftId?: string;
};

/** A trigger_id lives 3 seconds: better no response_url than no answer. */
const maxMilliseconds = 1000;

/** Where a click was made; in a modal, where its message is. */
async function findOrigin({ drafts, workspaceId, log }: SlackDeps, body: BlockAction): Promise<Origin> {
  if (!body.view) return readClickedMessage(body);
  const { channelId, draftId, visibility } = readMetadata(body.view.private_metadata);
  const onError = (error: unknown) => log.warn('draft not read', { draft: draftId, error });
  const loading = drafts.load({ workspaceId, userId: body.user.id, id: draftId });
  const draft = await within(maxMilliseconds, loading, onError);
  return { channelId, draftId, responseUrl: draft?.responseUrl, isPrivate: visibility === 'private' };
}

const containerSchema = z.object({ message_ts: z.string().optional(), is_ephemeral: z.boolean().optional() });

const shownSchema = z.object({
  blocks: z.array(z.object({ slack_file: z.object({ id: z.string() }).optional().catch(undefined) })),
});

/** https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export function readClickedMessage({ channel, container, message, response_url }: BlockAction): ClickedMessage {
  const { message_ts, is_ephemeral = false } = containerSchema.safeParse(container).data ?? {};
  const [fileId] = (shownSchema.safeParse(message).data?.blocks ?? []).flatMap(
    ({ slack_file }) => slack_file?.id ?? [],
  );
  const channelId = channel?.id ?? '';
  return { channelId, messageTs: message_ts, responseUrl: response_url, isPrivate: is_ephemeral, fileId };
}
