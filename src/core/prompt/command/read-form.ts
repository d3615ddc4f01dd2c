import type { AspectRatio, ImageModelFacts } from '../../image-model.js';
import type { Style } from '../styles.js';
import { checkLengths } from './check-command.js';
import type { Complaint } from './command-problems.js';
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
  models: readonly [ImageModelFacts, ...ImageModelFacts[]];
}

export type FormField = keyof FormValues;

/** One complaint a field: the first is enough to mend it. */
export interface FormComplaints {
  kind: 'complaints';
  complaints: ReadonlyMap<FormField, Complaint>;
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
  offered: readonly [ImageModelFacts, ...ImageModelFacts[]],
  count: number,
): FormRequest | FormComplaints {
  const found: Complaint[] = [];
  const complain = (complaint: Complaint): undefined => void found.push(complaint);
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
  const complaints = new Map<FormField, Complaint>();
  for (const complaint of found.toReversed()) complaints.set(fieldOf[complaint.flag] ?? 'prompt', complaint);
  return { kind: 'complaints', complaints };
}
