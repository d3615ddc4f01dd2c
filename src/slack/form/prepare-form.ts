import type { types } from '@slack/bolt';
import type { FormValues } from '../../core/prompt/command/read-form.js';
import type { Draft } from '../../core/prompt/draft.js';
import { preferModel, preferredAspectRatio, preferredStyle } from '../../core/prompt/preferences.js';
import { loadPreferences } from '../command/load-preferences.js';
import type { SlackDeps } from '../deps.js';
import { buildForm } from './build-form.js';
import { textInputLimit } from './fields.js';

/** Keeps the draft, then makes the form for it; what `values` leaves open comes from the person's own defaults. */
export async function prepareForm(
  deps: SlackDeps,
  draft: Draft,
  values: Partial<FormValues> = {},
): Promise<types.ModalView> {
  const { prompt = '' } = values;
  const kept = prompt.length > textInputLimit ? { ...draft, wholePrompt: prompt } : draft;
  const [preferences] = await Promise.all([loadPreferences(deps, draft.userId), deps.drafts.save(kept)]);
  const offered = preferModel(deps.offered, preferences);
  const defaults: FormValues = {
    prompt: '',
    negativePrompt: '',
    aspectRatio: preferredAspectRatio(preferences, [offered[0]]) ?? offered[0].defaultAspectRatio,
    style: preferredStyle(preferences)?.id ?? '',
    model: offered[0].modelId,
    seed: '',
  };
  return buildForm({ draft: kept, values: { ...defaults, ...values }, offered, round: 0 });
}
