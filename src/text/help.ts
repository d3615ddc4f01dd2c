import type { ModelInfo } from '../core/image-model.js';
import { words } from './batch.js';
import { aboutCost, wholeNumber } from './recipe.js';

/** It names the other service that the text goes to. */
const refineHelp =
  '--refine turns a longer text, such as a post, into a prompt. The text is sent to Amazon Comprehend first.';

/** Plain text, one paragraph an entry. */
export function help(command: string, modelLabel: string, cost: string | undefined, canRefine: boolean): string[] {
  return [
    `${command} a red fox in the snow`,
    `draws four images with ${modelLabel}${cost ? ` (${cost})` : ''}. Choose the one you like with “${words.useThisOne}”; the others go away.`,
    'Write in English and describe what to show: the subject, the place, the light, the style.',
    `Add flags anywhere in your prompt: --ar 16:9, --no text, --style watercolor, --seed 42, --model core, --n 2.`,
    ...(canRefine ? [refineHelp] : []),
    `${command} alone opens a form, ${command} models lists the models, ${command} settings stores your defaults, ${command} usage counts your images today.`,
    `${command} history lists your last ten batches, ${command} show and a batch ID, such as ${command} show 7f3a2c, brings one back here.`,
    `${command} help shows this again. Only you see it.`,
  ];
}

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
