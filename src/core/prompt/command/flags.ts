import type { AspectRatio } from '../../image-model.js';
import { findStyle } from '../styles.js';
import { nearestWord, readFlag, splitWords, type TypedFlag, unquote } from './words.js';

export const flagNames = ['ar', 'no', 'style', 'seed', 'model', 'n', 'refine'] as const;
export type FlagName = (typeof flagNames)[number];

/** Few, because after a dash any of them may be prose. */
const otherSpellings: readonly [string, FlagName][] = [
  ['aspect', 'ar'],
  ['aspect-ratio', 'ar'],
  ['ratio', 'ar'],
  ['negative', 'no'],
  ['negative-prompt', 'no'],
  ['models', 'model'],
  ['count', 'n'],
  ['images', 'n'],
  ['improve', 'refine'],
];

const spellings: ReadonlyMap<string, FlagName> = new Map([
  ...flagNames.map((flag) => [flag, flag] as const),
  ...otherSpellings,
]);

/** A mistake in a command or a form. Nothing is started while there is one. `model` is a label. */
export type ValidationIssue =
  | { flag: string; problem: 'unknown_flag'; given: string; didYouMean?: FlagName | undefined }
  | { flag: FlagName; problem: 'missing_value' }
  | { flag: FlagName; problem: 'takes_no_value'; given: string }
  | { flag: FlagName; problem: 'repeated'; given: string }
  | { flag: 'ar'; problem: 'not_an_aspect_ratio'; given: string }
  | {
      flag: 'ar';
      problem: 'aspect_ratio_not_available';
      given: string;
      model: string;
      allowed: readonly AspectRatio[];
      nearest: AspectRatio;
    }
  | {
      flag: 'style' | 'model';
      problem: 'unknown_name';
      given: string;
      allowed: readonly string[];
      didYouMean?: string | undefined;
    }
  | { flag: 'model'; problem: 'model_not_offered'; given: string; allowed: readonly string[] }
  | { flag: 'model'; problem: 'retired_model'; given: string; model: string; since: string; didYouMean: string }
  | { flag: 'model'; problem: 'too_many_models'; given: number; allowed: number }
  | { flag: 'seed' | 'n'; problem: 'not_in_range'; given: string; allowed: { min: number; max: number } }
  | { flag: 'no' | 'prompt'; problem: 'too_long'; given: number; allowed: number; model: string }
  | { flag: 'prompt'; problem: 'empty' };

/** A command taken apart: the prompt, and what each flag was given, not yet checked. */
export interface ReadCommand {
  prompt: string;
  values: Readonly<Record<FlagName, readonly string[]>>;
  issues: ValidationIssue[];
}

export function readFlags(text: string): ReadCommand {
  const words = splitWords(text);
  const prompt: string[] = [];
  const issues: ValidationIssue[] = [];
  const values: Record<FlagName, string[]> = { ar: [], no: [], style: [], seed: [], model: [], n: [], refine: [] };
  let next = 0;
  while (next < words.length) {
    const word = words[next] ?? '';
    next += 1;
    const typed = readMeantFlag(word);
    const flag = typed && findFlag(typed.name);
    if (!typed) prompt.push(word);
    else if (!flag) {
      issues.push({ flag: typed.name, problem: 'unknown_flag', given: word, didYouMean: guessFlag(typed.name) });
    } else {
      const { value, taken } = takeValue(flag, typed, words.slice(next, findNextFlag(words, next)));
      next += taken;
      if (value === undefined) issues.push({ flag, problem: 'missing_value' });
      else values[flag].push(value);
    }
  }
  return { prompt: prompt.join(' '), values, issues: [...issues, ...findRepeated(values)] };
}

/** After a typographic dash an unknown word is prose, unless it looks like a mistyped flag of four letters or more. */
function readMeantFlag(word: string): TypedFlag | undefined {
  const typed = readFlag(word);
  if (!typed || typed.hasHyphens || findFlag(typed.name)) return typed;
  return typed.name.length > 3 && guessFlag(typed.name) ? typed : undefined;
}

const normalize = (name: string): string => name.toLowerCase().replaceAll('_', '-');

const findFlag = (name: string): FlagName | undefined => spellings.get(normalize(name));

function guessFlag(name: string): FlagName | undefined {
  return spellings.get(nearestWord(normalize(name), [...spellings.keys()]) ?? '');
}

function findNextFlag(words: readonly string[], from: number): number {
  let index = from;
  while (index < words.length && !readMeantFlag(words[index] ?? '')) index += 1;
  return index;
}

/**
 * @param following the words up to the next flag
 * @returns how many of them belong to the value, beside it
 */
function takeValue(
  flag: FlagName,
  typed: TypedFlag,
  following: readonly string[],
): { value: string | undefined; taken: number } {
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

/** `--no` and `--model` add up, and a second `--refine` says nothing new; the others have one value. */
function findRepeated(values: ReadCommand['values']): ValidationIssue[] {
  const single: readonly FlagName[] = ['ar', 'style', 'seed', 'n'];
  const repeated = single
    .filter((flag) => values[flag].length > 1)
    .map((flag): ValidationIssue => ({ flag, problem: 'repeated', given: values[flag].join(', ') }));
  const refineValue = values.refine.find((value) => value !== '');
  return refineValue === undefined
    ? repeated
    : [...repeated, { flag: 'refine', problem: 'takes_no_value', given: refineValue }];
}
