import type { BedrockErrorName } from './bedrock-error.js';
import type { Protocol } from './two-protocols.js';

const operationNames = ['InvokeModel', 'ApplyGuardrail'] as const;

type OperationName = (typeof operationNames)[number];

/** A request as faults and tests see it. */
export interface BedrockRequest {
  operation: OperationName;
  /** Counted from 1, over all requests that were understood. */
  number: number;
  /** Of the guardrail, where one is applied by itself. */
  modelId: string;
  region: string;
  protocol: Protocol;
  /** Parsed JSON. */
  body: unknown;
  /** The seed that the body names, in whichever field its family has it. */
  seed: number | undefined;
  at: Date;
}

export type BedrockFault =
  | { kind: 'slow'; milliseconds: number }
  /** No answer and no end, until the client gives up. */
  | { kind: 'never' }
  | { kind: 'error'; name: BedrockErrorName; message?: string }
  /** The connection ends before, or in the middle of, the answer. */
  | { kind: 'reset' | 'answer cut' }
  | { kind: 'filtered prompt' | 'filtered image' | 'inference error' }
  /** An answer with everything but the images. */
  | { kind: 'missing images' }
  | { kind: 'empty image' | 'not base64' | 'not an image' }
  /** A true image beside this seed, whatever was asked for. */
  | { kind: 'other seed'; seed: number }
  /** JPEG where PNG was asked, and the other way round. */
  | { kind: 'other format' }
  /** A true image in an answer of nearly 25,000,000 bytes, the most that Bedrock sends. */
  | { kind: 'huge' };
