import { noPreferences, type Preferences } from '../../core/prompt/preferences.js';
import { within } from '../api/within.js';
import type { SlackDeps } from '../deps.js';

/** A trigger_id lives 3 seconds: rather no defaults than no answer. */
const maxMilliseconds = 1500;

/** The person's own defaults, or none where the bucket is slow or unwell. */
export async function loadPreferences(
  { preferences, workspaceId, log }: Pick<SlackDeps, 'preferences' | 'workspaceId' | 'log'>,
  userId: string,
): Promise<Preferences> {
  const loaded = await within(maxMilliseconds, preferences.load({ workspaceId, userId }), (error) =>
    log.warn('defaults not read', { error }),
  );
  return loaded ?? noPreferences;
}
