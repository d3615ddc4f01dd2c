import type { z } from 'zod';
import type { GivenImage, OutputFormat, Result } from '../images/image-services.js';
import { AwsError } from '../json-service.js';

/** What is to be drawn, the same for all families. */
export interface ImageOrder {
  prompt: string;
  negativePrompt?: string | undefined;
  seed: number;
  width: number;
  height: number;
  from?: ImageChange;
}

/** What becomes of an image that came with the request. */
export interface ImageChange {
  image: GivenImage;
  /** Defaults to PNG. */
  format: OutputFormat | undefined;
  /** As large as this is the PNG of a photograph; drawings are smaller. */
  pngBytes?: number | undefined;
  /** `size`: that of the order, scaled. Only results that do not have the size of the given image follow it. */
  make(scaled: { size: { width: number; height: number } }): Result | Promise<Result>;
}

/** Why there is no image although nothing was wrong with the request. */
export type Refusal = 'prompt' | 'input image' | 'output image' | 'inference error';

/** How models of one vendor are asked and how they answer. */
export interface ModelFamily {
  /** Throws a ValidationException for what the model's page does not allow. */
  read(body: unknown): ImageOrder | Promise<ImageOrder>;
  /** The response body for an image in base64. */
  drawn(seed: number, image: string): Record<string, unknown>;
  /** The response body, or the error thrown, if the content filter stepped in. */
  refused(seed: number, why: Refusal): Record<string, unknown>;
}

/** A seed that the request left open, or 0, which means the same to Stability's models. */
export function randomSeed(): number {
  return 1 + Math.floor(Math.random() * 2 ** 31);
}

/** Parses a body as Bedrock's own schema check does, in its words. */
export function parseStrictly<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const what =
    issue?.code === 'unrecognized_keys'
      ? `extraneous key [${issue.keys[0]}] is not permitted`
      : `#/${issue?.path.join('/')}: ${issue?.message}`;
  throw new AwsError(
    'ValidationException',
    `Malformed input request: ${what}, please reformat your input and try again.`,
  );
}
