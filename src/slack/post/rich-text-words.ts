import { z } from 'zod';
import { emojiWords } from './emoji-words.js';

/** The inline elements that have words. https://docs.slack.dev/reference/block-kit/blocks/rich-text-block */
const inlineSchema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('text'), text: z.string() }),
  z.looseObject({ type: z.literal('link'), url: z.string(), text: z.string().optional() }),
  z.looseObject({ type: z.literal('emoji'), name: z.string() }),
  z.looseObject({ type: z.literal('user') }),
  z.looseObject({ type: z.literal('usergroup') }),
  z.looseObject({ type: z.literal('channel') }),
  z.looseObject({ type: z.literal('broadcast') }),
  z.looseObject({ type: z.literal('date'), fallback: z.string().optional() }),
]);

const parentSchema = z.looseObject({ type: z.string(), elements: z.array(z.unknown()) });

/** The words of a rich text block or of anything inside one; its texts are plain: neither escaped nor marked. */
export function richTextWords(element: unknown): string {
  const inline = inlineSchema.safeParse(element);
  if (inline.success) return inlineWords(inline.data);
  const parent = parentSchema.safeParse(element);
  if (!parent.success) return '';
  const separator = parent.data.type === 'rich_text' || parent.data.type === 'rich_text_list' ? '\n' : '';
  return parent.data.elements.map(richTextWords).join(separator).trim();
}

function inlineWords(element: z.infer<typeof inlineSchema>): string {
  switch (element.type) {
    case 'text':
      return element.text;
    case 'link':
      return element.text || element.url;
    case 'emoji':
      return ` ${emojiWords(element.name)} `;
    case 'user':
      return 'someone';
    case 'usergroup':
      return 'a team';
    case 'channel':
      return 'a channel';
    case 'broadcast':
      return 'everyone';
    case 'date':
      return element.fallback ?? '';
  }
}
