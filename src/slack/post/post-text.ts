import { z } from 'zod';
import { shorten } from '../../core/shorten.js';
import { withoutMrkdwnMarks } from './formatting-marks.js';
import { toPlainWords } from './plain-words.js';
import { attachmentWords, blockWords, fileWords } from './post-parts.js';

/** What Slack itself writes into `text` of a message made of blocks alone. */
const slackPlaceholder = /^This content can[’']t be displayed\.?$/u;

/** A message of anyone's, anywhere: any part may be missing or of a shape not known here, which then has no words. */
const messageSchema = z.looseObject({
  text: z.string().catch(''),
  blocks: z.array(z.unknown()).catch([]),
  attachments: z.array(z.unknown()).catch([]),
  files: z.array(z.unknown()).catch([]),
});

/** A prompt takes 3,000 characters and Comprehend reads the mood of 5,000 bytes, but a message has up to 40,000. */
const maxPost = 5_000;

/**
 * The words of a Slack message, without Slack's markup: its `text`; where that has none, its blocks', else its attachments',
 * else its files' names. '' where there are none. `message` is the `message` of a message shortcut's payload.
 */
export function readPostText(message: unknown): string {
  const parsed = messageSchema.safeParse(message);
  return parsed.success ? shorten(wordsOf(parsed.data), maxPost) : '';
}

function wordsOf({ text, blocks, attachments, files }: z.infer<typeof messageSchema>): string {
  const words = toPlainWords(withoutMrkdwnMarks(text));
  if (words !== '' && !slackPlaceholder.test(words)) return words;
  return (
    [blocks.map(blockWords), attachments.map(attachmentWords), files.map(fileWords)]
      .map((parts) => parts.filter((part) => part !== '').join('\n'))
      .find((part) => part !== '') ?? ''
  );
}
