import type { z } from 'zod';
import { BedrockError } from './bedrock-error.js';

/** What is to be drawn, the same for all families. */
export interface ImageOrder {
  prompt: string;
  negativePrompt?: string | undefined;
  /** Written into a corner of the image. */
  model?: string;
  /** One for each image. */
  seeds: readonly number[];
  width: number;
  height: number;
  format: 'png' | 'jpeg';
  /** An image to begin from: how much of it is left, from 0 to 1. */
  from?: { bytes: Buffer; kept: number };
}

/** Why there is no image although nothing was wrong with the request. */
export type Refusal = 'prompt' | 'output image' | 'inference error';

/** How models of one vendor and time are asked and how they answer. */
export interface ModelFamily {
  /** Throws a ValidationException for what the model's page does not allow. `seedByChance` stands in for a seed left open. */
  read(body: unknown, seedByChance: (limit: number) => number): ImageOrder;
  /** The response body for images in base64. */
  drawn(order: ImageOrder, images: readonly string[]): Record<string, unknown>;
  /** The response body, or the error thrown, where the content filter stepped in. */
  refused(order: ImageOrder, why: Refusal): Record<string, unknown>;
}

/** Bytes of a base64 field; undefined for text that is no base64. */
export function decodeBase64(text: string): Buffer | undefined {
  const isBase64 = text.length % 4 === 0 && /^[A-Za-z0-9+/]+={0,2}$/.test(text);
  return isBase64 ? Buffer.from(text, 'base64') : undefined;
}

/** Parses a body as Bedrock's own schema check does, in its words. */
export function parseStrictly<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new BedrockError('ValidationException', malformed(issue));
}

function malformed(issue: z.core.$ZodIssue | undefined): string {
  const end = 'please reformat your input and try again.';
  if (issue?.code === 'unrecognized_keys') {
    return `Malformed input request: extraneous key [${issue.keys[0]}] is not permitted, ${end}`;
  }
  return `Malformed input request: #/${issue?.path.join('/') ?? ''}: ${issue?.message}, ${end}`;
}
