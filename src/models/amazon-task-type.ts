import { z } from 'zod';
import { ImageModelError } from '../core/errors.js';
import { type EncodedImage, type ModelFamily, type PixelSizes, pixelSize } from './vendor-model.js';

/** The largest size of each aspect ratio in Titan's fixed list; it takes no other. */
const titanSizes: PixelSizes = {
  '11:5': [1408, 640],
  '11:6': [1408, 768],
  '16:9': [1173, 640],
  '9:5': [1152, 640],
  '5:3': [1280, 768],
  '3:2': [1152, 768],
  '9:7': [1152, 896],
  '1:1': [1024, 1024],
};

/** Nova Canvas takes any sides of 320–4096 that 16 divides; these are about one megapixel, like the other models' images. */
const novaCanvasSizes: PixelSizes = {
  '21:9': [1344, 576],
  '16:9': [1280, 720],
  '3:2': [1152, 768],
  '4:3': [1152, 864],
  '5:4': [1120, 896],
  '1:1': [1024, 1024],
};

/** A blocked image is HTTP 200 with `error` and no images; a blocked prompt is a ValidationException. */
const answerSchema = z.object({ images: z.array(z.string().nullish()).nullish(), error: z.string().nullish() });

/** Both models default to a FIXED seed, so it is always sent: four images without one would be four equal images. */
function createFamily(sizes: PixelSizes, cfgScale: number, hasStyle = false): ModelFamily {
  return {
    buildBody: ({ prompt, negativePrompt, nativeStyle, aspectRatio, seed }) => ({
      taskType: 'TEXT_IMAGE',
      textToImageParams: {
        text: prompt,
        ...(negativePrompt && { negativeText: negativePrompt }),
        ...(hasStyle && nativeStyle && { style: nativeStyle }),
      },
      imageGenerationConfig: {
        numberOfImages: 1,
        quality: 'premium',
        ...pixelSize(sizes, aspectRatio),
        cfgScale,
        seed,
      },
    }),
    readAnswer,
  };
}

function readAnswer(answer: unknown): EncodedImage {
  const { images, error } = answerSchema.parse(answer);
  const base64 = images?.[0];
  if (base64 || !error) return { base64 };
  const isFiltered = /content filter|responsible ai policy/i.test(error);
  throw new ImageModelError(isFiltered ? 'filtered_image' : 'failed', `The model answered: ${error}`);
}

/** https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-image.html */
export const amazonTitan = createFamily(titanSizes, 9);

/** https://docs.aws.amazon.com/nova/latest/userguide/image-gen-req-resp-structure.html */
export const amazonNovaCanvas = createFamily(novaCanvasSizes, 6.5, true);
