import type { ModelInfo } from '../../core/image-model.js';
import { styles } from '../../core/prompt/styles.js';
import { formWords } from '../../text/form.js';
import { aboutCost } from '../../text/numbers.js';
import type { Choice } from './fields.js';

/** A select has to have a value: this one says that none is wanted. */
export const noStyle = 'none';

export function styleChoices(): Choice[] {
  return [{ value: noStyle, label: formWords.noStyle }, ...styles.map(({ id, label }) => ({ value: id, label }))];
}

/** @param chosen what is chosen now; several models to compare, by their short names, are one more choice */
export function modelChoices(offered: readonly ModelInfo[], chosen: string): Choice[] {
  const single = offered.map(({ modelId, label, pricePerImage }) => {
    const cost = aboutCost(1, pricePerImage);
    return { value: modelId, label: cost ? `${label} (${cost} each)` : label };
  });
  return chosen.includes(',') ? [...single, { value: chosen, label: chosen.replaceAll(',', ', ') }] : single;
}

/** Every shape that any of the models draws, in the order of the first that does. */
export function aspectRatioChoices(offered: readonly ModelInfo[]): Choice[] {
  const ratios = new Set(offered.flatMap(({ aspectRatios }) => aspectRatios));
  return [...ratios].map((ratio) => ({ value: ratio, label: ratio }));
}
