import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewClosedAction, ViewSubmitAction } from '@slack/bolt';
import { startBatch } from '../../core/batch/start-batch.js';
import { RequestError } from '../../core/errors.js';
import { type CheckedRequest, checkRequest } from '../../core/prompt/command/check-request.js';
import type { ReadRequest, ValidationIssue } from '../../core/prompt/command/flags.js';
import type { Draft } from '../../core/prompt/draft.js';
import { doubtLanguage } from '../../core/prompt/language/prompt-language.js';
import { shorten } from '../../core/shorten.js';
import { fieldSentence, formWords } from '../../text/form.js';
import { notifyUser } from '../api/notify-user.js';
import { within } from '../api/within.js';
import { imagesPerBatch, type SlackDeps } from '../deps.js';
import { buildForm, readMetadata } from './build-form.js';
import { blockIds, type FormValues, promptBlockId, readValues, textInputLimit } from './form-fields.js';
import { removeDraft } from './prepare-form.js';

/** Slack waits 3 seconds for the answer; a form that stays open needs its draft first. */
const maxMilliseconds = 1500;

/** "Draw": mistakes are told at their fields, a doubt about the language once, and then the batch starts. */
export async function submitForm(
  deps: SlackDeps,
  { ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs,
): Promise<void> {
  const { offered, workspaceId } = deps;
  const { channelId, draftId, round, warned } = readMetadata(view.private_metadata);
  const reference = { workspaceId, userId: body.user.id, id: draftId };
  const withoutDraft: Draft = { version: 1, ...reference, channelId };
  const values = readValues(view.state.values, round);
  const { request, issues } = checkRequest(readForm(values), offered, imagesPerBatch);
  if (issues.length > 0) return ack({ response_action: 'errors', errors: errorsOf(issues, round) });
  const loading = loadDraft(deps, withoutDraft);
  const soon = (await within(maxMilliseconds, loading, () => undefined)) ?? withoutDraft;
  if (soon === 'unknown') {
    return ack({ response_action: 'errors', errors: { [promptBlockId(round)]: formWords.unknownForm } });
  }
  if (!warned && doubtLanguage(request.prompt, request.models)) {
    return ack({ response_action: 'update', view: buildForm({ draft: soon, values, offered, round }) });
  }
  await ack();
  const draft = await loading;
  const { responseUrl } = draft === 'unknown' ? withoutDraft : draft;
  await deps.listen('form', notifyUser(deps, { userId: body.user.id, responseUrl }), () => {
    if (draft === 'unknown') throw new RequestError({ kind: 'form_unknown' });
    return startFromForm(deps, draft, request);
  });
  await removeDraft(deps, reference);
}

/** As a command would ask for it; an empty field leaves it open. */
export function readForm({ prompt, negativePrompt, aspectRatio, style, model, seed }: FormValues): ReadRequest {
  const given = (text: string) => (text.trim() ? [text.trim()] : []);
  const choices = { ar: given(aspectRatio), style: given(style), model: given(model) };
  return { prompt: prompt.trim(), values: { no: given(negativePrompt), seed: given(seed), ...choices }, issues: [] };
}

/** The first issue of each field. */
function errorsOf(issues: readonly ValidationIssue[], round: number): Record<string, string> {
  const { prompt: _, negativePrompt: no, aspectRatio: ar, ...others } = blockIds;
  const blocks: Readonly<Record<string, string>> = { ...others, no, ar };
  return Object.fromEntries(
    issues.toReversed().map((issue) => [blocks[issue.flag] ?? promptBlockId(round), fieldSentence(issue)]),
  );
}

/**
 * If the bucket does not answer, the form itself still says where to draw, so only the post and the answer address are
 * lost. A form whose draft the bucket does not have is not this user's.
 */
async function loadDraft(
  { drafts, log }: Pick<SlackDeps, 'drafts' | 'log'>,
  withoutDraft: Draft,
): Promise<Draft | 'unknown'> {
  try {
    return (await drafts.load(withoutDraft)) ?? 'unknown';
  } catch (error) {
    log.warn('draft not read', { draft: withoutDraft.id, error });
    return withoutDraft;
  }
}

function startFromForm(
  deps: SlackDeps,
  { workspaceId, userId, channelId, threadTs, parent, responseUrl, wholePrompt, count = imagesPerBatch }: Draft,
  { prompt, ...request }: CheckedRequest,
): Promise<void> {
  const isUntouched = wholePrompt !== undefined && prompt === shorten(wholePrompt, textInputLimit).trim();
  return startBatch(deps, {
    ...request,
    workspaceId,
    channelId,
    threadTs,
    requesterId: userId,
    prompt: isUntouched ? wholePrompt : prompt,
    count,
    parent,
    responseUrl,
  });
}

/** A form that was closed leaves nothing behind. */
export async function forgetForm(
  deps: Pick<SlackDeps, 'workspaceId' | 'drafts' | 'log'>,
  { ack, body, view }: SlackViewMiddlewareArgs<ViewClosedAction> & AllMiddlewareArgs,
): Promise<void> {
  await ack();
  const { draftId } = readMetadata(view.private_metadata);
  await removeDraft(deps, { workspaceId: deps.workspaceId, userId: body.user.id, id: draftId });
}
