import { findModel } from '../model-catalog.js';
import type { Batch } from './batch.js';

/** Something asked for that a model cannot do but can do without: it is not sent there, and the rest is drawn. */
export interface Warning {
  lacks: 'negative_prompt' | 'seed';
  given: string;
  /** Its label. */
  model: string;
}

/** A style has none: where a model has no field for it, words for it are sent, which is how most models are used. */
export function findWarnings({ settings, sent }: Batch): Warning[] {
  const { negativePrompt, seed } = settings;
  return sent.flatMap(({ modelId }) => {
    const modelInfo = findModel(modelId);
    if (!modelInfo) return [];
    const model = modelInfo.label;
    const warnings: Warning[] = [];
    if (negativePrompt && !modelInfo.takesNegativePrompt) {
      warnings.push({ lacks: 'negative_prompt', given: negativePrompt, model });
    }
    if (seed !== undefined && !modelInfo.takesSeed) warnings.push({ lacks: 'seed', given: String(seed), model });
    return warnings;
  });
}
