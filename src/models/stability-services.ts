import type { ImageModelRequest, InputImage, OperationInput, OperationName } from '../core/image-model.js';

interface WithInput extends ImageModelRequest {
  input: OperationInput;
}

type Body = Readonly<Record<string, unknown>>;

/** An answer holds 16 MiB, and a PNG of so many pixels at worst three bytes for each. */
const maxPngPixels = 4_000_000;

/** How far to go from the image: 0 repeats it, 1 ignores it. https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-diffusion-3-5-large.html */
const strengths = { vary_subtle: 0.35, vary_strong: 0.7, image_to_image: 0.65 };

/**
 * The request bodies of operations, one row each. Most refuse any field that they do not document.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/stable-image-services.html
 */
const bodies: Readonly<Record<Exclude<OperationName, 'edit'>, (request: WithInput) => Body>> = {
  vary_subtle: (request) => varied(request, strengths.vary_subtle),
  vary_strong: (request) => varied(request, strengths.vary_strong),
  image_to_image: (request) => varied(request, strengths.image_to_image),
  upscale: ({ input }) => ({ image: base64(input.image), output_format: 'jpeg' }),
  remove_background: ({ input }) => ({ image: base64(input.image), output_format: 'png' }),
  aspect_ratio: ({ input: { image }, aspectRatio, seed }) => {
    const { width, height, ...margins } = outpaint(image, aspectRatio);
    const output_format = width * height > maxPngPixels ? 'jpeg' : 'png';
    return { image: base64(image), ...margins, seed, output_format };
  },
  replace: (request) => ({ ...drawn(request), search_prompt: request.input.target }),
  recolor: (request) => ({ ...drawn(request), select_prompt: request.input.target }),
  style_guide: (request) => ({ ...drawn(request), aspect_ratio: request.aspectRatio }),
  structure: drawn,
  sketch: drawn,
};

/** @param request for any operation but `edit`, which is no service of Stability's */
export function serviceBody(request: WithInput): Body {
  const { operation } = request.input;
  if (operation === 'edit') throw new TypeError('Bedrock has no service that edits in words.');
  return bodies[operation](request);
}

function drawn({ prompt, negativePrompt, seed, input }: WithInput): Body {
  const body = { prompt, image: base64(input.image), seed, output_format: 'png' };
  return negativePrompt ? { ...body, negative_prompt: negativePrompt } : body;
}

function varied(request: WithInput, strength: number): Body {
  return { ...drawn(request), mode: 'image-to-image', strength };
}

function base64({ bytes }: InputImage): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('base64');
}

/** The margins that give an image another aspect ratio, half on each side, and the size of the result, in pixels. */
function outpaint({ width, height }: InputImage, aspectRatio: string) {
  const [wide = 1, tall = 1] = aspectRatio.split(':').map(Number);
  const missingWidth = Math.round((height * wide) / tall) - width;
  const missingHeight = Math.round((width * tall) / wide) - height;
  if (missingWidth > 0) {
    const left = Math.floor(missingWidth / 2);
    return { left, right: missingWidth - left, width: width + missingWidth, height };
  }
  const down = Math.max(1, missingHeight); // one of them is needed, also for an image that has this aspect ratio
  const up = Math.floor(down / 2);
  return { up, down: down - up, width, height: height + down };
}
