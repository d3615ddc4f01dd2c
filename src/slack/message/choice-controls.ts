import type { types } from '@slack/bolt';
import { type Batch, isSeenByOthers } from '../../core/batch/batch.js';
import { words } from '../../text/batch.js';
import { actions, backButton, button, buttonValue, context } from './elements.js';

/** Below an image that a user is about to choose in a private message, as everyone would see it. */
export function choiceControls(batch: Batch, number: number): types.KnownBlock[] {
  const value = buttonValue(batch, number);
  const keep = button('keep_private', words.keepPrivate, { value });
  return [
    context(words.onlyYouSee),
    actions(
      button(`share_image_${number}`, words.share, { value, style: 'primary' }),
      ...(isSeenByOthers(batch) ? [] : [keep]),
      backButton(batch),
    ),
  ];
}
