import { decideClick, lookClick, type RefusedClick } from '../../core/batch/actions.js';
import { threadIn } from '../../core/batch/plan-batch.js';
import { batchReferenceSchema } from '../../core/ids.js';
import { findModel } from '../../core/model-catalog.js';
import type { Draft } from '../../core/prompt/draft.js';
import { formWords } from '../../text/form.js';
import { clickAnswer } from '../../text/user-message.js';
import { findLink } from '../api/find-link.js';
import { notifyUser } from '../api/notify-user.js';
import type { SlackDeps } from '../deps.js';
import { buildNotice } from '../form/build-form.js';
import { openForm } from '../form/open-form.js';
import { prepareForm, removeDraft } from '../form/prepare-form.js';
import { readButtonValue } from '../message/image-buttons.js';
import type { BatchButton } from './batch-buttons.js';

/** "Edit prompt": the form with the batch's prompt and settings, for a batch of the user's own. */
export async function editPrompt(deps: SlackDeps, { ack, body, action }: Parameters<BatchButton>[0]): Promise<void> {
  await ack();
  const { workspaceId, newId } = deps;
  const draftReference = { workspaceId, userId: body.user.id, id: newId() };
  await openForm(deps, {
    event: 'edit',
    triggerId: body.trigger_id,
    tell: notifyUser(deps, { userId: body.user.id, responseUrl: body.response_url }),
    waiting: formWords.findingBatch,
    graceMilliseconds: 500,
    prepare: async () => {
      const id = readButtonValue(action.value)?.batchId;
      const reference = batchReferenceSchema.safeParse({ workspaceId, channelId: body.channel?.id, id });
      const refuse = (refused: RefusedClick) => buildNotice(clickAnswer(refused, body.user.id, String));
      if (!reference.success) return refuse({ kind: 'unknown_batch' });
      const outcome = await decideClick(deps, reference.data, lookClick);
      if (outcome.kind !== 'done') return refuse(outcome);
      const { value: batch } = outcome.stored;
      const { channelId } = reference.data;
      const link = await findLink(deps, batch);
      const draft: Draft = {
        version: 1,
        ...draftReference,
        channelId,
        threadTs: threadIn(batch, channelId),
        responseUrl: body.response_url,
        count: batch.images.length,
        parent: { id: batch.id, ...(link && { link }) },
      };
      const { prompt, settings, sent } = batch;
      const models = sent.flatMap(({ modelId }) => findModel(modelId) ?? []);
      return prepareForm(deps, draft, { prompt, ...settings, styleId: settings.styleId ?? '', models });
    },
    forget: () => removeDraft(deps, draftReference),
  });
}
