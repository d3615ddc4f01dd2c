import { z } from 'zod';

/**
 * The documented limits of the blocks that this app sends, written from Slack's pages and not from `src`:
 * https://docs.slack.dev/reference/block-kit. Undocumented fields are refused.
 */
const text = (limit: number) => z.string().min(1).max(limit);
const url = z.url({ protocol: /^https?$/ }).max(3000);

const plainText = (limit: number) =>
  z.strictObject({ type: z.literal('plain_text'), text: text(limit), emoji: z.boolean().optional() });
const mrkdwn = (limit: number) =>
  z.strictObject({ type: z.literal('mrkdwn'), text: text(limit), verbatim: z.boolean().optional() });
const anyText = (limit: number) => z.discriminatedUnion('type', [plainText(limit), mrkdwn(limit)]);

const button = z.strictObject({
  type: z.literal('button'),
  text: plainText(75),
  action_id: text(255),
  value: text(2000).optional(),
  url: url.optional(),
  style: z.enum(['primary', 'danger']).optional(),
  confirm: z
    .strictObject({
      title: plainText(100),
      text: plainText(300),
      confirm: plainText(30),
      deny: plainText(30),
      style: z.enum(['primary', 'danger']).optional(),
    })
    .optional(),
  accessibility_label: text(75).optional(),
});

const slackFile = z.strictObject({ id: z.string().regex(/^F[A-Z0-9]{8,}$/) });
const image = z
  .strictObject({
    type: z.literal('image'),
    image_url: url.optional(),
    slack_file: slackFile.optional(),
    alt_text: text(2000),
    title: plainText(2000).optional(),
  })
  .refine(({ image_url, slack_file }) => (image_url === undefined) !== (slack_file === undefined), {
    error: 'exactly one of image_url and slack_file',
  });

const card = z
  .strictObject({
    type: z.literal('card'),
    hero_image: image.optional(),
    title: anyText(150).optional(),
    subtitle: anyText(150).optional(),
    body: anyText(200).optional(),
    actions: z.array(button).min(1).max(3).optional(),
  })
  .refine(({ hero_image, title, body, actions }) => hero_image || title || body || actions, {
    error: 'at least one of hero_image, title, body and actions',
  });

const richTextElement = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('text'), text: text(3000) }),
  z.strictObject({ type: z.literal('link'), url, text: text(3000).optional() }),
  z.strictObject({ type: z.literal('user'), user_id: z.string().regex(/^[UW][A-Z0-9]+$/) }),
]);
const richTextPart = z.strictObject({
  type: z.enum(['rich_text_section', 'rich_text_quote']),
  elements: z.array(richTextElement).min(1),
});

const block = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('rich_text'), elements: z.array(richTextPart).min(1) }),
  z.strictObject({ type: z.literal('section'), text: anyText(3000), accessory: button.optional() }),
  z.strictObject({ type: z.literal('context'), elements: z.array(anyText(3000)).min(1).max(10) }),
  z.strictObject({ type: z.literal('actions'), elements: z.array(button).min(1).max(25) }),
  z.strictObject({ type: z.literal('carousel'), elements: z.array(card).min(1).max(10) }),
  image,
]);

/** `text` within what chat.update takes: https://docs.slack.dev/reference/methods/chat.update */
export const messageSchema = z.strictObject({
  text: text(4000),
  blocks: z
    .array(
      block.refine((value) => hasOnlyDistinct(valuesOf(value, 'action_id')), {
        error: 'each action_id once in a block',
      }),
    )
    .min(1)
    .max(50),
});

/** Every value in a message with this key, at any depth. */
export function valuesOf(value: unknown, key: string): unknown[] {
  return objectsIn(value).flatMap((object) => (key in object ? [object[key]] : []));
}

/** Every object in a message, at any depth. */
export function objectsIn(value: unknown): Record<string, unknown>[] {
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.values(value).flatMap(objectsIn);
  return Array.isArray(value) ? inner : [{ ...value }, ...inner];
}

function hasOnlyDistinct(values: unknown[]): boolean {
  return new Set(values).size === values.length;
}
