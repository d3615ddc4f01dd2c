import { z } from 'zod';
import type { Person } from '../ids.js';
import { type AspectRatio, aspectRatioSchema, type ModelInfo, type Models } from '../image-model.js';
import { applyStyle, findStyle, type Style } from './styles.js';

/** Who sees new images: everyone in the conversation, or the requester alone until one is shared. */
export const visibilities = ['channel', 'private'] as const;
export type Visibility = (typeof visibilities)[number];

/** A user's defaults, for what a command or form leaves open. Values that are no longer in the tables are ignored. */
export const preferencesSchema = z.object({
  version: z.literal(1),
  modelId: z.string().optional(),
  styleId: z.string().optional(),
  aspectRatio: aspectRatioSchema.optional(),
  visibility: z.enum(visibilities).optional(),
  /** Left out: a prompt that does not look English is translated. */
  translation: z.literal('off').optional(),
});

export type Preferences = z.infer<typeof preferencesSchema>;

export interface PreferencesStore {
  /** `noPreferences` if nothing is saved. @throws UnreadableRecordError */
  load(reference: Person): Promise<Preferences>;
  save(reference: Person, preferences: Preferences): Promise<void>;
}

export const noPreferences: Preferences = { version: 1 };

export function preferModel(offered: Models, { modelId }: Preferences): Models {
  const own = offered.find((modelInfo) => modelInfo.modelId === modelId);
  return own ? [own, ...offered.filter((modelInfo) => modelInfo !== own)] : offered;
}

/** The user's default style, unless its words would make this prompt too long for one of the models. */
export function preferredStyle(
  { styleId }: Preferences,
  prompt = '',
  models: readonly ModelInfo[] = [],
): Style | undefined {
  const style = styleId ? findStyle(styleId) : undefined;
  const fits = models.every((modelInfo) => applyStyle(prompt, style, modelInfo).prompt.length <= modelInfo.promptLimit);
  return fits ? style : undefined;
}

/** The user's default aspect ratio, if every one of these models draws it. */
export function preferredAspectRatio({ aspectRatio }: Preferences, models: Models): AspectRatio | undefined {
  return aspectRatio && models.every((modelInfo) => modelInfo.aspectRatios.includes(aspectRatio))
    ? aspectRatio
    : undefined;
}
