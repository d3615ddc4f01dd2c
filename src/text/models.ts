import type { ImageModelFacts } from '../core/image-model.js';
import { aboutCost, wholeNumber } from './numbers.js';

/** What a model offers and costs, all from the one table. */
export function modelLine(facts: ImageModelFacts, isDefault: boolean): string {
  const { label, shortName, pricePerImage, aspectRatios, promptLimit, requestsPerMinute, state } = facts;
  const parts = [
    `${label}${isDefault ? ' (used unless you say otherwise)' : ''}: --model ${shortName}`,
    aboutCost(1, pricePerImage)?.concat(' a picture') ?? 'price not known',
    `shapes ${aspectRatios.join(', ')}`,
    `up to ${wholeNumber(promptLimit)} characters`,
    `${requestsPerMinute} pictures a minute`,
    state.kind === 'retired' ? `retired on ${state.since}` : undefined,
    facts.readsEnglishOnly ? 'reads English' : 'reads many languages',
  ];
  return parts.filter((part) => part !== undefined).join(' · ');
}
