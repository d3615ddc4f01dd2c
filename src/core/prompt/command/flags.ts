import { distance } from 'fastest-levenshtein';
import { findModel } from '../../model-catalog.js';
import { parseAspectRatio } from '../aspect-ratio.js';
import { findStyle } from '../styles.js';

export const flagNames = ['ar', 'no', 'style', 'seed', 'model', 'n', 'refine', 'as-is', 'private', 'public'] as const;
export type FlagName = (typeof flagNames)[number];

/** Few, because after a dash any of them may be prose. */
const spellings: Readonly<Record<FlagName, readonly string[]>> = {
  ar: ['ar', 'aspect', 'aspect-ratio', 'ratio'],
  no: ['no', 'negative', 'negative-prompt'],
  style: ['style'],
  seed: ['seed'],
  model: ['model', 'models'],
  n: ['n', 'count', 'images'],
  refine: ['refine', 'improve'],
  'as-is': ['as-is', 'asis'],
  private: ['private'],
  public: ['public'],
};

/**
 * Of Midjourney, whose users type them out of habit. They are left out, with their numbers.
 * https://docs.midjourney.com/hc/en-us/articles/32859204029709-Parameter-List
 */
const habits = {
  withValue: words(
    'v version niji s stylize stylise c chaos q quality w weird iw stop r repeat p sref sw cref cw oref ow exp',
  ),
  alone: words('fast relax turbo tile raw draft hd sd video stealth'),
};

function words(list: string): readonly string[] {
  return list.split(' ');
}

/** They take no value. */
const bareFlags: readonly FlagName[] = ['refine', 'as-is', 'private', 'public'];

/** `--no` and `--model` add up, and a second bare flag says nothing new. */
const singleFlags: readonly FlagName[] = ['ar', 'style', 'seed', 'n'];

type Names = readonly string[];

/** A mistake in a command or a form. Nothing is started while there is one. `model` is a label. */
export type ValidationIssue =
  | { flag: string; problem: 'unknown_flag'; given: string; didYouMean?: FlagName | undefined }
  | { flag: FlagName; problem: 'missing_value' }
  | { flag: FlagName; problem: 'takes_no_value' | 'repeated'; given: string }
  | { flag: 'ar'; problem: 'not_an_aspect_ratio'; given: string }
  | { flag: 'ar'; problem: 'aspect_ratio_not_available'; given: string; model: string; allowed: Names; nearest: string }
  | { flag: 'style' | 'model'; problem: 'unknown_name'; given: string; allowed: Names; didYouMean: string | undefined }
  | { flag: 'model'; problem: 'model_not_offered'; given: string; allowed: Names }
  | { flag: 'model'; problem: 'retired_model'; given: string; model: string; since: string; didYouMean: string }
  | { flag: 'model'; problem: 'too_many_models'; given: number; allowed: number }
  | { flag: 'n'; problem: 'not_in_range'; given: string; allowed: { min: number; max: number } }
  | { flag: 'seed'; problem: 'not_a_seed'; given: string }
  | { flag: 'no' | 'prompt'; problem: 'too_long'; given: number; allowed: number; model: string }
  | { flag: 'prompt'; problem: 'empty' };

/** A command or a form taken apart: the prompt, and what each flag was given, as typed or chosen, not yet checked. */
export interface ReadRequest {
  prompt: string;
  values: Readonly<Partial<Record<FlagName, readonly string[]>>>;
  issues: readonly ValidationIssue[];
  /** What was left out, as typed: see `habits`. */
  ignored: readonly string[];
}

/** Takes a command apart. Never throws, and loses no word. */
export function readFlags(text: string): ReadRequest {
  const { prompt, flags } = takeApart(text);
  const issues: ValidationIssue[] = [];
  const ignored: string[] = [];
  const bare = { refine: [], 'as-is': [], private: [], public: [] };
  const values: Record<FlagName, string[]> = { ar: [], no: [], style: [], seed: [], model: [], n: [], ...bare };
  for (const { word, name, flag, value, start, end } of flags) {
    if (isHabit(name) || (flag === 'style' && value?.toLowerCase() === 'raw')) ignored.push(text.slice(start, end));
    else if (!flag) issues.push({ flag: name, problem: 'unknown_flag', given: word, didYouMean: guessFlag(name) });
    else if (value === undefined) issues.push({ flag, problem: 'missing_value' });
    else if (bareFlags.includes(flag) && value !== '') issues.push({ flag, problem: 'takes_no_value', given: value });
    else values[flag].push(value);
  }
  const repeated = singleFlags.filter((flag) => values[flag].length > 1);
  issues.push(...repeated.map((flag) => ({ flag, problem: 'repeated' as const, given: values[flag].join(', ') })));
  return { prompt: prompt.join(' '), values, issues, ignored };
}

/** A flag with its value, and where the two are in the text. */
export interface FoundFlag {
  word: string;
  name: string;
  flag: FlagName | undefined;
  value: string | undefined;
  start: number;
  end: number;
}

/** The words of the prompt, and the flags. */
export function takeApart(text: string): { prompt: string[]; flags: FoundFlag[] } {
  const all = splitWords(text);
  const prompt: string[] = [];
  const groups: { at: Word; typed: TypedFlag; following: Word[] }[] = [];
  for (const [index, at] of all.entries()) {
    const typed = readMeantFlag(at.word, all[index + 1]?.word, all[index + 2]?.word);
    if (typed) groups.push({ at, typed, following: [] });
    else if (groups.length === 0) prompt.push(at.word);
    else groups.at(-1)?.following.push(at);
  }
  const flags = groups.map(({ at: { word, start, end }, typed, following }) => {
    const flag = findFlag(typed.name);
    const candidates = following.map((next) => next.word);
    const { value, taken } = takeValue(flag, typed, candidates);
    prompt.push(...candidates.slice(taken));
    return { word, name: typed.name, flag, value, start, end: following[taken - 1]?.end ?? end };
  });
  return { prompt, flags };
}

/**
 * Two hyphens always mean a flag. After a typographic dash an unknown word is prose, unless it looks like a mistyped flag
 * of four letters or more. After a single hyphen every word is, and so is a single letter after a dash, unless what
 * follows fits the flag.
 */
function readMeantFlag(word: string, next: string | undefined, afterNext = ''): TypedFlag | undefined {
  const typed = readFlag(word);
  if (!typed || typed.dashes.startsWith('--')) return typed;
  const { name, dashes, value = next } = typed;
  const flag = findFlag(name);
  if (isHabit(name)) return isMeantHabit(name, value) ? typed : undefined;
  if (dashes === '-' || name.length === 1) return flag && fitsFlag(flag, value, afterNext) ? typed : undefined;
  return flag || (name.length > 3 && guessFlag(name)) ? typed : undefined;
}

const isHabit = (name: string): boolean => takesHabitValue(name) || habits.alone.includes(name.toLowerCase());
const takesHabitValue = (name: string): boolean => habits.withValue.includes(name.toLowerCase());

/** A number, an image's address or, of a style reference, "random". */
const isHabitValue = (word = ''): boolean => /^(?:(?:\d+(?:\.\d+)?|\.\d+)[a-z]?|random|https?:.+)[,;.]?$/iu.test(word);

/** With a value, or at the end of the text or before another flag: "a fox —fast and red" is prose. */
function isMeantHabit(name: string, next: string | undefined): boolean {
  return takesHabitValue(name) ? isHabitValue(next) : next === undefined || readFlag(next) !== undefined;
}

function fitsFlag(flag: FlagName, typed: string | undefined, afterNext: string): boolean {
  if (typed === undefined) return bareFlags.includes(flag);
  const value = trimPunctuation(unquote(typed) ?? typed);
  switch (flag) {
    case 'ar':
      return parseAspectRatio(value) !== undefined;
    case 'style':
      return /^none$/i.test(value) || [value, `${value} ${trimPunctuation(afterNext)}`].some((name) => findStyle(name));
    case 'model':
      return findModel(value.split(',', 1)[0] ?? '') !== undefined;
    case 'seed':
    case 'n':
      return /^\d+$/.test(value);
    case 'no':
    case 'refine':
    case 'as-is':
    case 'private':
    case 'public':
      return true;
  }
}

const normalize = (name: string): string => name.toLowerCase().replaceAll('_', '-');

function findFlag(name: string): FlagName | undefined {
  return flagNames.find((flag) => spellings[flag].includes(normalize(name)));
}

function guessFlag(name: string): FlagName | undefined {
  return findFlag(nearestWord(normalize(name), Object.values(spellings).flat()) ?? '');
}

/**
 * @param following the words up to the next flag
 * @returns how many of them belong to the value, beside it
 */
function takeValue(
  flag: FlagName | undefined,
  typed: TypedFlag,
  following: readonly string[],
): { value: string | undefined; taken: number } {
  if (isHabit(typed.name)) {
    const takesNext = typed.value === undefined && takesHabitValue(typed.name) && isHabitValue(following[0]);
    return { value: undefined, taken: takesNext ? 1 : 0 };
  }
  if (!flag) return { value: undefined, taken: 0 };
  if (bareFlags.includes(flag)) return { value: typed.value ?? '', taken: 0 };
  if (typed.isQuoted) return { value: typed.value, taken: 0 };
  const glued = typed.value ? [typed.value] : [];
  const candidates = [...glued, ...following];
  const count = countValueWords(flag, candidates);
  if (count === 0) return { value: undefined, taken: 0 };
  const first = candidates[0] ?? '';
  const value = count === 1 ? (unquote(first) ?? first) : candidates.slice(0, count).join(' ');
  return { value: flag === 'no' ? value : trimPunctuation(value), taken: count - glued.length };
}

/** Without the punctuation that ends it. */
const trimPunctuation = (value: string): string => value.replace(/(?<![,;.])[,;.]+$/, '');

function countValueWords(flag: FlagName, candidates: readonly string[]): number {
  const first = candidates[0];
  if (first === undefined) return 0;
  if (unquote(first) !== undefined) return 1;
  if (flag === 'no') return candidates.length;
  if (flag === 'style') return findStyle(candidates.slice(0, 2).join(' ')) ? Math.min(2, candidates.length) : 1; // "line art"
  return flag === 'model' ? countListWords(candidates) : 1;
}

/** `core, ultra` and `core ,ultra` are one list; `core ultra` is a model and a word of the prompt. */
function countListWords(candidates: readonly string[]): number {
  const end = candidates.findIndex(
    (word, index) => index > 0 && !candidates[index - 1]?.endsWith(',') && !word.startsWith(','),
  );
  return end < 0 ? candidates.length : end;
}

/** Straight and curly quotes match in any mixture, because keyboards mix them. */
const quotation = '["“”„‟][^"“”„‟]*["“”„‟]|[«»][^«»]*[«»]';
/** Single quotes are apostrophes too, so they quote only values. */
const valueQuotation = `${quotation}|['‘’‚‛][^'‘’‚‛]*['‘’‚‛]`;

const rest = `(?:(?<==)(?:${valueQuotation})|\\S)*`;
const anyWord = new RegExp(`\\s*((?:${quotation}|\\S)${rest})`, 'yu');
const wordAfterFlag = new RegExp(`\\s*((?:${valueQuotation}|\\S)${rest})`, 'yu');

/** Hyphens, or the single dash that phones and Macs make of two; then a name, and perhaps a value after `=`. */
const flagPattern = /^(?<dashes>-+|[—–―]-?)(?<name>[a-z][a-z0-9_-]*)(?:=(?<value>.*))?$/isu;

type TypedFlag = NonNullable<ReturnType<typeof readFlag>>;

interface Word {
  word: string;
  start: number;
  end: number;
}

/** A quotation stays in one piece. */
function splitWords(text: string): Word[] {
  const found: Word[] = [];
  let end = 0;
  for (;;) {
    const pattern = flagPattern.test(found.at(-1)?.word ?? '') ? wordAfterFlag : anyWord;
    pattern.lastIndex = end;
    const word = pattern.exec(text)?.[1];
    if (word === undefined) return found;
    end = pattern.lastIndex;
    found.push({ word, start: end - word.length, end });
  }
}

/** The inside of a word that is one whole quotation. */
function unquote(word: string): string | undefined {
  const inside = /^(?:["“”„‟](.*)["“”„‟]|[«»](.*)[«»]|['‘’‚‛](.*)['‘’‚‛])$/su.exec(word);
  return inside?.slice(1).find((text) => text !== undefined);
}

/** The value comes without its quotes. A single dash may be punctuation: see `readMeantFlag`. */
function readFlag(word: string) {
  const { dashes, name, value } = flagPattern.exec(word)?.groups ?? {};
  if (dashes === undefined || name === undefined) return undefined;
  const inside = value === undefined ? undefined : unquote(value);
  return { name, value: inside ?? value, isQuoted: inside !== undefined, dashes };
}

/** The candidate that a mistyped word was most likely meant to be: at most one slip in three letters. */
export function nearestWord(word: string, candidates: readonly string[]): string | undefined {
  const typed = word.toLowerCase();
  const near = candidates.flatMap((candidate) => {
    const allowed = Math.floor(Math.max(typed.length, candidate.length) / 3);
    if (Math.abs(typed.length - candidate.length) > allowed) return []; // spares a long text the comparison
    const slips = countSlips(typed, candidate.toLowerCase());
    return slips <= allowed ? [{ candidate, slips }] : [];
  });
  return near.sort((one, other) => one.slips - other.slips)[0]?.candidate;
}

/** The edit distance, but two letters swapped are one slip ("stlye"), where Levenshtein counts two. */
export function countSlips(typed: string, meant: string): number {
  const swapped = Array.from(
    typed.slice(1),
    (_, at) => typed.slice(0, at) + typed[at + 1] + typed[at] + typed.slice(at + 2),
  );
  return Math.min(distance(typed, meant), ...swapped.map((word) => 1 + distance(word, meant)));
}
