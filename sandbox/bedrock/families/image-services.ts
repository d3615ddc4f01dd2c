import { z } from 'zod';
import * as services from '../../images/image-services.js';
import { type ImageOrder, type ModelFamily, randomSeed } from '../model-family.js';
import {
  answers,
  fields,
  type ImageLimits,
  invalidField,
  parseFields,
  readImage,
  sizeOfRatio,
  usualLimits,
} from '../stability-request.js';

type Size = { width: number; height: number };
type Words = { prompt: string; negativePrompt: string | undefined; seed: number; model: string };

interface ServiceOptions<Shape extends z.ZodRawShape> {
  /** As refusals name it. */
  name: string;
  /** Every field but `image` and `output_format`, which all have, and `style_preset`. */
  shape: Shape;
  /** It takes `style_preset`, which changes nothing here. */
  hasStyle?: boolean;
  limits?: ImageLimits;
  /** Throws for what the fields allow one by one, but not together. */
  check?: (asked: z.output<z.ZodObject<Shape>>) => void;
  /** Of the result, as it is without a scale. That of the given image, if it is left out. */
  size?: (asked: z.output<z.ZodObject<Shape>>, image: Size) => Size;
  /** Its results have more pixels than the given image: PNGs of them may be too large to be answered. */
  isLarger?: boolean;
  make: (
    image: services.GivenImage,
    asked: z.output<z.ZodObject<Shape>>,
    words: Words,
    size: Size,
  ) => services.Result | Promise<services.Result>;
}

const stylePreset = z
  .enum(
    `3d-model analog-film anime cinematic comic-book digital-art enhance fantasy-art isometric line-art low-poly
    modeling-compound neon-punk origami photographic pixel-art tile-texture`.split(/\s+/),
  )
  .optional();
const wordsSchema = z.looseObject({
  prompt: z.string().default(''),
  negative_prompt: z.string().optional(),
  seed: z.number().optional(),
});

function createService<Shape extends z.ZodRawShape>(options: ServiceOptions<Shape>): ModelFamily {
  const { name, shape, hasStyle = false, isLarger = false, limits = usualLimits, check, size, make } = options;
  const own = z.object(shape);
  const common = { image: fields.image, output_format: fields.outputFormat };
  const whole = {
    image: common.image,
    ...shape,
    output_format: common.output_format,
    ...(hasStyle && { style_preset: stylePreset }),
  };
  return {
    ...answers,
    async read(body): Promise<ImageOrder> {
      parseFields(name, whole, body);
      const asked = own.parse(body);
      check?.(asked);
      const { image: text, output_format: format } = z.object(common).parse(body);
      const image = await readImage(text, limits);
      const { prompt, negative_prompt: negativePrompt, seed } = wordsSchema.parse(body);
      const words = { prompt, negativePrompt, seed: seed || randomSeed() };
      const { width, height } = size?.(asked, image) ?? image;
      const pngBytes = isLarger ? width * height * bytesPerPixel : 0;
      const change = (scaled: { size: Size }) => make(image, asked, { ...words, model: name }, scaled.size);
      return { ...words, width, height, from: { image, format, pngBytes, make: change } };
    },
  };
}

const fieldsOfWords = { prompt: fields.prompt, negative_prompt: fields.negativePrompt, seed: fields.seed };
const growMask = z.int().min(0).max(20).optional();
const pixelsMore = z.int().min(0).max(2000).optional();

/** Of a photograph as a PNG, about. */
const bytesPerPixel = 2;
const maxEnlargedPixels = 9_437_184;
const factorWithin = ({ width, height }: Size) => Math.min(4, Math.sqrt(maxEnlargedPixels / (width * height)));

const enlarge = ({ width, height }: Size, factor: number): Size => ({
  width: Math.round(width * factor),
  height: Math.round(height * factor),
});

function createSlowUpscale(name: string, pixels: ImageLimits['pixels'], hasStyle: boolean): ModelFamily {
  return createService({
    name,
    shape: { ...fieldsOfWords, creativity: fields.share(0.1, 0.5) },
    hasStyle,
    limits: { ...usualLimits, pixels },
    isLarger: true,
    size: (_asked, image) => enlarge(image, factorWithin(image)),
    make: (image) => services.upscale(image, enlarge(image, factorWithin(image))),
  });
}

function createControl(name: string): ModelFamily {
  const { prompt, ...others } = fieldsOfWords;
  return createService({
    name,
    shape: { prompt, control_strength: fields.share(0, 1), ...others },
    hasStyle: true,
    make: (image, _asked, words) => services.drawInStructure(image, words),
  });
}

/**
 * By the ID that Bedrock gives the model. They are called through the profile of the United States:
 * https://docs.aws.amazon.com/bedrock/latest/userguide/stable-image-services.html
 */
export const imageServices: Readonly<Record<string, ModelFamily>> = {
  'stability.stable-fast-upscale-v1:0': createService({
    name: 'fast-upscale',
    shape: {},
    limits: { side: [32, 1536], pixels: [1024, 1_048_576], maxRatio: Number.POSITIVE_INFINITY },
    isLarger: true,
    size: (_asked, image) => enlarge(image, 4),
    make: (image) => services.upscale(image, enlarge(image, 4)),
  }),
  'stability.stable-conservative-upscale-v1:0': createSlowUpscale('conservative-upscale', usualLimits.pixels, false),
  'stability.stable-creative-upscale-v1:0': createSlowUpscale('creative-upscale', [4096, 1_048_576], true),
  'stability.stable-outpaint-v1:0': createService({
    name: 'outpaint',
    shape: {
      left: pixelsMore,
      right: pixelsMore,
      up: pixelsMore,
      down: pixelsMore,
      creativity: fields.share(0.1, 1),
      prompt: z.string().max(10_000).optional(),
      seed: fields.seed,
    },
    hasStyle: true,
    check({ left, right, up, down }) {
      if (!left && !right && !up && !down)
        throw invalidField('left', 'one of left, right, up and down must be more than 0');
    },
    isLarger: true,
    size: ({ left = 0, right = 0, up = 0, down = 0 }, { width, height }) => ({
      width: left + width + right,
      height: up + height + down,
    }),
    make: (image, { left = 0, right = 0, up = 0, down = 0 }) => services.outpaint(image, { left, right, up, down }),
  }),
  'stability.stable-image-remove-background-v1:0': createService({
    name: 'remove-background',
    shape: {},
    make: (image) => services.removeBackground(image),
  }),
  'stability.stable-image-search-replace-v1:0': createService({
    name: 'search-replace',
    shape: { ...fieldsOfWords, search_prompt: fields.prompt, grow_mask: growMask },
    hasStyle: true,
    make: (image, { search_prompt }, words) => services.searchAndReplace(image, search_prompt, words),
  }),
  'stability.stable-image-search-recolor-v1:0': createService({
    name: 'search-recolor',
    shape: { ...fieldsOfWords, select_prompt: fields.prompt, grow_mask: growMask },
    hasStyle: true,
    make: (image, { select_prompt }, words) => services.searchAndRecolor(image, select_prompt, words),
  }),
  'stability.stable-image-style-guide-v1:0': createService({
    name: 'style-guide',
    shape: { ...fieldsOfWords, aspect_ratio: fields.aspectRatio, fidelity: fields.share(0, 1) },
    hasStyle: true,
    size: ({ aspect_ratio }) => sizeOfRatio(aspect_ratio),
    make: (image, _asked, words, size) => services.drawInStyle(image, words, size),
  }),
  'stability.stable-image-control-sketch-v1:0': createControl('control-sketch'),
  'stability.stable-image-control-structure-v1:0': createControl('control-structure'),
};
