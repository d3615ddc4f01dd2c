import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewClosedAction, ViewSubmitAction } from '@slack/bolt';
import { type FormRequest, readForm } from '../../core/command/read-form.js';
import type { Draft, DraftReference } from '../../core/draft.js';
import { doubtLanguage } from '../../core/language/check-language.js';
import { fieldSentence, formWords } from '../../core/sentences/form.js';
import { escapeText } from '../escape.js';
import { type Tell, tellByResponseUrl } from '../listen.js';
import { imagesPerBatch, type ListenerServices } from '../listener-services.js';
import { buildForm } from '../modal/build-form.js';
import { blockIds, promptBlockId } from '../modal/form-ids.js';
import { readMetadata } from '../modal/metadata.js';
import { readValues } from '../modal/read-values.js';

type Submitted = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs;

/** "Draw": mistakes are told at their fields, a doubt about the language once, and then the batch starts. */
export function createSubmitForm(services: ListenerServices) {
  const { offered, drafts, workspaceId } = services;
  return async ({ ack, body, view }: Submitted): Promise<void> => {
    const { draftId, round, warned } = readMetadata(view.private_metadata);
    const reference = { workspaceId, userId: body.user.id, id: draftId };
    const values = readValues(view.state.values, round);
    const read = readForm(values, offered, imagesPerBatch);
    if (read.kind === 'complaints') {
      const errors = [...read.complaints].map(([field, complaint]) => [
        field === 'prompt' ? promptBlockId(round) : blockIds[field],
        fieldSentence(complaint),
      ]);
      return ack({ response_action: 'errors', errors: Object.fromEntries(errors) });
    }
    const draft = await loadDraft(services, reference);
    if (!draft) return ack({ response_action: 'errors', errors: { [promptBlockId(round)]: formWords.unknownForm } });
    if (!warned && doubtLanguage(read.prompt, read.models)) {
      return ack({ response_action: 'update', view: buildForm({ draft, values, offered, round }) });
    }
    await ack();
    await services.listen('form', tellOf(services, draft, body.user.id), async () => {
      await startFromForm(services, draft, read, body.user.id);
      await drafts.remove(reference);
    });
  };
}

/** undefined where there is none of this person's, or none that can be read now: the form stays open with all its words. */
async function loadDraft({ drafts, log }: ListenerServices, reference: DraftReference): Promise<Draft | undefined> {
  try {
    return await drafts.load(reference);
  } catch (error) {
    log.warn('draft not read', { draft: reference.id, error });
    return undefined;
  }
}

function tellOf({ clients }: ListenerServices, { channelId, responseUrl }: Draft, userId: string): Tell {
  if (responseUrl) return tellByResponseUrl(responseUrl);
  return (sentence) =>
    clients.once.chat.postEphemeral({ channel: channelId, user: userId, text: escapeText(sentence) });
}

function startFromForm(
  { startBatch, workspaceId }: ListenerServices,
  { channelId, threadTs, parent, responseUrl, count = imagesPerBatch }: Draft,
  { prompt, negativePrompt, aspectRatio, style, seed, models }: FormRequest,
  requesterId: string,
): Promise<void> {
  return startBatch({
    workspaceId,
    channelId,
    threadTs,
    requesterId,
    prompt,
    negativePrompt,
    aspectRatio,
    style,
    seed,
    models,
    count,
    parent,
    responseUrl,
  });
}

/** A form that was closed leaves nothing behind. */
export function createForgetForm({ drafts, workspaceId, log }: ListenerServices) {
  return async ({ ack, body, view }: SlackViewMiddlewareArgs<ViewClosedAction> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const { draftId } = readMetadata(view.private_metadata);
    await drafts
      .remove({ workspaceId, userId: body.user.id, id: draftId })
      .catch((error: unknown) => log.warn('draft not removed', { draft: draftId, error }));
  };
}
