import { z } from 'zod';
import { formattedOption, offersAll, optionGroup, overflowOption, plainOption } from './options.js';
import { actionId, confirmation, plainText } from './text.js';

const notOffered = 'initial options must exactly match the options provided';
const oneListOfOptions = 'must define either `options` or `option_groups`';
const focusOnLoad = z.boolean().optional();
const placeholder = plainText(150).optional();

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id: actionId,
  value: z.string().max(2000).optional(),
  url: z.string().max(3000).optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: confirmation.optional(),
  accessibility_label: z.string().max(75).optional(),
});

/** https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element */
export const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: actionId,
  options: z.array(overflowOption).min(1).max(5),
  confirm: confirmation.optional(),
});

const selectFields = {
  action_id: actionId,
  placeholder,
  options: z.array(plainOption).min(1).max(100).optional(),
  option_groups: z.array(optionGroup).min(1).max(100).optional(),
  confirm: confirmation.optional(),
  focus_on_load: focusOnLoad,
};

const hasOneListOfOptions = (select: { options?: unknown; option_groups?: unknown }): boolean =>
  (select.options === undefined) !== (select.option_groups === undefined);

/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
export const staticSelect = z
  .strictObject({ type: z.literal('static_select'), ...selectFields, initial_option: plainOption.optional() })
  .refine(hasOneListOfOptions, oneListOfOptions)
  .refine((select) => offersAll(select, select.initial_option ? [select.initial_option] : []), notOffered);

export const multiStaticSelect = z
  .strictObject({
    type: z.literal('multi_static_select'),
    ...selectFields,
    initial_options: z.array(plainOption).min(1).optional(),
    max_selected_items: z.int().min(1).optional(),
  })
  .refine(hasOneListOfOptions, oneListOfOptions)
  .refine((select) => offersAll(select, select.initial_options ?? []), notOffered);

const boxFields = {
  action_id: actionId,
  options: z.array(formattedOption).min(1).max(10),
  confirm: confirmation.optional(),
  focus_on_load: focusOnLoad,
};

/** https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element */
export const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    ...boxFields,
    initial_options: z.array(formattedOption).min(1).optional(),
  })
  .refine((boxes) => offersAll(boxes, boxes.initial_options ?? []), notOffered);

/** https://docs.slack.dev/reference/block-kit/block-elements/radio-button-group-element */
export const radioButtons = z
  .strictObject({ type: z.literal('radio_buttons'), ...boxFields, initial_option: formattedOption.optional() })
  .refine((radio) => offersAll(radio, radio.initial_option ? [radio.initial_option] : []), notOffered);

/** What an actions block may hold, as far as it is modelled. */
export const actionElement = z.discriminatedUnion('type', [
  button,
  overflow,
  staticSelect,
  multiStaticSelect,
  checkboxes,
  radioButtons,
]);

export type ActionElement = z.infer<typeof actionElement>;
