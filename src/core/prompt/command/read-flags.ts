import { findStyle } from '../styles.js';
import { type FlagName, findFlag, guessFlag } from './command-flags.js';
import type { ValidationIssue } from './command-problems.js';
import { readFlag, splitWords, type TypedFlag, unquote } from './command-words.js';

/** A command taken apart: what is prompt, and what each flag was given, not yet judged. */
export interface ReadCommand {
  prompt: string;
  values: Readonly<Record<FlagName, readonly string[]>>;
  issues: readonly ValidationIssue[];
}

export function readFlags(text: string): ReadCommand {
  const words = splitWords(text);
  const prompt: string[] = [];
  const issues: ValidationIssue[] = [];
  const values: Record<FlagName, string[]> = { ar: [], no: [], style: [], seed: [], model: [], n: [], refine: [] };
  let at = 0;
  while (at < words.length) {
    const word = words[at] ?? '';
    at += 1;
    const typed = readMeantFlag(word);
    if (!typed) {
      prompt.push(word);
      continue;
    }
    const flag = findFlag(typed.name);
    if (!flag) {
      const didYouMean = guessFlag(typed.name);
      issues.push({ flag: typed.name, problem: 'unknown_flag', given: word, ...(didYouMean && { didYouMean }) });
      continue;
    }
    const { value, taken } = takeValue(flag, typed, words.slice(at, nextFlag(words, at)));
    at += taken;
    if (value === undefined) issues.push({ flag, problem: 'missing_value' });
    else values[flag].push(value);
  }
  return { prompt: prompt.join(' '), values, issues };
}

/** After a typographic dash an unknown word is prose, unless it looks like a mistyped flag of four letters or more. */
function readMeantFlag(word: string): TypedFlag | undefined {
  const typed = readFlag(word);
  if (!typed || typed.hasHyphens || findFlag(typed.name)) return typed;
  return typed.name.length > 3 && guessFlag(typed.name) ? typed : undefined;
}

function nextFlag(words: readonly string[], from: number): number {
  let at = from;
  while (at < words.length && readMeantFlag(words[at] ?? '') === undefined) at += 1;
  return at;
}

interface TakenValue {
  value: string | undefined;
  /** How many of the words that follow belong to it. */
  taken: number;
}

/** `following` ends before the next flag. */
function takeValue(flag: FlagName, typed: TypedFlag, following: readonly string[]): TakenValue {
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
  if (flag === 'style') return countStyleWords(candidates);
  if (flag === 'model') return countListWords(candidates);
  return 1;
}

/** `line art` is one style. */
function countStyleWords(candidates: readonly string[]): number {
  return candidates.length > 1 && findStyle(candidates.slice(0, 2).join(' ')) ? 2 : 1;
}

/** `core, ultra` and `core ,ultra` are one list; `core ultra` is a model and a word of the prompt. */
function countListWords(candidates: readonly string[]): number {
  let count = 1;
  while (count < candidates.length && (candidates[count - 1]?.endsWith(',') || candidates[count]?.startsWith(','))) {
    count += 1;
  }
  return count;
}
