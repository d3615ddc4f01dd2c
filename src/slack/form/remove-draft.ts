import type { DraftReference } from '../../core/prompt/draft.js';
import type { ListenerServices } from '../app/listener-services.js';

/** A draft that stays is removed later, so that is for the operator to know, not for the person. */
export async function removeDraft(
  { drafts, log }: Pick<ListenerServices, 'drafts' | 'log'>,
  reference: DraftReference,
): Promise<void> {
  await drafts
    .remove(reference)
    .catch((error: unknown) => log.warn('draft not removed', { draft: reference.id, error }));
}
