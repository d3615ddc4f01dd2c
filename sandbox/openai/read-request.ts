import type { IncomingHttpHeaders } from 'node:http';
import sharp from 'sharp';
import { z } from 'zod';
import { fromJson } from '../http.js';
import type { GivenImage, OutputFormat } from '../images/image-services.js';

/** Models that are still served: dall-e-2, dall-e-3 and gpt-image-1 ended in 2026. */
export const servedModels: readonly string[] = ['gpt-image-2', 'gpt-image-2.5-sunburst', 'gpt-image-2.5-flare'];

/** What is to be drawn. */
export interface ImageRequest {
  model: string;
  prompt: string;
  width: number;
  height: number;
  format: OutputFormat;
  /** What is to be edited. */
  image?: GivenImage;
}

/** An error as OpenAI answers it: `{"error": {…}}`. */
export interface Refusal {
  status: number;
  error: { message: string; type: string; param: string | null; code: string | null };
}

export function refusal(status: number, code: string | null, param: string | null, message: string): Refusal {
  return { status, error: { message, type: 'invalid_request_error', param, code } };
}

/** Sides that 16 divides, no slimmer than 1:3, no larger than 3840 by 2160. */
function isSize(size: string): boolean {
  const [short = 0, long = 0] = sidesOf(size).sort((one, other) => one - other);
  return short > 0 && short % 16 === 0 && long % 16 === 0 && long <= 3 * short && long <= 3840 && short <= 2160;
}

const sidesOf = (size: string): number[] => size.split('x').map(Number);

/** https://platform.openai.com/docs/api-reference/images/create */
const generationSchema = z.strictObject({
  prompt: z.string().min(1).max(32_000),
  model: z.string(),
  n: z.literal(1),
  size: z.string().refine(isSize),
  output_format: z.literal('png'),
});

export function readGeneration(body: Buffer): ImageRequest | Refusal {
  const parsed = generationSchema.safeParse(fromJson(body.toString()));
  if (!parsed.success) return invalid(parsed.error.issues[0]);
  const { model, prompt, size, output_format: format } = parsed.data;
  const [width = 0, height = 0] = sidesOf(size);
  return refuseModel(model) ?? { model, prompt, width, height, format };
}

/** Of a form, in which every value is text: https://platform.openai.com/docs/api-reference/images/createEdit */
const editSchema = z.strictObject({
  image: z.instanceof(File),
  prompt: generationSchema.shape.prompt,
  model: z.string(),
  n: z.literal('1').optional(),
  size: z
    .string()
    .refine((size) => size === 'auto' || isSize(size))
    .default('auto'),
  output_format: z.enum(['png', 'jpeg', 'webp']).default('png'),
});

const maxFileBytes = 50 * 2 ** 20;

export async function readEdit(body: Buffer, headers: IncomingHttpHeaders): Promise<ImageRequest | Refusal> {
  const form = await readForm(body, headers['content-type'] ?? '');
  if (!form) return refusal(400, null, null, 'The body is not a form: multipart/form-data.');
  const parsed = editSchema.safeParse(form);
  if (!parsed.success) return invalid(parsed.error.issues[0]);
  const { model, prompt, size, output_format: format } = parsed.data;
  const image = await readFile(parsed.data.image);
  if ('error' in image) return image;
  const [width = 0, height = 0] = size === 'auto' ? megapixel(image) : sidesOf(size);
  return refuseModel(model) ?? { model, prompt, width, height, format, image };
}

async function readForm(body: Buffer, type: string): Promise<Record<string, unknown> | undefined> {
  if (!type.startsWith('multipart/form-data')) return undefined;
  const form = await new Response(body, { headers: { 'content-type': type } }).formData().catch(() => undefined);
  return form && Object.fromEntries([...form].map(([name, value]) => [name === 'image[]' ? 'image' : name, value]));
}

async function readFile(file: File): Promise<GivenImage | Refusal> {
  if (!['image/png', 'image/jpeg', 'image/webp'].includes(file.type)) {
    const message = `Invalid file 'image': unsupported mimetype ('${file.type}').`;
    return refusal(400, 'unsupported_file_mimetype', 'image', message);
  }
  if (file.size >= maxFileBytes)
    return refusal(400, 'image_too_large', 'image', 'The image must be smaller than 50 MB.');
  const bytes = Buffer.from(await file.arrayBuffer());
  const read = async () => {
    const { format, width, height } = await sharp(bytes).metadata();
    await sharp(bytes).raw().toBuffer();
    return `image/${format}` === file.type ? { bytes, width, height } : undefined;
  };
  const message = 'Invalid image file or mode for image 1, please check your image file.';
  return (await read().catch(() => undefined)) ?? refusal(400, 'invalid_image_file', 'image', message);
}

/** The model's own choice: the ratio of the image at about one megapixel. */
function megapixel({ width, height }: GivenImage): [width: number, height: number] {
  const scale = Math.sqrt((1024 * 1024) / (width * height));
  const side = (length: number) => Math.max(16, Math.round((length * scale) / 16) * 16);
  return [side(width), side(height)];
}

function invalid(issue: z.core.$ZodIssue | undefined): Refusal {
  const isUnknown = issue?.code === 'unrecognized_keys';
  const name = (isUnknown ? issue.keys[0] : issue?.path.join('.')) ?? '';
  const what = isUnknown ? 'Unknown parameter' : 'Invalid value';
  return refusal(400, isUnknown ? 'unknown_parameter' : 'invalid_value', name, `${what}: '${name}'.`);
}

function refuseModel(model: string): Refusal | undefined {
  if (servedModels.includes(model)) return undefined;
  const message = `The model '${model}' does not exist or you do not have access to it.`;
  return refusal(404, 'model_not_found', null, message);
}
