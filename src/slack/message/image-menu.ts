import type { types } from '@slack/bolt';
import type { Batch } from '../../core/batch/batch.js';
import { otherImages } from '../../core/batch/change-pick.js';
import { words } from '../../text/batch.js';
import type { SlackMessage } from '../api/response-url.js';
import {
  actions,
  backButton,
  button,
  buttonValue,
  menuOptions,
  section,
  sheetAltText,
  slackMessage,
} from './elements.js';

/** Values of the menu, which messages carry for ever. */
export const imageChoices = ['other_images', 'change', 'details', 'delete'] as const;

/**
 * The menu of a picked image. Slack shows the last choice in it, and would not report the same one again, until the
 * message is updated with another block_id: users report it, Slack's pages do not say.
 */
export function imageMenu(batch: Batch, block_id: string): types.ActionsBlock {
  const hasOthers = otherImages(batch).length > 0;
  const choices = imageChoices.filter((choice) => choice !== 'other_images' || hasOthers);
  return {
    type: 'actions',
    block_id,
    elements: [
      {
        type: 'static_select',
        action_id: 'image_menu',
        placeholder: { type: 'plain_text', text: words.imageMenuPlaceholder },
        options: menuOptions(batch, choices, words.imageMenu),
      },
    ],
  };
}

/**
 * Every image of the batch, for the user alone who may choose another.
 * @param sheet left out if Slack cannot show it
 * @param hasBack in place of the picked image, to which "Back" returns
 */
export function buildOtherImages(batch: Batch, sheet: string | undefined, hasBack: boolean): SlackMessage {
  const picked = words.otherImages(batch.pick?.number ?? 0);
  const buttons = otherImages(batch).map(({ number }) => {
    const more = { value: buttonValue(batch, number), accessibility_label: words.useNumber(number) };
    return button(`switch_image_${number}`, `${number}`, more);
  });
  return slackMessage(picked, [
    section(picked),
    sheet ? { type: 'image', image_url: sheet, alt_text: sheetAltText(batch) } : section(words.otherImagesNotShown),
    actions(...buttons, ...(hasBack ? [backButton(batch)] : [])),
  ]);
}
