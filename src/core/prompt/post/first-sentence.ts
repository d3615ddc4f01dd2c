import { withoutUndrawable } from './key-phrases.js';
import { isOfficeTalk, namesChannel } from './office-words.js';
import { holdsPersonalData, placeholder } from './personal-data.js';

/** So much of a post is looked at for its first sentence. */
const maxLooked = 5_000;
/** Fewer words are an exclamation ("We’re hiring!"), and the next sentence says more. */
const minWords = 3;

/** ":tada:" or ":+1::skin-tone-3:", but not in "10:30:45" or "std::vector::size". */
export const emojiCodes = /(?<![\p{N}:])(?::[\p{Ll}\p{N}_+'-]+:)+(?![\p{L}\p{N}:])/gu;
const emoji = /(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\p{Regional_Indicator}|\u20e3|\ufe0f)\u200d?/gu;
/** Quoted words would be painted as lettering; 【下書き】 says what the post is, not what it is about. */
const marks = /【[^【】\n]{0,30}】|["“”„«»「」『』*_~`#>]/gu;

/**
 * The first sentence of a post that says something, in its own language, without emoji, quotation marks, labels such as
 * "Draft, LinkedIn:" and the frame of a table. '' for a post without words. The text is without personal data already.
 */
export function firstSentence(text: string): string {
  const plain = readTable(text.slice(0, maxLooked)).replace(emojiCodes, ' ').replace(emoji, ' ').replace(marks, '');
  const sentences = plain.split('\n').map(withoutLabel).flatMap(sentencesOf);
  const worded = sentences.filter((sentence) => /\p{L}/u.test(sentence));
  const telling = worded.filter(saysSomething);
  return telling.find(isDrawable) ?? telling[0] ?? worded[0] ?? '';
}

const segmenter = new Intl.Segmenter('und', { granularity: 'sentence' });

function sentencesOf(line: string): string[] {
  const sentences: string[] = [];
  if (line.trim() !== '') for (const { segment } of segmenter.segment(line)) sentences.push(tidy(segment));
  return sentences;
}

function saysSomething(sentence: string): boolean {
  const isSpaced = /\p{Script=Latin}|\p{Script=Cyrillic}|\p{Script=Greek}/u.test(sentence);
  return !isSpaced || (sentence.match(/\S*\p{L}\S*/gu)?.length ?? 0) >= minWords;
}

/** Without an address that was taken out, and without talk of where it will be posted. */
function isDrawable(sentence: string): boolean {
  return !placeholder.test(sentence) && !namesChannel(sentence);
}

function tidy(sentence: string): string {
  return sentence
    .replace(/\s+/gu, ' ')
    .replace(/ (?=[,.;:!?、。])/gu, '')
    .replace(/^[\s\p{Pd}•·,;:|]+/u, '')
    .trim();
}

/** The longest label: "Draft for Thursday’s newsletter:". */
const maxLabel = 60;

/** A line without the label before its colon, if that is talk of the office. */
function withoutLabel(line: string): string {
  const colon = line.slice(0, maxLabel).search(/[:：]\s/u);
  if (colon < 0) return line;
  const parts = line
    .slice(0, colon)
    .trim()
    .split(/\s*,\s*|\s+for\s+/u);
  const isLabel = parts.every((part) => isOfficeTalk(withoutUndrawable(part)));
  if (!isLabel) return line;
  const rest = line.slice(colon + 1).trim();
  return rest.charAt(0).toUpperCase() + rest.slice(1);
}

/** Rows of a table as one line of their cells, without its header, its frame, and cells of numbers alone. */
function readTable(text: string): string {
  const lines = text.split('\n');
  const isRow = (line: string) => (line.match(/\|/gu)?.length ?? 0) >= 2;
  const isRule = (line: string) => isRow(line) && /^[\s|:-]+$/u.test(line);
  if (!lines.some(isRule)) return text.replaceAll('|', ',');
  const rows = lines.filter((line, index) => isRow(line) && !isRule(line) && !isRule(lines[index + 1] ?? ''));
  const cells = rows.flatMap((row) => row.split('|').map((cell) => withoutUndrawable(cell.trim())));
  const worded = cells.filter((cell) => cell !== '' && !holdsPersonalData(cell));
  return [...lines.filter((line) => !isRow(line)), worded.join(', ')].join('\n').trim();
}
