import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';

export const blockId = z.string().min(1).max(255).optional();
const actionId = z.string().min(1).max(255).optional();

/** https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
export const plainText = (maxLength: number) =>
  z.strictObject({
    type: z.literal('plain_text'),
    text: z.string().min(1).max(maxLength),
    emoji: z.boolean().optional(),
  });

export const mrkdwn = (maxLength: number) =>
  z.strictObject({
    type: z.literal('mrkdwn'),
    text: z.string().min(1).max(maxLength),
    verbatim: z.boolean().optional(),
  });

export const eitherText = (maxLength: number) =>
  z.discriminatedUnion('type', [plainText(maxLength), mrkdwn(maxLength)]);

/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
const confirmation = z.strictObject({
  title: plainText(100).optional(),
  text: eitherText(300),
  confirm: plainText(30).optional(),
  deny: plainText(30).optional(),
  style: z.enum(['primary', 'danger']).optional(),
});

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const option = z.strictObject({
  text: plainText(75),
  value: z.string().min(1).max(75),
  description: plainText(75).optional(),
});

export type Option = z.infer<typeof option>;

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
const overflow = z.strictObject({
  type: z.literal('overflow'),
  action_id: actionId,
  options: z
    .array(option.extend({ url: z.string().max(3000).optional() }))
    .min(1)
    .max(5),
  confirm: confirmation.optional(),
});

export const optionsOf = (element: {
  options?: readonly Option[] | undefined;
  option_groups?: readonly { options: readonly Option[] }[] | undefined;
}): readonly Option[] => element.options ?? element.option_groups?.flatMap((group) => group.options) ?? [];

const offersInitial = (element: Parameters<typeof optionsOf>[0] & { initial_option?: Option | undefined }): boolean =>
  element.initial_option === undefined ||
  optionsOf(element).some((offered) => isDeepStrictEqual(offered, element.initial_option));
const notOffered = 'initial options must exactly match the options provided';

const chooserFields = {
  action_id: actionId,
  initial_option: option.optional(),
  confirm: confirmation.optional(),
  focus_on_load: z.boolean().optional(),
};

/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    ...chooserFields,
    placeholder: plainText(150).optional(),
    options: z.array(option).min(1).max(100).optional(),
    option_groups: z
      .array(z.strictObject({ label: plainText(75), options: z.array(option).min(1).max(100) }))
      .min(1)
      .max(100)
      .optional(),
  })
  .refine(
    (select) => (select.options === undefined) !== (select.option_groups === undefined),
    'must define either `options` or `option_groups`',
  )
  .refine(offersInitial, notOffered);

/** https://docs.slack.dev/reference/block-kit/block-elements/radio-button-group-element */
const radioButtons = z
  .strictObject({ type: z.literal('radio_buttons'), ...chooserFields, options: z.array(option).min(1).max(10) })
  .refine(offersInitial, notOffered);

/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    action_id: actionId,
    placeholder: plainText(150).optional(),
    focus_on_load: z.boolean().optional(),
    initial_value: z.string().max(3000).optional(),
    multiline: z.boolean().optional(),
    min_length: z.int().min(0).max(3000).optional(),
    max_length: z.int().min(1).max(3000).optional(),
  })
  .refine((input) => (input.initial_value ?? '').length <= (input.max_length ?? 3000), {
    path: ['initial_value'],
    message: 'must be less than or equal to max_length',
  });

export const actionElement = z.discriminatedUnion('type', [button, overflow, staticSelect, radioButtons]);
export type ActionElement = z.infer<typeof actionElement>;

export const inputElement = z.discriminatedUnion('type', [plainTextInput, staticSelect, radioButtons]);
export type InputElement = z.infer<typeof inputElement>;

export const imageFields = {
  type: z.literal('image'),
  image_url: z.string().min(1).max(3000).optional(),
  /** https://docs.slack.dev/reference/block-kit/composition-objects/slack-file-object */
  slack_file: z.strictObject({ id: z.string().regex(/^F[A-Z0-9]{8,}$/, 'invalid slack file') }).optional(),
  alt_text: z.string().min(1).max(2000),
};

export const hasOneSource = (image: { image_url?: string | undefined; slack_file?: object | undefined }): boolean =>
  (image.image_url === undefined) !== (image.slack_file === undefined);
export const oneSource = 'must define either `image_url` or `slack_file`';

/** https://docs.slack.dev/reference/block-kit/block-elements/image-element */
export const imageElement = z.strictObject(imageFields).refine(hasOneSource, oneSource);
export type ImageElement = z.infer<typeof imageElement>;
