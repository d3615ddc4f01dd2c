import { z } from 'zod';
import {
  accessory,
  actionElement,
  blockId,
  button,
  eitherText,
  hasOneSource,
  imageElement,
  imageFields,
  inputElement,
  oneSource,
  plainText,
} from './elements.js';

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: blockId,
    text: eitherText(3000).optional(),
    fields: z.array(eitherText(2000)).min(1).max(10).optional(),
    accessory: accessory.optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, 'must define either `text` or `fields`');

const divider = z.strictObject({ type: z.literal('divider'), block_id: blockId });

const context = z.strictObject({
  type: z.literal('context'),
  block_id: blockId,
  elements: z.array(eitherText(3000)).min(1).max(10),
});

const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: z.array(actionElement).min(1).max(25),
});

const image = z
  .strictObject({ ...imageFields, block_id: blockId, title: plainText(2000).optional() })
  .refine(hasOneSource, oneSource);

const richTextElement = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('text'),
    text: z.string().min(1),
    style: z.strictObject({ bold: z.boolean().optional() }).optional(),
  }),
  z.strictObject({ type: z.literal('link'), url: z.string().min(1), text: z.string().optional() }),
  z.strictObject({ type: z.literal('user'), user_id: z.string().min(1) }),
  z.strictObject({ type: z.literal('channel'), channel_id: z.string().min(1) }),
]);

export type RichTextElement = z.infer<typeof richTextElement>;

/** https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
const richText = z.strictObject({
  type: z.literal('rich_text'),
  block_id: blockId,
  elements: z.array(
    z.strictObject({
      type: z.enum(['rich_text_section', 'rich_text_quote']),
      elements: z.array(richTextElement),
    }),
  ),
});

/** https://docs.slack.dev/reference/block-kit/blocks/card-block */
const card = z
  .strictObject({
    type: z.literal('card'),
    block_id: blockId,
    hero_image: imageElement.optional(),
    title: eitherText(150).optional(),
    subtitle: eitherText(150).optional(),
    body: eitherText(200).optional(),
    actions: z.array(button).min(1).max(3).optional(),
  })
  .refine(
    ({ hero_image, title, body, actions: buttons }) => [hero_image, title, body, buttons].some((part) => part),
    'must define at least one of `hero_image`, `title`, `actions` or `body`',
  );

/** https://docs.slack.dev/reference/block-kit/blocks/carousel-block */
const carousel = z.strictObject({
  type: z.literal('carousel'),
  block_id: blockId,
  elements: z.array(card).min(1).max(10),
});

/** https://docs.slack.dev/reference/block-kit/blocks/input-block */
const input = z
  .strictObject({
    type: z.literal('input'),
    block_id: blockId,
    label: plainText(2000),
    element: inputElement,
    hint: plainText(2000).optional(),
    optional: z.boolean().optional(),
    dispatch_action: z.boolean().optional(),
  })
  .refine((block) => !block.dispatch_action || block.element.type !== 'file_input', {
    path: ['element', 'type'],
    message: 'unsupported type: file_input',
  });

export type InputBlock = z.infer<typeof input>;

const everywhere = [section, divider, context, actions, image, richText] as const;

/** Messages take cards and carousels, modals take inputs. https://docs.slack.dev/reference/block-kit/blocks */
export const messageBlock = z.discriminatedUnion('type', [...everywhere, card, carousel]);
export const modalBlock = z.discriminatedUnion('type', [...everywhere, input]);

export type MessageBlock = z.infer<typeof messageBlock>;
export type ModalBlock = z.infer<typeof modalBlock>;

/** https://docs.slack.dev/reference/views/modal-views */
export const modal = z
  .strictObject({
    type: z.literal('modal'),
    title: plainText(24),
    submit: plainText(24).optional(),
    close: plainText(24).optional(),
    blocks: z.array(modalBlock).max(100),
    private_metadata: z.string().max(3000).optional(),
    callback_id: z.string().max(255).optional(),
    clear_on_close: z.boolean().optional(),
    notify_on_close: z.boolean().optional(),
  })
  .refine((view) => view.submit !== undefined || view.blocks.every((block) => block.type !== 'input'), {
    path: ['submit'],
    message: 'missing required field: submit',
  });

export type Modal = z.infer<typeof modal>;
