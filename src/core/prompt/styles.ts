import type { ImageModelFamily, ModelInfo } from '../image-model.js';

export interface Style {
  /** What users type and records keep. */
  id: string;
  label: string;
  aliases: readonly string[];
  /** Said after the prompt to models that have no style of their own. */
  words: string;
  /** The vendor's own value, for families with a field for it. */
  native: Readonly<Partial<Record<ImageModelFamily, string>>>;
}

/**
 * Vendors' values: `style_preset` of https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-1-0-text-image.html,
 * `style` of https://docs.aws.amazon.com/nova/latest/userguide/image-gen-styles.html.
 */
export const styles: readonly Style[] = [
  {
    id: 'photo',
    label: 'Photo',
    aliases: ['photograph', 'photographic', 'photorealistic', 'realistic'],
    words: 'realistic photograph, natural light, sharp focus',
    native: { 'stable-diffusion-xl': 'photographic', 'amazon-nova-canvas': 'PHOTOREALISM' },
  },
  {
    id: 'illustration',
    label: 'Illustration',
    aliases: ['illustrated', 'digital-art'],
    words: 'digital illustration, clean shapes, rich colors',
    native: { 'stable-diffusion-xl': 'digital-art', 'amazon-nova-canvas': 'SOFT_DIGITAL_PAINTING' },
  },
  {
    id: 'watercolor',
    label: 'Watercolor',
    aliases: ['watercolour', 'aquarelle'],
    words: 'watercolor painting, soft washes, visible paper texture',
    native: {},
  },
  {
    id: 'line-art',
    label: 'Line art',
    aliases: ['lineart', 'sketch', 'drawing'],
    words: 'line art, black ink lines on white, no shading',
    native: { 'stable-diffusion-xl': 'line-art', 'amazon-nova-canvas': 'DESIGN_SKETCH' },
  },
  {
    id: '3d',
    label: '3D render',
    aliases: ['3d-render', '3d-model', 'render'],
    words: '3D render, soft studio lighting, smooth materials',
    native: { 'stable-diffusion-xl': '3d-model', 'amazon-nova-canvas': '3D_ANIMATED_FAMILY_FILM' },
  },
  {
    id: 'flat',
    label: 'Flat vector',
    aliases: ['flat-vector', 'vector', 'flat-design'],
    words: 'flat vector illustration, simple shapes, few solid colors',
    native: { 'amazon-nova-canvas': 'FLAT_VECTOR_ILLUSTRATION' },
  },
  {
    id: 'comic',
    label: 'Comic',
    aliases: ['comics', 'comic-book', 'cartoon'],
    words: 'comic book art, bold ink outlines, halftone shading',
    native: { 'stable-diffusion-xl': 'comic-book', 'amazon-nova-canvas': 'GRAPHIC_NOVEL_ILLUSTRATION' },
  },
  {
    id: 'pixel-art',
    label: 'Pixel art',
    aliases: ['pixelart', 'pixel', '8-bit'],
    words: 'pixel art, limited palette, crisp square pixels',
    native: { 'stable-diffusion-xl': 'pixel-art' },
  },
  {
    id: 'cinematic',
    label: 'Cinematic',
    aliases: ['cinema', 'film', 'movie'],
    words: 'cinematic film still, dramatic lighting, shallow depth of field',
    native: { 'stable-diffusion-xl': 'cinematic' },
  },
  {
    id: 'isometric',
    label: 'Isometric',
    aliases: ['isometry'],
    words: 'isometric view, clean geometry, miniature scene',
    native: { 'stable-diffusion-xl': 'isometric' },
  },
];

/** By id, label or alias, in any case; spaces and underscores count as hyphens. */
export function findStyle(name: string): Style | undefined {
  const wanted = toStyleId(name);
  return styles.find(({ id, label, aliases }) => [id, toStyleId(label), ...aliases].includes(wanted));
}

function toStyleId(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replaceAll(/[\s_]+/g, '-');
}

/** How a style reaches this model: in the vendor's own field, if its family has one, else by words after the prompt. */
export function applyStyle(
  prompt: string,
  style: Style | undefined,
  { family }: Pick<ModelInfo, 'family'>,
): { prompt: string; nativeStyle?: string } {
  if (!style) return { prompt };
  const nativeStyle = style.native[family];
  return nativeStyle === undefined ? { prompt: `${prompt}, ${style.words}` } : { prompt, nativeStyle };
}
