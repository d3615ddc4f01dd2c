import { decideClick, lookClick, type RefusedClick } from '../../core/batch/actions.js';
import { threadIn } from '../../core/batch/plan-batch.js';
import { batchReferenceSchema } from '../../core/ids.js';
import { findModel } from '../../core/model-catalog.js';
import { formWords } from '../../text/form.js';
import { clickAnswer } from '../../text/user-message.js';
import type { SlackDeps } from '../deps.js';
import { buildNotice } from '../form/build-form.js';
import { openForm, prepareForm } from '../form/open-form.js';
import { readButtonValue } from '../message/elements.js';
import { findLink, type PressedButton } from './batch-buttons.js';

/** "Edit prompt": the form with the batch's prompt and settings, for a batch of the user's own. */
export async function editPrompt(deps: SlackDeps, { ack, body, action }: PressedButton): Promise<void> {
  await ack();
  const { workspaceId, newId } = deps;
  const { trigger_id, response_url: responseUrl, user, channel } = body;
  const draft = { workspaceId, userId: user.id, id: newId() };
  await openForm(deps, {
    event: 'edit',
    triggerId: trigger_id,
    asker: { userId: user.id, responseUrl },
    waiting: formWords.findingBatch,
    draft,
    async prepare() {
      const id = readButtonValue(action.value).batchId;
      const reference = batchReferenceSchema.safeParse({ workspaceId, channelId: channel?.id, id });
      const refuse = (refused: RefusedClick) => buildNotice(clickAnswer(refused, user.id, String));
      if (!reference.success) return refuse({ kind: 'unknown_batch' });
      const outcome = await decideClick(deps, reference.data, lookClick);
      if (outcome.kind !== 'done') return refuse(outcome);
      const { value: batch } = outcome.stored;
      const { prompt, settings, sent, images } = batch;
      const { channelId } = reference.data;
      const link = await findLink(deps, batch);
      const parent = { id: batch.id, ...(link && { link }) };
      const more = { channelId, threadTs: threadIn(batch, channelId), responseUrl, count: images.length, parent };
      const models = sent.flatMap(({ modelId }) => findModel(modelId) ?? []);
      const values = { prompt, ...settings, styleId: settings.styleId ?? '', models };
      return prepareForm(deps, { version: 1, ...draft, ...more }, values);
    },
  });
}
