import type { ClickOutcome } from '../click.js';

/**
 * Why a click did nothing, for the one who clicked.
 * @param mention how the place where this is shown writes a person
 */
export function clickAnswer(outcome: ClickOutcome, mention: (userId: string) => string): string {
  switch (outcome.kind) {
    case 'already_picked': {
      const { pick } = outcome.batch;
      return pick
        ? `Picture ${pick.number} was already chosen by ${mention(pick.pickedBy)}.`
        : 'A picture was already chosen.';
    }
    case 'not_yours':
      return `Only ${mention(outcome.batch.requesterId)} can do that here. You can ask for your own pictures with the same words.`;
    case 'stranger':
      return 'Only people of the workspace where this app is installed can use its buttons.';
    case 'still_drawing':
      return 'The pictures are still being drawn. Please wait a moment.';
    case 'not_there':
      return 'That picture is not there to be chosen. Pick one of the others, or wait a moment.';
    case 'unreadable_batch':
      return 'The record of these pictures cannot be read, so nothing was changed. Please tell whoever looks after this app.';
    case 'unknown_batch':
    case 'done':
      return 'I cannot find these pictures any more. Ask for new ones with the same words.';
  }
}
