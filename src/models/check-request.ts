import { ImageModelError } from '../core/errors.js';
import type { ImageModelRequest, ModelInfo } from '../core/image-model.js';

/**
 * Refuses, before anything is sent or paid for, what the vendor would refuse.
 * @throws ImageModelError `rejected`
 */
export function checkRequest(request: ImageModelRequest, facts: ModelInfo): void {
  const problem = findProblem(request, facts);
  if (problem) throw new ImageModelError('rejected', `${facts.modelId}: ${problem}`);
}

function findProblem(request: ImageModelRequest, facts: ModelInfo): string | undefined {
  const { prompt, negativePrompt = '', aspectRatio, seed } = request;
  if (prompt.trim() === '') return 'the prompt is empty';
  for (const text of [prompt, facts.takesNegativePrompt ? negativePrompt : '']) {
    if (text.length > facts.promptLimit) {
      return `takes ${facts.promptLimit} characters of prompt or negative prompt, not ${text.length}`;
    }
  }
  if (!facts.aspectRatios.includes(aspectRatio)) {
    return `takes the aspect ratios ${facts.aspectRatios.join(', ')}, not ${aspectRatio}`;
  }
  const { min, max } = facts.seedRange;
  if (facts.takesSeed && !(Number.isInteger(seed) && seed >= min && seed <= max)) {
    return `takes whole seeds from ${min} to ${max}, not ${seed}`;
  }
  return undefined;
}
