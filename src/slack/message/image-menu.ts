import type { types } from '@slack/bolt';
import type { Batch } from '../../core/batch/batch.js';
import { otherImages } from '../../core/batch/change-pick.js';
import type { OfferedOperations } from '../../core/batch/deps.js';
import type { OperationName } from '../../core/image-model.js';
import type { Operation } from '../../core/model-catalog.js';
import { words } from '../../text/batch.js';
import { operationChoice } from '../../text/operations.js';
import type { SlackMessage } from '../api/response-url.js';
import {
  actions,
  backButton,
  button,
  buttonValue,
  menuOptions,
  plainText,
  section,
  sheetAltText,
  slackMessage,
} from './elements.js';

/** What can be done with the message of a picked image. Values of the menu, which messages carry for ever. */
export const imageChoices = ['other_images', 'change', 'details', 'delete'] as const;

/** The menu's groups, each with what it offers. Images that a user gives have a form of their own. */
const operationGroups = {
  vary: ['vary_subtle', 'vary_strong', 'style_guide'],
  edit: ['upscale', 'aspect_ratio', 'remove_background', 'replace', 'recolor', 'edit'],
} as const satisfies Record<string, readonly OperationName[]>;

/**
 * The menu of a picked image. Slack shows the last choice in it, and would not report the same one again, until the
 * message is updated with another block_id: users report it, Slack's pages do not say.
 */
export function imageMenu(batch: Batch, offered: readonly Operation[], block_id: string): types.ActionsBlock {
  const hasOthers = otherImages(batch).length > 0;
  const choices = imageChoices.filter((choice) => choice !== 'other_images' || hasOthers);
  const options = menuOptions(batch, choices, words.imageMenu);
  const groups = operationOptions(batch, offered, 0);
  const choosable =
    groups.length > 0
      ? { option_groups: [...groups, { label: plainText(words.imageGroups.image), options }] }
      : { options };
  return { type: 'actions', block_id, elements: [menu(choosable)] };
}

/** Nothing can be made of what was discarded. */
export function offeredFor({ discardedAt }: Batch, operations: Pick<OfferedOperations, 'list'>): readonly Operation[] {
  return discardedAt ? [] : operations.list();
}

/** What can be made of an image that is not picked; undefined if nothing can. */
export function operationMenu(
  batch: Batch,
  number: number,
  offered: readonly Operation[],
): types.StaticSelect | undefined {
  const groups = operationOptions(batch, offered, number);
  return groups.length > 0 ? menu({ option_groups: groups }) : undefined;
}

function menu(choosable: Pick<types.StaticSelect, 'options' | 'option_groups'>): types.StaticSelect {
  const placeholder = plainText(words.imageMenuPlaceholder);
  return { type: 'static_select', action_id: 'image_menu', placeholder, ...choosable };
}

/** @param number 0 for the image that is picked when it is chosen */
function operationOptions(batch: Batch, offered: readonly Operation[], number: number) {
  return (['vary', 'edit'] as const).flatMap((group) => {
    const options = operationGroups[group].flatMap((name) => {
      const operation = offered.find((one) => one.name === name);
      const value = `${name}:${batch.id}${number ? `:${number}` : ''}`;
      return operation ? { text: plainText(operationChoice(operation)), value } : [];
    });
    return options.length > 0 ? { label: plainText(words.imageGroups[group]), options } : [];
  });
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
