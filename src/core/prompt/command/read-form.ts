import { type CheckedRequest, checkRequest, type Models } from './check-request.js';
import type { ValidationIssue } from './flags.js';

/** The fields of the form, as typed or chosen; '' for an empty one. */
export interface FormValues {
  prompt: string;
  negativePrompt: string;
  aspectRatio: string;
  style: string;
  model: string;
  seed: string;
}

export type FormField = keyof FormValues;

export type FormRequest = { kind: 'request' } & CheckedRequest;

export interface FormIssues {
  kind: 'issues';
  /** One issue a field, the first. */
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
export function readForm(values: FormValues, offered: Models, count: number): FormRequest | FormIssues {
  const given = (text: string) => text.trim() || undefined;
  const { request, issues } = checkRequest(
    {
      prompt: values.prompt.trim(),
      negativePrompt: values.negativePrompt.trim(),
      aspectRatio: given(values.aspectRatio),
      style: given(values.style),
      seed: given(values.seed),
      models: given(values.model) ? [values.model] : [],
      count: undefined,
    },
    offered,
    count,
  );
  if (issues.length === 0) return { kind: 'request', ...request };
  const byField = issues.map((issue) => [fieldOf[issue.flag] ?? 'prompt', issue] as const);
  return { kind: 'issues', issues: new Map(byField.toReversed()) };
}
