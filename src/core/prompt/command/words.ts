import { distance } from 'fastest-levenshtein';

/** Straight and curly quotes match in any mixture, because keyboards mix them. */
const quotation = '["“”„‟][^"“”„‟]*["“”„‟]|[«»][^«»]*[«»]';
/** Single quotes are apostrophes too, so they quote only values. */
const valueQuotation = `${quotation}|['‘’‚‛][^'‘’‚‛]*['‘’‚‛]`;

const rest = `(?:(?<==)(?:${valueQuotation})|\\S)*`;
const anyWord = new RegExp(`\\s*((?:${quotation}|\\S)${rest})`, 'yu');
const wordAfterFlag = new RegExp(`\\s*((?:${valueQuotation}|\\S)${rest})`, 'yu');

/** Two hyphens, or the single dash that phones and Macs make of them; then a name, and perhaps a value after `=`. */
const flagPattern = /^(?<dashes>--+|[—–―]-?)(?<name>[a-z][a-z0-9_-]*)(?:=(?<value>.*))?$/isu;

export interface TypedFlag {
  name: string;
  /** What follows `=`, without its quotes. */
  value?: string | undefined;
  isQuoted: boolean;
  /** False for a typographic dash, which may be punctuation. */
  hasHyphens: boolean;
}

/** The runs of text between spaces; a quotation stays in one piece. */
export function splitWords(text: string): string[] {
  const words: string[] = [];
  let end = 0;
  for (;;) {
    const pattern = flagPattern.test(words.at(-1) ?? '') ? wordAfterFlag : anyWord;
    pattern.lastIndex = end;
    const word = pattern.exec(text)?.[1];
    if (word === undefined) return words;
    words.push(word);
    end = pattern.lastIndex;
  }
}

/** The inside of a word that is one whole quotation. */
export function unquote(word: string): string | undefined {
  const inside = /^(?:["“”„‟](.*)["“”„‟]|[«»](.*)[«»]|['‘’‚‛](.*)['‘’‚‛])$/su.exec(word);
  return inside?.slice(1).find((text) => text !== undefined);
}

export function readFlag(word: string): TypedFlag | undefined {
  const { dashes, name, value } = flagPattern.exec(word)?.groups ?? {};
  if (dashes === undefined || name === undefined) return undefined;
  const inside = value === undefined ? undefined : unquote(value);
  return { name, value: inside ?? value, isQuoted: inside !== undefined, hasHyphens: dashes.startsWith('--') };
}

/** The candidate that a mistyped word was most likely meant to be: at most one slip in three letters. */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  let best: { candidate: string; slips: number } | undefined;
  for (const candidate of candidates) {
    const allowed = Math.floor(Math.max(typed.length, candidate.length) / 3);
    if (Math.abs(typed.length - candidate.length) > allowed) continue; // spares a long text the comparison
    const slips = countSlips(typed, candidate.toLowerCase());
    if (slips <= allowed && slips < (best?.slips ?? Number.POSITIVE_INFINITY)) best = { candidate, slips };
  }
  return best?.candidate;
}

/** The edit distance, but two letters swapped are one slip ("stlye"), where Levenshtein counts two. */
function countSlips(typed: string, meant: string): number {
  const swapped = Array.from(
    typed.slice(1),
    (_, at) => typed.slice(0, at) + typed[at + 1] + typed[at] + typed.slice(at + 2),
  );
  return Math.min(distance(typed, meant), ...swapped.map((word) => 1 + distance(word, meant)));
}
