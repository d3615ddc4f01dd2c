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

const mrkdwn = (maxLength: number) =>
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

const optionFields = {
  text: plainText(75),
  value: z.string().min(1).max(150),
  description: plainText(75).optional(),
};

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const option = z.strictObject(optionFields);

/** Only an overflow menu's option may open a page. */
const linkingOption = z.strictObject({ ...optionFields, url: z.string().min(1).max(3000).optional() });

/** Checkboxes alone take markup. */
const checkboxOption = z.strictObject({
  text: eitherText(75),
  value: optionFields.value,
  description: eitherText(75).optional(),
});

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-group-object */
const optionGroup = z.strictObject({ label: plainText(75), options: z.array(option).min(1).max(100) });

type Option = z.infer<typeof option> | z.infer<typeof checkboxOption>;

const haveUniqueValues = (options: readonly Option[]): boolean =>
  new Set(options.map(({ value }) => value)).size === options.length;
const uniqueValues = 'options must have unique values';

const isOffered = (options: readonly Option[], initial: Option): boolean =>
  options.some((offered) => isDeepStrictEqual(offered, initial));
const onlyOffered = 'initial options must exactly match the options provided';

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
const overflow = z
  .strictObject({
    type: z.literal('overflow'),
    action_id: actionId,
    options: z.array(linkingOption).min(1).max(5),
    confirm: confirmation.optional(),
  })
  .refine(({ options }) => haveUniqueValues(options), { path: ['options'], message: uniqueValues });

/** Every option of a menu, those of its groups included. */
export function optionsOf(menu: {
  options?: readonly Option[] | undefined;
  option_groups?: readonly { options: readonly Option[] }[] | undefined;
}): readonly Option[] {
  return menu.options ?? menu.option_groups?.flatMap(({ options }) => options) ?? [];
}

/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    action_id: actionId,
    placeholder: plainText(150).optional(),
    options: z.array(option).min(1).max(100).optional(),
    option_groups: z.array(optionGroup).min(1).max(100).optional(),
    initial_option: option.optional(),
    confirm: confirmation.optional(),
  })
  .refine(
    ({ options, option_groups }) => (options === undefined) !== (option_groups === undefined),
    'must define either `options` or `option_groups`',
  )
  .refine((select) => haveUniqueValues(optionsOf(select)), uniqueValues)
  .refine(
    (select) => select.initial_option === undefined || isOffered(optionsOf(select), select.initial_option),
    onlyOffered,
  );

/** What an actions block holds. */
export const actionElement = z.discriminatedUnion('type', [button, overflow, staticSelect]);
export type ActionElement = z.infer<typeof actionElement>;

/** https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
const plainTextInput = z
  .strictObject({
    type: z.literal('plain_text_input'),
    action_id: actionId,
    initial_value: z.string().max(3000).optional(),
    multiline: z.boolean().optional(),
    max_length: z.int().min(1).max(3000).optional(),
  })
  .refine((input) => (input.initial_value ?? '').length <= (input.max_length ?? 3000), {
    path: ['initial_value'],
    message: 'must be less than or equal to max_length',
  });

/** https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element */
const checkboxes = z
  .strictObject({
    type: z.literal('checkboxes'),
    action_id: actionId,
    options: z.array(checkboxOption).min(1).max(10),
    initial_options: z.array(checkboxOption).min(1).max(10).optional(),
  })
  .refine(({ options }) => haveUniqueValues(options), { path: ['options'], message: uniqueValues })
  .refine(({ options, initial_options = [] }) => initial_options.every((initial) => isOffered(options, initial)), {
    path: ['initial_options'],
    message: onlyOffered,
  });

/** https://docs.slack.dev/reference/block-kit/block-elements/file-input-element */
const fileInput = z.strictObject({
  type: z.literal('file_input'),
  action_id: actionId,
  filetypes: z.array(z.string().min(1)).min(1).optional(),
  max_files: z.int().min(1).max(10).optional(),
});

export const inputElement = z.discriminatedUnion('type', [plainTextInput, staticSelect, checkboxes, fileInput]);
export type InputElement = z.infer<typeof inputElement>;
export type FileInput = z.infer<typeof fileInput>;

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

/** What a section has at its side. */
export const accessory = z.discriminatedUnion('type', [button, overflow, staticSelect, imageElement]);
