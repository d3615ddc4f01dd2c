import type { AspectRatio, ModelInfo } from '../../image-model.js';
import { findStyle, type Style, styles } from '../styles.js';
import { parseAspectRatio } from './aspect-ratio.js';
import { checkAspectRatio, commonSeeds } from './check-command.js';
import type { FlagName } from './command-flags.js';
import type { ValidationIssue } from './command-problems.js';
import { nearestWord } from './nearest-word.js';
import type { ReadCommand } from './read-flags.js';

/** Notes a mistake; the value is then missing. */
type Complain = (issue: ValidationIssue) => undefined;

/** `--no` and `--model` add up, and a second `--refine` says nothing new; the others have one value. */
export function findRepeated(values: ReadCommand['values']): ValidationIssue[] {
  const single: readonly FlagName[] = ['ar', 'style', 'seed', 'n'];
  const repeated = single
    .filter((flag) => values[flag].length > 1)
    .map((flag): ValidationIssue => ({ flag, problem: 'repeated', given: values[flag].join(', ') }));
  const refineValue = values.refine.find((value) => value !== '');
  return refineValue === undefined
    ? repeated
    : [...repeated, { flag: 'refine', problem: 'takes_no_value', given: refineValue }];
}

export function readStyle(given: string | undefined, complain: Complain): Style | undefined {
  if (given === undefined) return undefined;
  const style = findStyle(given);
  if (style) return style;
  const guess = nearestWord(
    given,
    styles.flatMap(({ id, aliases }) => [id, ...aliases]),
  );
  const didYouMean = guess && findStyle(guess)?.id;
  const allowed = styles.map(({ id }) => id);
  return complain({ flag: 'style', problem: 'unknown_style', given, allowed, ...(didYouMean && { didYouMean }) });
}

type Models = readonly [ModelInfo, ...ModelInfo[]];

export function readModels(
  lists: readonly string[],
  offered: Models,
  known: readonly ModelInfo[],
  complain: Complain,
): Models {
  const names = lists.flatMap((list) => list.split(',')).map((name) => name.trim());
  const chosen = new Set<ModelInfo>();
  for (const given of names.filter((name) => name !== '')) {
    const model = findByName(given, offered);
    if (model) chosen.add(model);
    else complain(explainModel(given, offered, known));
  }
  if (lists.length > 0 && names.every((name) => name === '')) complain({ flag: 'model', problem: 'missing_value' });
  const [first, ...others] = chosen;
  return first ? [first, ...others] : [offered[0]];
}

function findByName(name: string, models: readonly ModelInfo[]): ModelInfo | undefined {
  const wanted = name.toLowerCase();
  return models.find((model) =>
    [model.modelId, model.shortName, model.label].some((own) => own.toLowerCase() === wanted),
  );
}

function explainModel(given: string, offered: Models, known: readonly ModelInfo[]): ValidationIssue {
  const allowed = offered.map(({ shortName }) => shortName);
  const model = findByName(given, known);
  if (!model) {
    const didYouMean = nearestWord(given, allowed);
    return { flag: 'model', problem: 'unknown_model', given, allowed, ...(didYouMean && { didYouMean }) };
  }
  if (model.state.kind === 'active') return { flag: 'model', problem: 'model_not_offered', given, allowed };
  const { since, successor } = model.state;
  const didYouMean = (findByName(successor, offered) ?? offered[0]).shortName;
  return { flag: 'model', problem: 'retired_model', given, model: model.label, since, didYouMean };
}

export function readWholeNumber(
  flag: 'seed' | 'n',
  given: string | undefined,
  allowed: { min: number; max: number },
  complain: Complain,
): number | undefined {
  if (given === undefined) return undefined;
  const value = /^\d{1,15}$/.test(given) ? Number(given) : Number.NaN;
  if (value >= allowed.min && value <= allowed.max) return value;
  return complain({ flag, problem: 'not_in_range', given, allowed });
}

/** The first of `count` seeds in a row that every chosen model with seeds can take. */
export function readSeed(
  given: string | undefined,
  models: Models,
  count: number,
  complain: Complain,
): number | undefined {
  const { min, max } = commonSeeds(models);
  return readWholeNumber('seed', given, { min, max: max - count + 1 }, complain);
}

export function readAspectRatio(
  given: string | undefined,
  models: Models,
  complain: Complain,
): AspectRatio | undefined {
  if (given === undefined) return undefined;
  const wanted = parseAspectRatio(given);
  if (!wanted) return complain({ flag: 'ar', problem: 'not_a_shape', given, allowed: models[0].aspectRatios });
  return checkAspectRatio(given, wanted, models, complain);
}
