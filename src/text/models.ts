import type { ModelInfo } from '../core/image-model.js';
import { aboutCost, wholeNumber } from './numbers.js';

/** What a model offers and costs. */
export function modelLine(modelInfo: ModelInfo, isDefault: boolean): string {
  const { label, shortName, pricePerImage, aspectRatios, promptLimit, requestsPerMinute, state } = modelInfo;
  const parts = [
    `${label}${isDefault ? ' (default)' : ''}: --model ${shortName}`,
    aboutCost(1, pricePerImage)?.concat(' an image') ?? 'price not known',
    `aspect ratios ${aspectRatios.join(', ')}`,
    `up to ${wholeNumber(promptLimit)} characters`,
    `${requestsPerMinute} images a minute`,
    state.kind === 'retired' ? `retired on ${state.since}` : undefined,
    modelInfo.readsEnglishOnly ? 'reads English' : 'reads many languages',
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}
