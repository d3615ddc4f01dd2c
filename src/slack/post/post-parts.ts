import { z } from 'zod';
import { withoutMarkdownMarks, withoutMrkdwnMarks } from './formatting-marks.js';
import { decodeEntities, tidyWhiteSpace, toPlainWords } from './plain-words.js';
import { richTextWords } from './rich-text-words.js';

const textObjectSchema = z.looseObject({ type: z.enum(['mrkdwn', 'plain_text']), text: z.string() });

/** The blocks that have words of the author's own. https://docs.slack.dev/reference/block-kit/blocks */
const blockSchema = z.discriminatedUnion('type', [
  z.looseObject({ type: z.literal('rich_text'), elements: z.array(z.unknown()) }),
  z.looseObject({
    type: z.literal('section'),
    text: z.unknown().optional(),
    fields: z.array(z.unknown()).catch([]),
  }),
  z.looseObject({ type: z.literal('header'), text: z.unknown() }),
  z.looseObject({ type: z.literal('markdown'), text: z.string() }),
  z.looseObject({ type: z.literal('context'), elements: z.array(z.unknown()) }),
]);

/** The words of one block; '' for blocks that have none, such as images and buttons. */
export function blockWords(block: unknown): string {
  const parsed = blockSchema.safeParse(block);
  if (!parsed.success) return '';
  const { data } = parsed;
  switch (data.type) {
    case 'rich_text':
      return tidyWhiteSpace(richTextWords(data));
    case 'section':
      return joinWords([data.text, ...data.fields].map(textObjectWords));
    case 'header':
      return textObjectWords(data.text);
    case 'markdown':
      return toPlainWords(withoutMarkdownMarks(data.text));
    case 'context':
      return joinWords(data.elements.map(textObjectWords));
  }
}

function textObjectWords(object: unknown): string {
  const parsed = textObjectSchema.safeParse(object);
  if (!parsed.success) return '';
  const { type, text } = parsed.data;
  return toPlainWords(type === 'mrkdwn' ? withoutMrkdwnMarks(text) : text);
}

const optionalText = z.string().catch('');

/** Secondary attachments, such as unfurled links and shared messages. */
const attachmentSchema = z.looseObject({
  pretext: optionalText,
  title: optionalText,
  text: optionalText,
  fallback: optionalText,
  blocks: z.array(z.unknown()).catch([]),
});

/** The words of one attachment; its fallback only where the rest has none, as it repeats them. */
export function attachmentWords(attachment: unknown): string {
  const parsed = attachmentSchema.safeParse(attachment);
  if (!parsed.success) return '';
  const { pretext, title, text, fallback, blocks } = parsed.data;
  const own = joinWords([pretext, title, text].map((part) => toPlainWords(withoutMrkdwnMarks(part))));
  return own || joinWords(blocks.map(blockWords)) || toPlainWords(withoutMrkdwnMarks(fallback));
}

const fileSchema = z.looseObject({ title: optionalText, name: optionalText });

/** A file's title, else its name: without the ending ("team-offsite.png" → "team-offsite"). */
export function fileWords(file: unknown): string {
  const parsed = fileSchema.safeParse(file);
  if (!parsed.success) return '';
  const name = parsed.data.title || parsed.data.name;
  return decodeEntities(name)
    .replace(/\.[a-z\d]{1,5}$/iu, '')
    .trim();
}

function joinWords(parts: string[]): string {
  return parts.filter((part) => part !== '').join('\n');
}
