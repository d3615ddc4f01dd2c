import { requireOffered } from '../../core/batch/offered-operations.js';
import { RequestError } from '../../core/errors.js';
import { findOperation } from '../../core/model-catalog.js';
import type { Draft } from '../../core/prompt/draft.js';
import { doubtLanguage } from '../../core/prompt/language/prompt-language.js';
import { doubtSentence, formWords, withTyped } from '../../text/form.js';
import { within } from '../api/listen.js';
import { notifyUser } from '../api/notify-user.js';
import type { SlackDeps } from '../deps.js';
import { readMetadata } from '../form/build-form.js';
import type { Submitted } from '../form/handle-form.js';
import { removeDraft } from '../form/open-form.js';
import { findEmptyFields, firstField, type OperationValues, readOperationForm } from '../form/operation-form.js';
import { loadSource, startOperation } from './operate.js';

/** Slack waits 3 seconds for the answer. */
const maxMilliseconds = 1200;

/**
 * "Draw" in the form for an operation: mistakes are told at their fields, a doubt about the language once. Then the modal
 * below closes too, if there is one.
 */
export async function submitOperation(deps: SlackDeps, { ack, body, view }: Submitted): Promise<void> {
  const { drafts, workspaceId, log } = deps;
  const reference = { workspaceId, userId: body.user.id, id: readMetadata(view.private_metadata).draftId };
  const onError = (error: unknown) => log.warn('draft not read', { draft: reference.id, error });
  const onSaveError = (error: unknown) => log.warn('warning not kept', { draft: reference.id, error }); // told again
  const draft = await within(maxMilliseconds, drafts.load(reference), onError);
  const values = readOperationForm(view.state.values);
  const field = firstField(view.state.values);
  const doubt = draft && findDoubt(draft, values);
  const errors = {
    ...(field && doubt && { [field]: doubt }),
    ...(field && !draft && { [field]: formWords.unknownForm }),
    ...findEmptyFields(view.state.values),
  };
  if (draft && doubt) await within(maxMilliseconds, drafts.save(withWarning(draft)), onSaveError);
  if (Object.keys(errors).length > 0) return ack({ response_action: 'errors', errors });
  await ack({ response_action: 'clear' });
  const notify = notifyUser(deps, { userId: body.user.id, responseUrl: draft?.responseUrl });
  const tell = (sentence: string) => notify(withTyped(sentence, [values.target, values.text]));
  await deps.listen('operation', tell, () => startFromForm(deps, draft, values));
  const below = draft?.operation?.below;
  await Promise.all([reference, ...(below ? [{ ...reference, id: below }] : [])].map((one) => removeDraft(deps, one)));
}

async function startFromForm(deps: SlackDeps, draft: Draft | undefined, values: OperationValues): Promise<void> {
  if (!draft?.operation) throw new RequestError({ kind: 'form_unknown' });
  const { userId: requesterId, channelId, responseUrl, visibility, operation } = draft;
  const batch = await loadSource(deps, operation.batch, requesterId);
  const wanted = { operation: requireOffered(deps.operations, operation.name), number: operation.number, ...values };
  await startOperation(deps, batch, wanted, { requesterId, channelId, responseUrl, visibility });
}

/** Said once: pressing Draw again draws it as it is. */
function findDoubt({ operation }: Draft, { target, text }: OperationValues): string | undefined {
  if (!operation || operation.warned || !text) return undefined;
  const doubt = doubtLanguage([target, text].filter(Boolean).join(' '), [findOperation(operation.name).model]);
  return doubt && doubtSentence(doubt);
}

function withWarning(draft: Draft): Draft {
  return draft.operation ? { ...draft, operation: { ...draft.operation, warned: true } } : draft;
}
