import { nearestWord } from './nearest-word.js';

export const flagNames = ['ar', 'no', 'style', 'seed', 'model', 'n', 'refine'] as const;

export type FlagName = (typeof flagNames)[number];

/** Other spellings that people bring along. Few, because after a dash any of them may be prose. */
const aliases: Readonly<Record<FlagName, readonly string[]>> = {
  ar: ['aspect', 'aspect-ratio', 'ratio'],
  no: ['negative', 'negative-prompt'],
  style: [],
  seed: [],
  model: ['models'],
  n: ['count', 'images'],
  refine: ['improve'],
};

const spellings: ReadonlyMap<string, FlagName> = new Map(
  flagNames.flatMap((flag) => [flag, ...aliases[flag]].map((spelling) => [spelling, flag] as const)),
);

const normalize = (name: string): string => name.toLowerCase().replaceAll('_', '-');

export const findFlag = (name: string): FlagName | undefined => spellings.get(normalize(name));

/** The flag that a mistyped name was meant to be. */
export function guessFlag(name: string): FlagName | undefined {
  const spelling = nearestWord(normalize(name), [...spellings.keys()]);
  return spelling === undefined ? undefined : spellings.get(spelling);
}
