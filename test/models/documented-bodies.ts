import { z } from 'zod';
import type { ImageModelFamily, OperationName } from '../../src/core/image-model.js';

/*
 * The requests as the vendors document them, written from their pages and not from our code: any field more is an error here,
 * as it is there.
 */

const stability = z.strictObject({
  prompt: z.string().min(1).max(10_000),
  negative_prompt: z.string().min(1).max(10_000).optional(),
  aspect_ratio: z.enum(['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21']),
  seed: z.int().min(1).max(4_294_967_294),
  output_format: z.enum(['png', 'jpeg']),
});

const titanList =
  '1024x1024 768x768 512x512 768x1152 384x576 1152x768 576x384 768x1280 384x640 1280x768 640x384 896x1152 448x576 ' +
  '1152x896 576x448 768x1408 384x704 1408x768 704x384 640x1408 320x704 1408x640 704x320 1152x640 1173x640';

const amazonConfig = z.strictObject({
  numberOfImages: z.literal(1),
  quality: z.enum(['standard', 'premium']),
  width: z.int(),
  height: z.int(),
  cfgScale: z.number().min(1.1).max(10),
  seed: z.int().min(0).max(2_147_483_646),
});

const amazonTitan = z.strictObject({
  taskType: z.literal('TEXT_IMAGE'),
  textToImageParams: z.strictObject({
    text: z.string().min(1).max(512),
    negativeText: z.string().min(1).max(512).optional(),
  }),
  imageGenerationConfig: amazonConfig.refine(({ width, height }) =>
    titanList.split(' ').includes(`${width}x${height}`),
  ),
});

const novaStyles =
  '3D_ANIMATED_FAMILY_FILM DESIGN_SKETCH FLAT_VECTOR_ILLUSTRATION GRAPHIC_NOVEL_ILLUSTRATION MAXIMALISM ' +
  'MIDCENTURY_RETRO PHOTOREALISM SOFT_DIGITAL_PAINTING';

const novaSide = z.int().min(320).max(4096).multipleOf(16);

const amazonNovaCanvas = z.strictObject({
  taskType: z.literal('TEXT_IMAGE'),
  textToImageParams: z.strictObject({
    text: z.string().min(1).max(1024),
    negativeText: z.string().min(1).max(1024).optional(),
    style: z.enum(novaStyles.split(' ')).optional(),
  }),
  imageGenerationConfig: amazonConfig
    .extend({ width: novaSide, height: novaSide })
    .refine(({ width, height }) => width * height < 4_194_304 && width <= 4 * height && height <= 4 * width),
});

const sdxlList = '1024x1024 1152x896 1216x832 1344x768 1536x640 640x1536 768x1344 832x1216 896x1152';

const sdxlStyles =
  '3d-model analog-film anime cinematic comic-book digital-art enhance fantasy-art isometric line-art low-poly ' +
  'modeling-compound neon-punk origami photographic pixel-art tile-texture';

const sdxlKnobs = { cfg_scale: z.number().min(0).max(35), steps: z.int().min(10).max(50) };

const sdxl1 = z
  .strictObject({
    text_prompts: z
      .array(z.strictObject({ text: z.string().min(1).max(2000), weight: z.number() }))
      .min(1)
      .max(2),
    ...sdxlKnobs,
    width: z.int(),
    height: z.int(),
    seed: z.int().min(0).max(4_294_967_295),
    style_preset: z.enum(sdxlStyles.split(' ')).optional(),
  })
  .refine(({ width, height }) => sdxlList.split(' ').includes(`${width}x${height}`));

const sdxl0 = z.strictObject({
  text_prompts: z.tuple([z.strictObject({ text: z.string().min(1) })]),
  ...sdxlKnobs,
  seed: z.int().min(0).max(4_294_967_295),
});

export const documentedBodies: Readonly<Record<Exclude<ImageModelFamily, 'openai'>, z.ZodType>> = {
  stability,
  'amazon-titan': amazonTitan,
  'amazon-nova-canvas': amazonNovaCanvas,
  'stable-diffusion-xl': sdxl1,
  'stable-diffusion-xl-v0': sdxl0,
};

const image = z.base64().min(1);
const words = z.string().min(1).max(10_000);
const format = { output_format: z.enum(['png', 'jpeg', 'webp']).optional() };
const seeded = { ...format, seed: z.int().min(0).max(4_294_967_294).optional() };
const prompted = { ...seeded, image, prompt: words, negative_prompt: words.optional() };
const masked = { ...prompted, grow_mask: z.int().min(0).max(20).optional() };
const controlled = z.strictObject({ ...prompted, control_strength: z.number().min(0).max(1).optional() });
const varied = z.strictObject({
  ...prompted,
  mode: z.literal('image-to-image'),
  strength: z.number().min(0).max(1),
});
const margin = z.int().min(0).max(2000).optional();

/** By the operation that calls each. */
export const documentedServices: Readonly<Record<Exclude<OperationName, 'edit'>, z.ZodType>> = {
  vary_subtle: varied,
  vary_strong: varied,
  image_to_image: varied,
  upscale: z.strictObject({ ...format, image }),
  remove_background: z.strictObject({ ...format, image }),
  aspect_ratio: z
    .strictObject({ ...seeded, image, prompt: words.optional(), left: margin, right: margin, up: margin, down: margin })
    .refine((body) => [body.left, body.right, body.up, body.down].some((side = 0) => side > 0)),
  replace: z.strictObject({ ...masked, search_prompt: words }),
  recolor: z.strictObject({ ...masked, select_prompt: words }),
  style_guide: z.strictObject({
    ...prompted,
    aspect_ratio: z.enum(['16:9', '1:1', '21:9', '2:3', '3:2', '4:5', '5:4', '9:16', '9:21']).optional(),
    fidelity: z.number().min(0).max(1).optional(),
  }),
  structure: controlled,
  sketch: controlled,
};
