import { z } from 'zod';
import { checkboxes, multiStaticSelect, radioButtons, staticSelect } from './elements.js';
import { actionId, blockId, plainText } from './text.js';

const shared = {
  action_id: actionId,
  placeholder: plainText(150).optional(),
  focus_on_load: z.boolean().optional(),
  dispatch_action_config: z
    .strictObject({
      trigger_actions_on: z.array(z.enum(['on_enter_pressed', 'on_character_entered'])).optional(),
    })
    .optional(),
};

/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    ...shared,
    initial_value: z.string().max(3000).optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
  })
  .refine((input) => (input.initial_value ?? '').length <= (input.max_length ?? 3000), {
    path: ['initial_value'],
    message: 'must be less than or equal to max_length',
  });

const isNumber = (text: string, decimals: boolean): boolean =>
  (decimals ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/).test(text) && Number.isFinite(Number(text));

/** https://docs.slack.dev/reference/block-kit/block-elements/number-input-element */
const numberInput = z
  .strictObject({
    type: z.literal('number_input'),
    ...shared,
    is_decimal_allowed: z.boolean(),
    initial_value: z.string().optional(),
    min_value: z.string().optional(),
    max_value: z.string().optional(),
  })
  .refine(
    (input) =>
      [input.initial_value, input.min_value, input.max_value].every(
        (text) => text === undefined || isNumber(text, input.is_decimal_allowed),
      ),
    'must be a valid number',
  )
  .refine((input) => input.initial_value === undefined || isWithin(input.initial_value, input), {
    path: ['initial_value'],
    message: 'must be within min_value and max_value',
  });

/** Whether a number, as typed, lies in the bounds that the element sets. */
export function isWithin(
  text: string,
  input: { min_value?: string | undefined; max_value?: string | undefined },
): boolean {
  return Number(text) >= Number(input.min_value ?? -Infinity) && Number(text) <= Number(input.max_value ?? Infinity);
}

const inputElement = z.discriminatedUnion('type', [
  plainTextInput,
  numberInput,
  staticSelect,
  multiStaticSelect,
  checkboxes,
  radioButtons,
]);

export type InputElement = z.infer<typeof inputElement>;

/** https://docs.slack.dev/reference/block-kit/blocks/input-block */
export const inputBlock = z.strictObject({
  type: z.literal('input'),
  block_id: blockId,
  label: plainText(2000),
  element: inputElement,
  hint: plainText(2000).optional(),
  optional: z.boolean().optional(),
  dispatch_action: z.boolean().optional(),
});

export type InputBlock = z.infer<typeof inputBlock>;
