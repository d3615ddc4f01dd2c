import type { Batch } from '../../core/batch/batch.js';
import type { ModelInfo } from '../../core/image-model.js';
import { findModel } from '../../core/model-catalog.js';
import type { CommandRequest } from '../../core/prompt/command/parse-command.js';
import type { FormValues } from '../../core/prompt/command/read-form.js';

/** A command as the form shows it. What it leaves open the form fills from the person's defaults. */
export function valuesOfCommand(request: CommandRequest): Partial<FormValues> {
  const { prompt, negativePrompt, aspectRatio, style, seed, models } = request;
  return {
    prompt,
    ...(negativePrompt && { negativePrompt }),
    ...(aspectRatio && { aspectRatio }),
    ...(style && { style: style.id }),
    ...(seed !== undefined && { seed: String(seed) }),
    model: modelValue(models),
  };
}

/** A batch as the form shows it, to be asked for again in another way. */
export function valuesOfBatch({ prompt, settings, sent }: Batch): Partial<FormValues> {
  const models = sent.flatMap(({ modelId }) => findModel(modelId) ?? []);
  return {
    prompt,
    negativePrompt: settings.negativePrompt ?? '',
    aspectRatio: settings.aspectRatio,
    style: settings.styleId ?? '',
    seed: settings.seed === undefined ? '' : String(settings.seed),
    ...(models.length > 0 && { model: modelValue(models) }),
  };
}

/** One model by its id, several by their short names, which fit in an option's 75 characters. */
function modelValue(models: readonly ModelInfo[]): string {
  const [first, ...others] = models;
  return first && others.length === 0 ? first.modelId : models.map(({ shortName }) => shortName).join(',');
}
