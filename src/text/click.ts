import type { RefusedClick } from '../core/batch/click.js';

/**
 * Why a click did nothing, for the one who clicked.
 * @param mention how the place where this is shown writes a person
 */
export function clickAnswer(refused: RefusedClick, clickerId: string, mention: (userId: string) => string): string {
  switch (refused.kind) {
    case 'already_picked': {
      const { pick } = refused.batch;
      if (!pick) return 'A picture was already chosen.';
      if (pick.pickedBy === clickerId) return `You have already chosen picture ${pick.number}.`;
      return `Picture ${pick.number} was already chosen by ${mention(pick.pickedBy)}.`;
    }
    case 'already_drawn':
      return 'That picture has been drawn by now, so there is nothing to try again.';
    case 'not_yours':
      return `Only ${mention(refused.batch.requesterId)} can do that here. You can ask for your own pictures with the same words.`;
    case 'still_drawing':
      return 'The pictures are still being drawn. Please wait a moment.';
    case 'not_there':
      return 'That picture is not there to be chosen. Pick one of the others, or wait a moment.';
    case 'unreadable_batch':
      return 'The record of these pictures cannot be read, so nothing was changed. Please tell whoever looks after this app.';
    case 'unknown_batch':
      return 'I cannot find these pictures any more. Ask for new ones with the same words.';
  }
}
