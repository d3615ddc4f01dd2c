import type { AspectRatio, ModelInfo } from '../../image-model.js';
import type { Style } from '../styles.js';
import { checkLengths } from './check-command.js';
import type { ValidationIssue } from './command-problems.js';
import { readFlags } from './read-flags.js';
import { findRepeated, readAspectRatio, readModels, readSeed, readStyle, readWholeNumber } from './read-values.js';

/** What was asked for, with every model able to do it. */
export interface CommandRequest {
  kind: 'request';
  /** As typed, without the flags: the style is not in it yet, see `applyStyle`. */
  prompt: string;
  negativePrompt?: string;
  /** One that every chosen model offers; left out, each draws its default. */
  aspectRatio?: AspectRatio;
  style?: Style;
  /** `--style none`: not even the person's own. */
  withoutStyle?: true;
  seed?: number;
  /** In the order asked for; the default where none was. */
  models: readonly [ModelInfo, ...ModelInfo[]];
  /** Images in all, dealt out among the models. */
  count: number;
  /** Whether the prompt is to be improved, and shown, first. */
  refine: boolean;
}

export interface CommandIssues {
  kind: 'issues';
  /** All of them, not only the first. */
  issues: readonly [ValidationIssue, ...ValidationIssue[]];
  /** What was typed, to give it back. */
  text: string;
}

export interface CommandTables {
  /** The models that people may choose from, the default first. */
  offered: readonly [ModelInfo, ...ModelInfo[]];
  /** Every model that we know, to say of one that is not offered why. */
  known: readonly ModelInfo[];
  /** Most images of one command. */
  maximumCount: number;
}

/** Reads the text of the command: never throws, loses no word. */
export function parseCommand(text: string, tables: CommandTables): CommandRequest | CommandIssues {
  const { offered, known, maximumCount } = tables;
  const read = readFlags(text);
  const issues: ValidationIssue[] = [...read.issues, ...findRepeated(read.values)];
  const complain = (issue: ValidationIssue): undefined => void issues.push(issue);

  const withoutStyle = read.values.style[0]?.toLowerCase() === 'none';
  const style = withoutStyle ? undefined : readStyle(read.values.style[0], complain);
  const models = readModels(read.values.model, offered, known, complain);
  const count = readWholeNumber('n', read.values.n[0], { min: 1, max: maximumCount }, complain) ?? maximumCount;
  if (models.length > count) {
    complain({ flag: 'model', problem: 'too_many_models', given: models.length, allowed: count });
  }
  const seed = readSeed(read.values.seed[0], models, count, complain);
  const aspectRatio = readAspectRatio(read.values.ar[0], models, complain);
  const negativePrompt = read.values.no.map((value) => value.trim().replace(/(?<!,),+$/, '')).join(', ');
  const { prompt } = read;
  const refine = read.values.refine.length > 0;

  const wanted = { prompt, negativePrompt, style, seed, models };
  if (prompt.trim() === '') complain({ flag: 'prompt', problem: 'empty' });
  issues.push(...checkLengths(wanted));

  const [first, ...others] = issues;
  if (first) return { kind: 'issues', issues: [first, ...others], text };
  return {
    kind: 'request',
    prompt,
    ...(negativePrompt && { negativePrompt }),
    ...(aspectRatio && { aspectRatio }),
    ...(style && { style }),
    ...(withoutStyle && { withoutStyle }),
    ...(seed !== undefined && { seed }),
    models,
    count,
    refine,
  };
}
