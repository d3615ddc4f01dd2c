import type { AspectRatio, ModelInfo } from '../../image-model.js';
import type { Style } from '../styles.js';
import { checkLengths } from './check-command.js';
import type { ValidationIssue } from './command-problems.js';
import { readAspectRatio, readModels, readSeed, readStyle } from './read-values.js';

/** The fields of the modal, as typed or chosen; '' where nothing was. */
export interface FormValues {
  prompt: string;
  negativePrompt: string;
  aspectRatio: string;
  style: string;
  model: string;
  seed: string;
}

export interface FormRequest {
  kind: 'request';
  prompt: string;
  negativePrompt: string;
  aspectRatio: AspectRatio | undefined;
  style: Style | undefined;
  seed: number | undefined;
  models: readonly [ModelInfo, ...ModelInfo[]];
}

export type FormField = keyof FormValues;

/** One issue a field: the first is enough to mend it. */
export interface FormIssues {
  kind: 'issues';
  issues: ReadonlyMap<FormField, ValidationIssue>;
}

const fieldOf: Readonly<Record<string, FormField>> = {
  prompt: 'prompt',
  no: 'negativePrompt',
  ar: 'aspectRatio',
  style: 'style',
  model: 'model',
  seed: 'seed',
};

/** Checks a form by the same rules as the command. `offered` has the default first. */
export function readForm(
  values: FormValues,
  offered: readonly [ModelInfo, ...ModelInfo[]],
  count: number,
): FormRequest | FormIssues {
  const found: ValidationIssue[] = [];
  const complain = (issue: ValidationIssue): undefined => void found.push(issue);
  const given = (text: string) => (text.trim() === '' ? undefined : text.trim());

  const prompt = values.prompt.trim();
  const negativePrompt = values.negativePrompt.trim();
  const models = readModels(given(values.model) ? [values.model] : [], offered, [], complain);
  const style = readStyle(given(values.style), complain);
  const seed = readSeed(given(values.seed), models, count, complain);
  const aspectRatio = readAspectRatio(given(values.aspectRatio), models, complain);
  if (prompt === '') complain({ flag: 'prompt', problem: 'empty' });
  found.push(...checkLengths({ prompt, negativePrompt, style, seed, models }));

  if (found.length === 0) return { kind: 'request', prompt, negativePrompt, aspectRatio, style, seed, models };
  const issues = new Map<FormField, ValidationIssue>();
  for (const issue of found.toReversed()) issues.set(fieldOf[issue.flag] ?? 'prompt', issue);
  return { kind: 'issues', issues };
}
