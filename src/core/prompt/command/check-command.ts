import type { AspectRatio, ModelInfo } from '../../image-model.js';
import { applyStyle, type Style } from '../styles.js';
import { nearestAspectRatio, sameAspectRatio } from './aspect-ratio.js';
import type { ValidationIssue } from './command-problems.js';

/** What a command asks of its models. */
export interface Wanted {
  prompt: string;
  negativePrompt: string;
  style: Style | undefined;
  seed: number | undefined;
  models: readonly [ModelInfo, ...ModelInfo[]];
}

/** The seeds that every model with seeds takes. */
export function commonSeeds(models: Wanted['models']): { min: number; max: number } {
  const withSeeds = models.filter(({ takesSeed }) => takesSeed);
  const ranges = (withSeeds.length > 0 ? withSeeds : models).map(({ seedRange }) => seedRange);
  return { min: Math.max(...ranges.map(({ min }) => min)), max: Math.min(...ranges.map(({ max }) => max)) };
}

/** The models' own spelling of the shape, with a issue for each that does not offer it. */
export function checkAspectRatio(
  given: string,
  wanted: AspectRatio,
  models: Wanted['models'],
  complain: (issue: ValidationIssue) => void,
): AspectRatio | undefined {
  let found: AspectRatio | undefined;
  for (const { label: model, aspectRatios: allowed } of models) {
    const offered = sameAspectRatio(wanted, allowed);
    found ??= offered;
    if (offered) continue;
    const nearest = nearestAspectRatio(wanted, allowed);
    complain({ flag: 'ar', problem: 'shape_not_available', given, model, allowed, nearest });
  }
  return found;
}

/** The words of a style count, because they are sent. */
export function checkLengths({ prompt, negativePrompt, style, models }: Wanted): ValidationIssue[] {
  return models.flatMap((modelInfo) => {
    const { label: model, promptLimit, takesNegativePrompt } = modelInfo;
    const allowed = promptLimit - (applyStyle(prompt, style, modelInfo).prompt.length - prompt.length);
    const issues: ValidationIssue[] = [];
    if (prompt.length > allowed) {
      issues.push({ flag: 'prompt', problem: 'too_long', given: prompt.length, allowed, model });
    }
    if (takesNegativePrompt && negativePrompt.length > promptLimit) {
      issues.push({ flag: 'no', problem: 'too_long', given: negativePrompt.length, allowed: promptLimit, model });
    }
    return issues;
  });
}
