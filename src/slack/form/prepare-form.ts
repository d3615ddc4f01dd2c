import type { types } from '@slack/bolt';
import { type AspectRatio, defaultAspectRatio, type ModelInfo } from '../../core/image-model.js';
import type { Draft, DraftReference } from '../../core/prompt/draft.js';
import {
  noPreferences,
  type Preferences,
  preferModel,
  preferredAspectRatio,
  preferredStyle,
} from '../../core/prompt/preferences.js';
import { within } from '../api/within.js';
import type { SlackDeps } from '../deps.js';
import { buildForm } from './build-form.js';
import { textInputLimit } from './form-fields.js';

/** A trigger_id lives 3 seconds: better no defaults than no answer. */
const maxMilliseconds = 1500;

/** The user's defaults, or none if the bucket is slow or fails. */
export async function loadPreferences(
  { preferences, workspaceId, log }: Pick<SlackDeps, 'preferences' | 'workspaceId' | 'log'>,
  userId: string,
): Promise<Preferences> {
  const loaded = await within(maxMilliseconds, preferences.load({ workspaceId, userId }), (error) =>
    log.warn('defaults not read', { error }),
  );
  return loaded ?? noPreferences;
}

/** What a form begins with; what is undefined comes from the user's defaults. */
export interface InitialValues {
  prompt?: string;
  negativePrompt?: string | undefined;
  aspectRatio?: AspectRatio | undefined;
  /** '' for no style. */
  styleId?: string | undefined;
  seed?: number | undefined;
  models?: readonly ModelInfo[];
}

/** Keeps the draft, then makes the form for it. */
export async function prepareForm(
  deps: Pick<SlackDeps, 'preferences' | 'workspaceId' | 'log' | 'drafts' | 'offered'>,
  draft: Draft,
  { prompt = '', negativePrompt = '', aspectRatio, styleId, seed, models = [] }: InitialValues = {},
): Promise<types.ModalView> {
  const kept = prompt.length > textInputLimit ? { ...draft, wholePrompt: prompt } : draft;
  const [preferences] = await Promise.all([loadPreferences(deps, draft.userId), deps.drafts.save(kept)]);
  const offered = preferModel(deps.offered, preferences);
  const values = {
    prompt,
    negativePrompt,
    aspectRatio: aspectRatio ?? preferredAspectRatio(preferences, [offered[0]]) ?? defaultAspectRatio,
    style: styleId ?? preferredStyle(preferences)?.id ?? '',
    model: modelValue(models.length > 0 ? models : [offered[0]]),
    seed: seed?.toString() ?? '',
  };
  return buildForm({ draft: kept, values, offered, round: 0 });
}

/** One model by its ID, several by their short names, which fit in an option's 75 characters. */
function modelValue(models: readonly ModelInfo[]): string {
  const [first, ...others] = models;
  return first && others.length === 0 ? first.modelId : models.map(({ shortName }) => shortName).join(',');
}

/** A draft that stays is removed later, so that is for the operator to know, not for the user. */
export async function removeDraft(
  { drafts, log }: Pick<SlackDeps, 'drafts' | 'log'>,
  reference: DraftReference,
): Promise<void> {
  await drafts
    .remove(reference)
    .catch((error: unknown) => log.warn('draft not removed', { draft: reference.id, error }));
}
