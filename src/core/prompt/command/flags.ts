import { distance } from 'fastest-levenshtein';
import { findStyle } from '../styles.js';

export const flagNames = ['ar', 'no', 'style', 'seed', 'model', 'n', 'refine'] as const;
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
};

/** `--no` and `--model` add up, and a second `--refine` says nothing new. */
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
}

/** Takes a command apart. Never throws, and loses no word. */
export function readFlags(text: string): ReadRequest {
  const prompt: string[] = [];
  const issues: ValidationIssue[] = [];
  const values: Record<FlagName, string[]> = { ar: [], no: [], style: [], seed: [], model: [], n: [], refine: [] };
  const typedFlags: { word: string; typed: TypedFlag; following: string[] }[] = [];
  for (const word of splitWords(text)) {
    const typed = readMeantFlag(word);
    if (typed) typedFlags.push({ word, typed, following: [] });
    else (typedFlags.at(-1)?.following ?? prompt).push(word);
  }
  for (const { word, typed, following } of typedFlags) {
    const flag = findFlag(typed.name);
    const { value, taken } = takeValue(flag, typed, following);
    prompt.push(...following.slice(taken));
    if (!flag)
      issues.push({ flag: typed.name, problem: 'unknown_flag', given: word, didYouMean: guessFlag(typed.name) });
    else if (value === undefined) issues.push({ flag, problem: 'missing_value' });
    else if (flag === 'refine' && value !== '') issues.push({ flag, problem: 'takes_no_value', given: value });
    else values[flag].push(value);
  }
  const repeated = singleFlags.filter((flag) => values[flag].length > 1);
  issues.push(...repeated.map((flag) => ({ flag, problem: 'repeated' as const, given: values[flag].join(', ') })));
  return { prompt: prompt.join(' '), values, issues };
}

/** After a typographic dash an unknown word is prose, unless it looks like a mistyped flag of four letters or more. */
function readMeantFlag(word: string): TypedFlag | undefined {
  const typed = readFlag(word);
  if (!typed || typed.hasHyphens || findFlag(typed.name)) return typed;
  return typed.name.length > 3 && guessFlag(typed.name) ? typed : undefined;
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
  if (!flag) return { value: undefined, taken: 0 };
  if (flag === 'refine') return { value: typed.value ?? '', taken: 0 };
  if (typed.isQuoted) return { value: typed.value, taken: 0 };
  const glued = typed.value ? [typed.value] : [];
  const candidates = [...glued, ...following];
  const count = countValueWords(flag, candidates);
  if (count === 0) return { value: undefined, taken: 0 };
  const first = candidates[0] ?? '';
  const value = count === 1 ? (unquote(first) ?? first) : candidates.slice(0, count).join(' ');
  return { value: flag === 'no' ? value : value.replace(/(?<![,;.])[,;.]+$/, ''), taken: count - glued.length };
}

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

/** Two hyphens, or the single dash that phones and Macs make of them; then a name, and perhaps a value after `=`. */
const flagPattern = /^(?<dashes>--+|[—–―]-?)(?<name>[a-z][a-z0-9_-]*)(?:=(?<value>.*))?$/isu;

type TypedFlag = NonNullable<ReturnType<typeof readFlag>>;

/** A quotation stays in one piece. */
function splitWords(text: string): string[] {
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
function unquote(word: string): string | undefined {
  const inside = /^(?:["“”„‟](.*)["“”„‟]|[«»](.*)[«»]|['‘’‚‛](.*)['‘’‚‛])$/su.exec(word);
  return inside?.slice(1).find((text) => text !== undefined);
}

/** The value comes without its quotes. A typographic dash in place of hyphens may be punctuation. */
function readFlag(word: string) {
  const { dashes, name, value } = flagPattern.exec(word)?.groups ?? {};
  if (dashes === undefined || name === undefined) return undefined;
  const inside = value === undefined ? undefined : unquote(value);
  return { name, value: inside ?? value, isQuoted: inside !== undefined, hasHyphens: dashes.startsWith('--') };
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
function countSlips(typed: string, meant: string): number {
  const swapped = Array.from(
    typed.slice(1),
    (_, at) => typed.slice(0, at) + typed[at + 1] + typed[at] + typed.slice(at + 2),
  );
  return Math.min(distance(typed, meant), ...swapped.map((word) => 1 + distance(word, meant)));
}
