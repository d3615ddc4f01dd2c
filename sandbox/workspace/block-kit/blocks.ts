import { z } from 'zod';
import {
  actionElement,
  button,
  checkboxes,
  multiStaticSelect,
  overflow,
  radioButtons,
  staticSelect,
} from './elements.js';
import { hasOneSource, imageElement, imageFields, oneSource } from './images.js';
import { inputBlock } from './inputs.js';
import { richText } from './rich-text.js';
import { blockId, eitherText, mrkdwn, plainText } from './text.js';

const section = z
  .strictObject({
    type: z.literal('section'),
    block_id: blockId,
    text: eitherText(3000).optional(),
    fields: z.array(eitherText(2000)).min(1).max(10).optional(),
    accessory: z
      .discriminatedUnion('type', [
        button,
        overflow,
        staticSelect,
        multiStaticSelect,
        checkboxes,
        radioButtons,
        imageElement,
      ])
      .optional(),
    expand: z.boolean().optional(),
  })
  .refine((block) => block.text !== undefined || block.fields !== undefined, 'must define either `text` or `fields`');

const header = z.strictObject({ type: z.literal('header'), block_id: blockId, text: plainText(150) });
const divider = z.strictObject({ type: z.literal('divider'), block_id: blockId });

const context = z.strictObject({
  type: z.literal('context'),
  block_id: blockId,
  elements: z
    .array(z.discriminatedUnion('type', [plainText(3000), mrkdwn(3000), imageElement]))
    .min(1)
    .max(10),
});

const actions = z.strictObject({
  type: z.literal('actions'),
  block_id: blockId,
  elements: z.array(actionElement).min(1).max(25),
});

const image = z
  .strictObject({ ...imageFields, block_id: blockId, title: plainText(2000).optional() })
  .refine(hasOneSource, oneSource);

const markdown = z.strictObject({
  type: z.literal('markdown'),
  block_id: blockId,
  text: z.string().min(1).max(12_000),
});

/** https://docs.slack.dev/reference/block-kit/blocks/card-block */
const card = z
  .strictObject({
    type: z.literal('card'),
    block_id: blockId,
    hero_image: imageElement.optional(),
    icon: imageElement.optional(),
    title: eitherText(150).optional(),
    subtitle: eitherText(150).optional(),
    body: eitherText(200).optional(),
    subtext: eitherText(200).optional(),
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

/** Messages take cards and carousels; modals take inputs. https://docs.slack.dev/reference/block-kit/blocks */
export const messageBlock = z.discriminatedUnion('type', [
  section,
  header,
  divider,
  context,
  actions,
  image,
  markdown,
  richText,
  card,
  carousel,
]);

export const modalBlock = z.discriminatedUnion('type', [
  section,
  header,
  divider,
  context,
  actions,
  image,
  markdown,
  richText,
  inputBlock,
]);

export type MessageBlock = z.infer<typeof messageBlock>;
export type ModalBlock = z.infer<typeof modalBlock>;
