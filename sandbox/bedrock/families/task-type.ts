import { z } from 'zod';
import { imageSize } from '../../images/image-size.js';
import { BedrockError } from '../bedrock-error.js';
import { decodeBase64, type ImageOrder, type ModelFamily, parseStrictly } from '../model-family.js';

// Titan Image Generator G1: https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-image.html
// Nova Canvas: https://docs.aws.amazon.com/nova/latest/userguide/image-gen-req-resp-structure.html

const largestSeed = 2_147_483_646;

export interface TaskTypeModel {
  textLimit: number;
  /** The seed of every request that names none: the same image again and again. */
  defaultSeed: number;
  /** Throws nothing: says what is wrong with a size, or nothing. */
  sizeProblem: (width: number, height: number) => string | undefined;
  /** Nova's styles; Titan has none. */
  styles?: readonly [string, ...string[]];
}

export function createTaskTypeFamily(model: TaskTypeModel): ModelFamily {
  const request = requestSchema(model);
  return {
    read(body) {
      const asked = parseStrictly(request, body);
      const isVariation = asked.taskType === 'IMAGE_VARIATION';
      const {
        seed = model.defaultSeed,
        numberOfImages = 1,
        width = 1024,
        height = 1024,
      } = asked.imageGenerationConfig ?? {};
      const wrong = model.sizeProblem(width, height);
      if (wrong) throw new BedrockError('ValidationException', wrong);
      const params = isVariation ? asked.imageVariationParams : asked.textToImageParams;
      const style = isVariation ? undefined : styleOf(asked.textToImageParams);
      const prompt = [params.text ?? '', ...(style ? [style] : [])].join(', ');
      const seeds = Array.from({ length: numberOfImages }, (_, index) => seed + index);
      const from = isVariation ? beginning(asked.imageVariationParams) : {};
      return { prompt, negativePrompt: params.negativeText, seeds, width, height, format: 'png', ...from };
    },
    drawn: (_order, images) => ({ images, error: null }),
    refused(_order, why) {
      if (why !== 'output image') throw new BedrockError('ValidationException', blockedPrompt);
      return { images: [], error: 'All of the generated images have been blocked by our content filters.' };
    },
  };
}

const blockedPrompt =
  'This request has been blocked by our content filters. Please adjust your text prompt to submit a new request.';

function requestSchema({ textLimit, styles }: TaskTypeModel) {
  const text = z.string().min(1).max(textLimit);
  const imageGenerationConfig = z
    .strictObject({
      quality: z.enum(['standard', 'premium']).optional(),
      numberOfImages: z.int().min(1).max(5).optional(),
      width: z.int().optional(),
      height: z.int().optional(),
      cfgScale: z.number().min(1.1).max(10).optional(),
      seed: z.int().min(0).max(largestSeed).optional(),
    })
    .optional();
  const words = { text, negativeText: text.optional() };
  const textToImageParams = z.strictObject(styles ? { ...words, style: z.enum(styles).optional() } : { ...words });
  const imageVariationParams = z.strictObject({
    text: text.optional(),
    negativeText: text.optional(),
    images: z.array(z.string()).min(1).max(5),
    similarityStrength: z.number().min(0.2).max(1).optional(),
  });
  return z.discriminatedUnion('taskType', [
    z.strictObject({ taskType: z.literal('TEXT_IMAGE'), textToImageParams, imageGenerationConfig }),
    z.strictObject({ taskType: z.literal('IMAGE_VARIATION'), imageVariationParams, imageGenerationConfig }),
  ]);
}

function beginning(params: { images: string[]; similarityStrength?: number | undefined }): Pick<ImageOrder, 'from'> {
  const bytes = decodeBase64(params.images[0] ?? '');
  if (!bytes || !imageSize(bytes)) {
    throw new BedrockError('ValidationException', 'Validation error: the image is not a valid PNG or JPEG.');
  }
  return { from: { bytes, kept: params.similarityStrength ?? 0.7 } };
}

/** Only Nova's requests have one. */
function styleOf(params: { text: string; style?: unknown }): string | undefined {
  return typeof params.style === 'string' ? params.style : undefined;
}

/** The sizes that Titan's page lists. */
const titanSizes = new Set(
  `1024x1024 768x768 512x512 768x1152 384x576 1152x768 576x384 768x1280 384x640 1280x768 640x384 896x1152 448x576
   1152x896 576x448 768x1408 384x704 1408x768 704x384 640x1408 320x704 1408x640 704x320 1152x640 1173x640`.split(/\s+/),
);

export function titanSizeProblem(width: number, height: number): string | undefined {
  return titanSizes.has(`${width}x${height}`) ? undefined : `Unsupported image size: ${width}x${height}.`;
}

/** Sides of 320 to 4096 in steps of 16, between 1:4 and 4:1, under 4,194,304 pixels. */
export function novaSizeProblem(width: number, height: number): string | undefined {
  const sides = [width, height].every((side) => side >= 320 && side <= 4096 && side % 16 === 0);
  const ratio = Math.max(width / height, height / width) <= 4;
  return sides && ratio && width * height < 4_194_304 ? undefined : `Unsupported image size: ${width}x${height}.`;
}
