import type { BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Draft, DraftPost } from '../../core/prompt/draft.js';
import { ideasOf } from '../../core/prompt/ideas.js';
import { withoutPersonalData } from '../../core/prompt/post/personal-data.js';
import { findStyle } from '../../core/prompt/styles.js';
import { formWords, noNewIdeas } from '../../text/form.js';
import type { SlackDeps } from '../deps.js';
import { buildForm, type FormOptions } from './build-form.js';
import { textInputLimit } from './form-fields.js';
import { freshIdeas, ownWords } from './idea-fields.js';
import { isOutdated, removeDraft, type ShownView, updateView } from './open-form.js';
import { readOpenForm } from './read-form.js';

/** A text that prompts will be written for while its form is open; unchanged if nothing is sent anywhere. */
export function textToWriteFor(
  { analyzePost, writePrompts }: Pick<SlackDeps, 'analyzePost' | 'writePrompts'>,
  post: Pick<DraftPost, 'text' | 'authorId' | 'isTyped'>,
): DraftPost {
  if (withoutPersonalData(post.text).text === '') return post;
  const sentTo: DraftPost['sentTo'] = [];
  if (analyzePost) sentTo.push('analysis');
  // POST_ANALYSIS=off keeps posts from the writer too
  if (writePrompts && (analyzePost || post.isTyped)) sentTo.push('writer');
  return sentTo.length > 0 ? { ...post, sentTo, isWriting: true } : post;
}

/**
 * Has prompts written for the text of an open form, and shows them in it. What users type meanwhile stays in its field.
 * Never rejects: without ideas the form still draws.
 */
export async function fillIdeas(deps: SlackDeps, form: FormOptions, shown: ShownView): Promise<void> {
  const { draft } = form;
  if (!draft.post?.isWriting) return;
  try {
    const filled = await findIdeas(deps, form, draft.post);
    const onError = (error: unknown) => deps.log.warn('ideas not kept', { draft: draft.id, error });
    await deps.drafts.save(filled.draft).catch(onError);
    const show = (hash: string | undefined, hidesCost: boolean) =>
      updateView(deps.clients, { id: shown.id, hash }, buildForm({ ...filled, hidesCost }));
    const isOpen = await show(shown.hash, false).catch((error: unknown) => {
      if (!isOutdated(error)) throw error;
      return show(undefined, true); // another model was chosen meanwhile
    });
    if (!isOpen) await removeDraft(deps, draft);
  } catch (error) {
    deps.log.warn('ideas not shown', { draft: draft.id, error });
  }
}

async function findIdeas(deps: SlackDeps, form: FormOptions, post: DraftPost): Promise<FormOptions> {
  const { draft, values, offered } = form;
  const earlier = draft.ideas?.proposals.map(({ prompt }) => prompt);
  const found = await ideasOf(deps, post, {
    promptLimit: Math.min(offered[0].promptLimit, textInputLimit),
    style: findStyle(values.style)?.words,
    ...(earlier && { earlier }),
  });
  const proposals = [...found.proposals];
  const kept: Draft = { ...draft, post: { ...post, ...found.post, isWriting: false } };
  const { notWritten = 'unavailable' } = found.post;
  if (proposals.length === 0) return { ...form, draft: kept, ...(draft.ideas && { notice: noNewIdeas(notWritten) }) };
  const ideas = { round: (draft.ideas?.round ?? 0) + 1, proposals };
  return { ...form, draft: { ...kept, ideas }, values: { ...values, ...freshIdeas(ideas, values.prompt) } };
}

/** An idea that its user has edited would be gone with the others: it goes to the user's own field, if that is empty. */
function keepEdited(form: FormOptions): FormOptions {
  const { draft, values, round } = form;
  const edited = values.ideas.find(
    (text, index) => text.trim() !== draft.ideas?.proposals[index]?.prompt && text.trim(),
  );
  if (!edited || values.prompt.trim() !== '') return form;
  return { ...form, round: round + 1, values: { ...values, prompt: edited, choice: ownWords } };
}

/** "New ideas": of the same text, which is not analyzed again. */
export async function newIdeas(
  deps: SlackDeps,
  { ack, body: { view, user } }: SlackActionMiddlewareArgs<BlockAction>,
): Promise<void> {
  await ack();
  if (!view) return; // the button is in modals only
  const { clients, drafts, listen } = deps;
  const { withoutDraft, formFor } = readOpenForm(deps, user.id, view);
  const say = (notice: string) =>
    updateView(clients, { id: view.id, hash: undefined }, buildForm({ ...formFor(withoutDraft), notice }));
  await listen('new ideas', say, async () => {
    const draft = await drafts.load(withoutDraft);
    if (!draft?.post?.material) return say(formWords.ownWordsGone);
    const writing = keepEdited(formFor({ ...draft, post: { ...draft.post, isWriting: true } }));
    const shown = await updateView(clients, { id: view.id, hash: view.hash }, buildForm(writing)).catch(
      (error: unknown) => {
        if (isOutdated(error)) return undefined; // by an earlier click
        throw error;
      },
    );
    if (!shown) return;
    await drafts.save(writing.draft); // so that another choice in the form does not show the button again
    await fillIdeas(deps, writing, shown);
  });
}
