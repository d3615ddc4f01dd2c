import type { ModelInfo } from '../../image-model.js';
import { looksEnglish } from './prompt-language.js';

/** A prompt that some of its models will not understand. */
export interface LanguageDoubt {
  /** ISO 639-1, where it is certain enough to be named. */
  language?: string;
  /** The label of the first model that reads English only. */
  model: string;
}

/** Asked before any image is paid for. */
export function doubtLanguage(prompt: string, models: readonly ModelInfo[]): LanguageDoubt | undefined {
  const model = models.find(({ readsEnglishOnly }) => readsEnglishOnly);
  const judged = looksEnglish(prompt);
  if (!model || judged.english) return undefined;
  return { model: model.label, ...(judged.language && { language: judged.language }) };
}
