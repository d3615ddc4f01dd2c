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

/** https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const option = z.strictObject({ text: plainText(75), value: z.string().min(1).max(75) });

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

export type Button = z.infer<typeof button>;

/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
const staticSelect = z
  .strictObject({
    type: z.literal('static_select'),
    action_id: actionId,
    options: z.array(option).min(1).max(100),
    initial_option: option.optional(),
  })
  .refine(
    ({ options, initial_option }) =>
      initial_option === undefined || options.some((offered) => isDeepStrictEqual(offered, initial_option)),
    'initial options must exactly match the options provided',
  );

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

export const inputElement = z.discriminatedUnion('type', [plainTextInput, staticSelect]);
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
