import { setTimeout as wait } from 'node:timers/promises';
import type { types } from '@slack/bolt';
import type { Batch } from '../../core/batch/batch.js';
import { RequestError } from '../../core/errors.js';
import { type AspectRatio, defaultAspectRatio, type ModelInfo, type OperationName } from '../../core/image-model.js';
import type { Draft, DraftReference } from '../../core/prompt/draft.js';
import type { Preferences, Visibility } from '../../core/prompt/preferences.js';
import { noPreferences, preferModel, preferredAspectRatio, preferredStyle } from '../../core/prompt/preferences.js';
import { formWords } from '../../text/form.js';
import { type Tell, within } from '../api/listen.js';
import { notifyUser, type Recipient } from '../api/notify-user.js';
import { refusalCode } from '../api/slack-errors.js';
import type { WebClients } from '../api/web-clients.js';
import type { SlackDeps } from '../deps.js';
import { section } from '../message/elements.js';
import { buildForm, buildNotice, type FormOptions } from './build-form.js';
import { textInputLimit } from './form-fields.js';
import { freshIdeas, oneOfEach } from './idea-fields.js';
import { imageOfDraft, usesOfImage } from './image-fields.js';

export interface Opening {
  event: string;
  triggerId: string;
  /** Is told what goes wrong before the modal is open, or cannot be said in it. */
  asker: Recipient;
  waiting?: string;
  /** Of a click in a modal: the new one covers it. */
  isOnTop?: boolean;
  /** How long to hold the modal back for a form that may be ready at once. A trigger_id lives 3,000 milliseconds. */
  graceMilliseconds?: number;
  /** @param draft what a form may keep: removed if the user never sees it */
  prepare(draft: Omit<Draft, 'channelId'>): Promise<types.ModalView>;
  /** What comes after the form is shown, such as what goes on in it. */
  afterwards?(shown: ShownView): Promise<void>;
}

/** A modal as Slack knows it, in this state. */
export interface ShownView {
  id: string;
  hash: string | undefined;
}

/** Opens a modal at once, and fills it when the form is ready. If the user has closed it meanwhile, it stays closed. */
export async function openForm(
  deps: SlackDeps,
  {
    event,
    triggerId,
    asker,
    waiting = formWords.opening,
    isOnTop = false,
    graceMilliseconds = 500,
    prepare,
    afterwards,
  }: Opening,
): Promise<void> {
  const { clients, listen, workspaceId } = deps;
  const { userId, responseUrl } = asker;
  const draft = { version: 1 as const, workspaceId, userId, id: deps.newId(), responseUrl };
  let viewId: string | undefined;
  let isUnseen = false;
  const preparing = prepare(draft);
  preparing.catch(() => undefined); // awaited below, after the modal is open
  const tell = notifyUser(deps, asker);
  const tellInModal: Tell = async (sentence) => {
    if (!viewId) return tell(sentence);
    return updateView(clients, { id: viewId, hash: undefined }, buildNotice(sentence)).catch(() => tell(sentence));
  };
  await listen(event, tellInModal, async () => {
    const early = await Promise.race([preparing, wait(graceMilliseconds, undefined)]);
    try {
      let shown = await open(clients, { triggerId, isOnTop }, early ?? buildNotice(waiting));
      viewId = shown?.id;
      if (!early && viewId) {
        shown = await updateView(clients, { id: viewId, hash: undefined }, await preparing);
        isUnseen = shown === undefined;
      }
      if (shown) await afterwards?.(shown);
    } catch (error) {
      isUnseen = refusalCode(error) !== '' || error instanceof RequestError; // after another failure it may be open
      throw error;
    }
  });
  if (!isUnseen) return;
  await preparing.catch(() => undefined);
  await removeDraft(deps, draft);
}

/** If Slack refuses a modal with images, perhaps because it cannot download one, the words and buttons beside them are left. */
export async function showModal<Answer>(
  view: types.ModalView,
  send: (view: types.ModalView) => Promise<Answer>,
): Promise<Answer> {
  try {
    return await send(view);
  } catch (error) {
    const hasImages = view.blocks.some(({ type }) => type === 'image');
    if (!hasImages || refusalCode(error) !== 'invalid_arguments') throw error;
    return send({ ...view, blocks: view.blocks.map(withoutImage) });
  }
}

function withoutImage(block: types.AnyBlock): types.AnyBlock {
  return block.type === 'image' && 'alt_text' in block ? section(block.title?.text ?? block.alt_text) : block;
}

/** https://docs.slack.dev/reference/methods/views.open#errors */
const tooLate = new Set(['expired_trigger_id', 'exchanged_trigger_id']);

async function open(
  { once: { views } }: WebClients,
  { triggerId, isOnTop }: { triggerId: string; isOnTop: boolean },
  view: types.ModalView,
): Promise<ShownView | undefined> {
  try {
    return await showModal(view, async (shown) => {
      const opened = { trigger_id: triggerId, view: shown };
      return readShown((await (isOnTop ? views.push(opened) : views.open(opened))).view);
    });
  } catch (error) {
    throw tooLate.has(refusalCode(error)) ? new RequestError({ kind: 'form_too_late' }, { cause: error }) : error;
  }
}

const readShown = (view: { id?: string; hash?: string } | undefined): ShownView | undefined =>
  view?.id ? { id: view.id, hash: view.hash } : undefined;

/**
 * undefined if it was closed meanwhile.
 * @param state if it has a hash, Slack refuses to replace a later state: `hash_conflict`
 */
export async function updateView(
  { retrying }: WebClients,
  { id: view_id, hash }: ShownView,
  view: types.ModalView,
): Promise<ShownView | undefined> {
  try {
    return await showModal(view, async (shown) => {
      const updated = await retrying.views.update({ view_id, view: shown, ...(hash && { hash }) });
      return readShown(updated.view) ?? { id: view_id, hash: undefined };
    });
  } catch (error) {
    if (refusalCode(error) === 'not_found') return undefined;
    throw error;
  }
}

/** Another state of it was shown meanwhile. https://docs.slack.dev/reference/methods/views.update */
export const isOutdated = (error: unknown): boolean => refusalCode(error) === 'hash_conflict';

/** A trigger_id lives 3 seconds: better no defaults than no answer. */
const maxMilliseconds = 1500;

/** The user's defaults, or none if the bucket is slow or fails. */
export async function loadPreferences(deps: SlackDeps, userId: string): Promise<Preferences> {
  const { preferences, workspaceId, log } = deps;
  const onError = (error: unknown) => log.warn('defaults not read', { error });
  return (await within(maxMilliseconds, preferences.load({ workspaceId, userId }), onError)) ?? noPreferences;
}

/** Of what neither a flag nor the message decides. */
export function chooseVisibility(
  { defaultVisibility }: Pick<SlackDeps, 'defaultVisibility'>,
  { visibility }: Preferences,
): Visibility {
  return visibility ?? defaultVisibility;
}

/** What a form begins with, '' for no style; what is undefined comes from the user's defaults. */
type InitialValues = Omit<Batch['settings'], 'aspectRatio'> & {
  prompt?: string;
  aspectRatio?: AspectRatio | undefined;
  models?: readonly ModelInfo[];
  imageUse?: OperationName | undefined;
};

/** Keeps the draft, then makes the form for it. */
export async function prepareForm(deps: SlackDeps, draft: Draft, initial?: InitialValues): Promise<types.ModalView> {
  return buildForm(await planForm(deps, draft, initial));
}

/** The same as data, for a form that is updated later. */
export async function planForm(
  deps: SlackDeps,
  draft: Draft,
  { prompt = '', negativePrompt = '', aspectRatio, styleId, seed, models = [], imageUse }: InitialValues = {},
): Promise<FormOptions> {
  const preferences = await loadPreferences(deps, draft.userId);
  const visibility = draft.visibility ?? chooseVisibility(deps, preferences);
  const kept = { ...draft, visibility, ...(prompt.length > textInputLimit && { wholePrompt: prompt }) };
  await deps.drafts.save(kept);
  const offered = preferModel(deps.offered, preferences);
  const [first = offered[0], ...others] = models;
  const values = {
    prompt,
    negativePrompt,
    aspectRatio: aspectRatio ?? preferredAspectRatio(preferences, [offered[0]]) ?? defaultAspectRatio,
    style: styleId ?? preferredStyle(preferences)?.id ?? '',
    // several fit in an option's 75 characters by their short names
    model: others.length > 0 ? models.map(({ shortName }) => shortName).join(',') : first.modelId,
    seed: seed?.toString() ?? '',
    imageUse: imageUse ?? '',
    ...(draft.ideas ? { ...freshIdeas(draft.ideas), choice: oneOfEach } : { ideas: [], choice: '' }),
  };
  const uses = usesOfImage(deps);
  const image = draft.image ? imageOfDraft : '';
  return { draft: kept, values, offered, uses, image, round: 0, canWrite: deps.writePrompts !== undefined };
}

/** A draft that stays is removed later, so that is for the operator to know, not for the user. */
export async function removeDraft({ drafts, log }: SlackDeps, draft: DraftReference): Promise<void> {
  await drafts.remove(draft).catch((error: unknown) => log.warn('draft not removed', { draft: draft.id, error }));
}
