import type { z } from 'zod';
import { AwsError } from '../json-service.js';

/** What is to be drawn, the same for all families. */
export interface ImageOrder {
  prompt: string;
  negativePrompt?: string | undefined;
  seed: number;
  width: number;
  height: number;
}

/** Why there is no image although nothing was wrong with the request. */
export type Refusal = 'prompt' | 'output image' | 'inference error';

/** How models of one vendor are asked and how they answer. */
export interface ModelFamily {
  /** Throws a ValidationException for what the model's page does not allow. */
  read(body: unknown): ImageOrder;
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
