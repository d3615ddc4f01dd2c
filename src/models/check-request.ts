import { ImageModelError } from '../core/errors.js';
import type { ImageModelRequest, ModelInfo } from '../core/image-model.js';

/**
 * Refuses, before anything is sent or paid for, what the vendor would refuse.
 * @throws ImageModelError `rejected`
 */
export function checkRequest(request: ImageModelRequest, modelInfo: ModelInfo): void {
  const problem = findProblem(request, modelInfo);
  if (problem) throw new ImageModelError('rejected', `${modelInfo.modelId}: ${problem}`);
}

function findProblem(request: ImageModelRequest, modelInfo: ModelInfo): string | undefined {
  const { prompt, negativePrompt = '', aspectRatio, seed } = request;
  if (prompt.trim() === '') return 'the prompt is empty';
  for (const text of [prompt, modelInfo.takesNegativePrompt ? negativePrompt : '']) {
    if (text.length > modelInfo.promptLimit) {
      return `takes ${modelInfo.promptLimit} characters of prompt or negative prompt, not ${text.length}`;
    }
  }
  if (!modelInfo.aspectRatios.includes(aspectRatio)) {
    return `takes the aspect ratios ${modelInfo.aspectRatios.join(', ')}, not ${aspectRatio}`;
  }
  const { min, max } = modelInfo.seedRange;
  if (modelInfo.takesSeed && !(Number.isInteger(seed) && seed >= min && seed <= max)) {
    return `takes whole seeds from ${min} to ${max}, not ${seed}`;
  }
  return undefined;
}
