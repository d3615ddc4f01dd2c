import type {
  BlockAction,
  SlackActionMiddlewareArgs,
  SlackViewMiddlewareArgs,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';
import type { Batch } from '../../core/batch/batch.js';
import { type ImageRequest, imagesPerBatch } from '../../core/batch/plan-batch.js';
import { startBatch } from '../../core/batch/start-batch.js';
import { RequestError } from '../../core/errors.js';
import { operations } from '../../core/model-catalog.js';
import { type CheckedRequest, checkRequest } from '../../core/prompt/command/check-request.js';
import type { ReadRequest, ValidationIssue } from '../../core/prompt/command/flags.js';
import type { Draft } from '../../core/prompt/draft.js';
import { doubtLanguage } from '../../core/prompt/language/prompt-language.js';
import { withoutPersonalData } from '../../core/prompt/post/personal-data.js';
import { promptFromOwnWords } from '../../core/prompt/post/post-prompt.js';
import { shorten } from '../../core/shorten.js';
import { fieldSentence, formWords, withTyped } from '../../text/form.js';
import { within } from '../api/listen.js';
import { notifyUser } from '../api/notify-user.js';
import type { SlackDeps } from '../deps.js';
import { tellThread } from '../message/permalink.js';
import { buildForm, type FormOptions, readMetadata } from './build-form.js';
import { blockIds, type FormValues, type IdeaValues, textInputLimit } from './form-fields.js';
import { chosenPrompts, dealOut, ownWords } from './idea-fields.js';
import { imageOfDraft } from './image-fields.js';
import { isOutdated, removeDraft, updateView } from './open-form.js';
import { readOpenForm } from './read-form.js';
import { forgetImage, takeImage } from './take-image.js';

type Changed = SlackActionMiddlewareArgs<BlockAction>;
export type Submitted = SlackViewMiddlewareArgs<ViewSubmitAction>;
type Closed = SlackViewMiddlewareArgs<ViewClosedAction>;

/** "Use the post's own text", without personal data: only the prompt changes, the other fields stay as they are. */
export async function useOwnWords(deps: SlackDeps, { ack, body: { view, user } }: Changed): Promise<void> {
  await ack();
  if (!view) return; // the button is in modals only
  const { clients, drafts, listen } = deps;
  const { withoutDraft, formFor } = readOpenForm(deps, user.id, view);
  const show = (shown: FormOptions) => updateView(clients, { id: view.id, hash: undefined }, buildForm(shown));
  const say = (notice: string) => show({ ...formFor(withoutDraft), notice });
  await listen('own words', say, async () => {
    const draft = await drafts.load(withoutDraft);
    if (!draft?.post) return say(formWords.ownWordsGone);
    const { text, isTyped, material } = draft.post;
    const words = material?.text ?? withoutPersonalData(text).text;
    const prompt = isTyped ? text : promptFromOwnWords(words, textInputLimit);
    const kept = isTyped && text.length > textInputLimit ? { ...draft, wholePrompt: text } : draft;
    if (kept !== draft) await drafts.save(kept);
    const form = formFor(kept);
    const values = { ...form.values, prompt, ...(draft.ideas && { choice: ownWords }) };
    return show({ ...form, values, round: form.round + 1 });
  });
}

/** Another model, or use of an image: its price, and whether it reads the prompt's language. A form that cannot be updated still draws. */
export async function changeModel(deps: SlackDeps, { ack, body: { view, user } }: Changed): Promise<void> {
  await ack();
  if (!view) return; // the menu is in modals only
  const { clients, drafts, log } = deps;
  try {
    const { withoutDraft, formFor } = readOpenForm(deps, user.id, view);
    const show = async (hash: string | undefined) => {
      const draft = await drafts.load(withoutDraft);
      if (draft) await updateView(clients, { id: view.id, hash }, buildForm(formFor(draft)));
    };
    await show(view.hash).catch((error: unknown) => {
      if (!isOutdated(error)) throw error;
      return show(undefined); // ideas came meanwhile: now the draft has them
    });
  } catch (error) {
    log.warn('cost not updated', { draft: readMetadata(view.private_metadata).draftId, error });
  }
}

/** Slack waits 3 seconds for the answer; a form that stays open needs its draft first. */
const maxMilliseconds = 1500;

/** "Draw": mistakes are told at their fields, a doubt about the language once, and then the batch starts. */
export async function submitForm(deps: SlackDeps, { ack, body, view }: Submitted): Promise<void> {
  const { withoutDraft, warned, form, formFor, rounds, fileIssue } = readOpenForm(deps, body.user.id, view);
  const { values, image } = form;
  const use = image ? operations.find(({ name, of }) => of === 'given' && name === values.imageUse) : undefined;
  const check = (prompt: string) =>
    use
      ? checkRequest(readForm({ ...values, prompt, model: '', aspectRatio: '' }), [use.model], imagesPerBatch)
      : checkRequest(readForm({ ...values, prompt }), deps.offered, imagesPerBatch);
  const chosen = chosenPrompts(values, rounds, undefined);
  const [{ blockId, prompt }] = chosen;
  const { request } = check(prompt);
  const refuse = (errors: Record<string, string>) => ack({ response_action: 'errors', errors });
  const issues = chosen.map((one) => errorsOf(check(one.prompt).issues, one.blockId));
  const errors: Record<string, string> = {
    ...Object.assign({}, ...issues),
    ...(fileIssue && { [blockIds.image]: fileIssue }),
  };
  if (Object.keys(errors).length > 0) return refuse(errors);
  const loading = loadDraft(deps, withoutDraft);
  const soon = (await within(maxMilliseconds, loading, () => undefined)) ?? withoutDraft;
  if (soon === 'unknown' || (use && image === imageOfDraft && !soon.image))
    return refuse({ [blockId]: formWords.unknownForm });
  const isDoubtful = chosen.some((one) => doubtLanguage(one.prompt, request.models));
  if (!warned && isDoubtful) return ack({ response_action: 'update', view: buildForm(formFor(soon)) });
  await ack();
  const draft = await loading;
  const { userId, responseUrl } = draft === 'unknown' ? withoutDraft : draft;
  const notify = notifyUser(deps, { userId, responseUrl });
  const tell = (sentence: string) => notify(withTyped(sentence, [request.prompt]));
  await deps.listen('form', tell, async () => {
    if (draft === 'unknown') throw new RequestError({ kind: 'form_unknown' });
    const taken = use && (await takeImage(deps, draft, image, use));
    const prompts = dealOut(chosenPrompts(values, rounds, draft.ideas), draft.count ?? imagesPerBatch);
    const batch = await startFromForm(deps, draft, { ...request, ...taken, prompts }).catch(async (error: unknown) => {
      if (taken) await forgetImage(deps, taken);
      throw error;
    });
    if (draft.post && !draft.post.isTyped) await tellThread(deps, batch, { userId, responseUrl, batchId: batch.id });
  });
  await removeDraft(deps, withoutDraft);
}

/** As a command would ask for it; an empty field leaves it open. */
export function readForm({
  prompt,
  negativePrompt,
  aspectRatio,
  style,
  model,
  seed,
}: Omit<FormValues, keyof IdeaValues>): ReadRequest {
  const given = (text: string) => (text.trim() ? [text.trim()] : []);
  const choices = { ar: given(aspectRatio), style: given(style), model: given(model) };
  const values = { no: given(negativePrompt), seed: given(seed), ...choices };
  return { prompt: prompt.trim(), values, issues: [], ignored: [] };
}

/** The first issue of each field. */
function errorsOf(issues: readonly ValidationIssue[], prompt: string): Record<string, string> {
  const { negativePrompt, aspectRatio } = blockIds;
  const blocks: Readonly<Record<string, string>> = { ...blockIds, prompt, no: negativePrompt, ar: aspectRatio };
  // of entries with the same key, the last one counts
  return Object.fromEntries(issues.toReversed().map((issue) => [blocks[issue.flag] ?? prompt, fieldSentence(issue)]));
}

/**
 * If the bucket does not answer, the form itself still says where to draw, so only the post and the answer address are
 * lost, unless it works from the post's image. A form whose draft the bucket does not have is not this user's.
 */
async function loadDraft({ drafts, log }: SlackDeps, withoutDraft: Draft): Promise<Draft | 'unknown'> {
  const loaded = drafts.load(withoutDraft).catch((error: unknown) => {
    log.warn('draft not read', { draft: withoutDraft.id, error });
    return withoutDraft;
  });
  return (await loaded) ?? 'unknown';
}

function startFromForm(
  deps: SlackDeps,
  draft: Draft,
  request: CheckedRequest & Pick<ImageRequest, 'id' | 'input' | 'prompts'>,
): Promise<Batch> {
  const { workspaceId, channelId, threadTs, responseUrl, replaces, wholePrompt, parent } = draft;
  const { count = imagesPerBatch, visibility = deps.defaultVisibility } = draft;
  const where = { workspaceId, channelId, threadTs, responseUrl, replaces, visibility };
  const isUntouched = request.prompt === shorten(wholePrompt ?? '', textInputLimit).trim();
  const prompt = isUntouched && wholePrompt ? wholePrompt : request.prompt;
  return startBatch(deps, { ...request, ...where, requesterId: draft.userId, parent, prompt, count });
}

/** A form that was closed leaves nothing behind. */
export async function forgetForm(deps: SlackDeps, { ack, body, view }: Closed): Promise<void> {
  await ack();
  const { draftId: id } = readMetadata(view.private_metadata);
  await removeDraft(deps, { workspaceId: deps.workspaceId, userId: body.user.id, id });
}
