import type { DraftReference } from '../../core/prompt/draft.js';
import type { SlackDeps } from '../deps.js';

/** A draft that stays is removed later, so that is for the operator to know, not for the person. */
export async function removeDraft(
  { drafts, log }: Pick<SlackDeps, 'drafts' | 'log'>,
  reference: DraftReference,
): Promise<void> {
  await drafts
    .remove(reference)
    .catch((error: unknown) => log.warn('draft not removed', { draft: reference.id, error }));
}
