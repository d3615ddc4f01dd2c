import type { CommonFault } from '../json-service.js';

/** A request as faults and tests see it. */
export interface BedrockRequest {
  operation: 'InvokeModel' | 'ApplyGuardrail' | 'Converse';
  /** Counted from 1, over all requests that were understood. */
  number: number;
  /** The guardrail's, for ApplyGuardrail. */
  modelId: string;
  region: string;
  /** Parsed JSON. */
  body: unknown;
  /** The seed that the body names, in whichever field its family has it. */
  seed: number | undefined;
  at: Date;
}

export type BedrockFault =
  | CommonFault
  | { kind: 'filtered prompt' | 'filtered input image' | 'filtered image' | 'inference error' }
  /** An answer with everything but the images. */
  | { kind: 'missing images' }
  | { kind: 'empty image' | 'not base64' | 'not an image' }
  /** A real image beside this seed, whatever was asked for. */
  | { kind: 'other seed'; seed: number }
  /** JPEG instead of PNG, and the other way round. */
  | { kind: 'other format' }
  /** The answer would be larger than Stability's image services can send, whatever was drawn. */
  | { kind: 'oversized answer' }
  /** A real image in an answer of nearly 25,000,000 bytes, the most that Bedrock sends. */
  | { kind: 'huge' }
  /** Of Converse: words instead of the tool's call, a prompt of 140 words, prompts in German, other fields. */
  | { kind: 'no tool call' | 'long prompt' | 'other language' | 'wrong schema' };
