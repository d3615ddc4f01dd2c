import type { ModelInfo } from '../core/image-model.js';
import { aboutCost, wholeNumber } from './numbers.js';

/** What a model offers and costs, all from the one table. */
export function modelLine(facts: ModelInfo, isDefault: boolean): string {
  const { label, shortName, pricePerImage, aspectRatios, promptLimit, requestsPerMinute, state } = facts;
  const parts = [
    `${label}${isDefault ? ' (default)' : ''}: --model ${shortName}`,
    aboutCost(1, pricePerImage)?.concat(' an image') ?? 'price not known',
    `aspect ratios ${aspectRatios.join(', ')}`,
    `up to ${wholeNumber(promptLimit)} characters`,
    `${requestsPerMinute} images a minute`,
    state.kind === 'retired' ? `retired on ${state.since}` : undefined,
    facts.readsEnglishOnly ? 'reads English' : 'reads many languages',
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}
