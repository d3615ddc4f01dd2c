import type { BedrockErrorName } from '../bedrock/bedrock-error.js';

const operationNames = ['GetFoundationModel', 'GetFoundationModelAvailability'] as const;

type OperationName = (typeof operationNames)[number];

/** A request as faults and tests see it. */
export interface BedrockControlRequest {
  operation: OperationName;
  modelId: string;
  region: string;
  /** Counted from 1, over all requests that were understood. */
  number: number;
}

export type BedrockControlFault =
  | { kind: 'slow'; milliseconds: number }
  | { kind: 'error'; name: BedrockErrorName; message?: string }
  | { kind: 'reset' }
  /** These fields of the answer instead of its own: another lifecycle, another state of the subscription. */
  | { kind: 'answer'; fields: Readonly<Record<string, unknown>> };
