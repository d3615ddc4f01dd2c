import type { RefusedClick } from '../core/batch/actions.js';

/**
 * Why a click did nothing.
 * @param mention how the field that this goes into mentions a user
 */
export function clickAnswer(refused: RefusedClick, clickerId: string, mention: (userId: string) => string): string {
  switch (refused.kind) {
    case 'already_picked': {
      const { pick } = refused.batch;
      if (!pick) return 'An image was already chosen.';
      if (pick.pickedBy === clickerId) return `You already chose image ${pick.number}.`;
      return `Image ${pick.number} was already chosen by ${mention(pick.pickedBy)}.`;
    }
    case 'already_drawn':
      return 'That image has been drawn in the meantime, so there is nothing to retry.';
    case 'not_yours':
      return `Only ${mention(refused.batch.requesterId)} can do that here. You can draw your own images from the same prompt.`;
    case 'still_drawing':
      return 'The images are still being drawn. Please wait a moment.';
    case 'not_there':
      return 'That image is not available. Choose one of the others, or wait a moment.';
    case 'unreadable_batch':
      return 'The record of these images cannot be read, so nothing was changed. Please tell your Imagine administrator.';
    case 'unknown_batch':
      return 'I can no longer find these images. Please start again with the same prompt.';
  }
}
