import type { types } from '@slack/bolt';
import { shorten } from '../../core/shorten.js';
import { plainText } from '../message/elements.js';
import { valueActionId } from './form-ids.js';

/** plain_text_input takes no more: https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
export const textInputLimit = 3000;
/** Labels of options: https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const optionTextLimit = 75;

interface TextField {
  blockId: string;
  label: string;
  hint?: string;
  initial?: string | undefined;
  isMultiline?: boolean;
  isOptional?: boolean;
}

export function textField({ blockId, label, hint, initial, isMultiline, isOptional }: TextField): types.InputBlock {
  return {
    type: 'input',
    block_id: blockId,
    label: plainText(label),
    optional: isOptional ?? false,
    ...(hint && { hint: plainText(hint) }),
    element: {
      type: 'plain_text_input',
      action_id: valueActionId,
      multiline: isMultiline ?? false,
      max_length: textInputLimit,
      ...(initial && { initial_value: shorten(initial, textInputLimit) }),
    },
  };
}

export interface Choice {
  value: string;
  label: string;
}

interface ChoiceField {
  blockId: string;
  label: string;
  choices: readonly Choice[];
  /** A value; the first choice where it is none of them. */
  initial?: string | undefined;
  /** The app is told at once of another choice. */
  isTold?: boolean;
}

export function choiceField({ blockId, label, choices, initial, isTold }: ChoiceField): types.InputBlock {
  const options = choices.map(toOption);
  const initialOption = options.find(({ value }) => value === initial) ?? options[0];
  return {
    type: 'input',
    block_id: blockId,
    label: plainText(label),
    ...(isTold && { dispatch_action: true }),
    element: {
      type: 'static_select',
      action_id: valueActionId,
      options,
      ...(initialOption && { initial_option: initialOption }),
    },
  };
}

function toOption({ value, label }: Choice): types.PlainTextOption {
  return { text: plainText(shorten(label, optionTextLimit)), value };
}
