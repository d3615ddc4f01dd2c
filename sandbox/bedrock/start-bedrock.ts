import { z } from 'zod';
import { AwsError, type JsonService, readJson, type ServiceOptions, startJsonService } from '../json-service.js';
import { decodeText, type ReceivedRequest } from '../signature/received-request.js';
import type { BedrockFault, BedrockRequest } from './bedrock-fault.js';
import { converse } from './converse.js';
import { applyGuardrail, findGuardrail } from './guardrails.js';
import { createInvokeModel, type InvokeOptions } from './invoke-model.js';

export interface BedrockOptions extends ServiceOptions, InvokeOptions {
  /** How long each model takes, in milliseconds. Defaults to 0. */
  latencyMs?: number;
}

export interface SandboxBedrock extends JsonService<BedrockRequest, BedrockFault> {
  setLatency(milliseconds: number): void;
}

/** Serves the part of the Bedrock runtime that SUPPORTED.md lists. */
export async function startBedrock(options: BedrockOptions = {}): Promise<SandboxBedrock> {
  const { guardrails = [] } = options;
  const invokeModel = createInvokeModel(options);
  let { latencyMs = 0 } = options;
  const service = await startJsonService<BedrockRequest, BedrockFault>({
    ...options,
    service: 'bedrock',
    latencyMs: () => latencyMs,
    read: readRequest,
    perform(asked, fault, request) {
      if (asked.operation === 'InvokeModel') return invokeModel(asked, request.headers, fault);
      if (asked.operation === 'Converse') return converse(asked, fault);
      const version = segmentsOf(request)[3] ?? '';
      return applyGuardrail(findGuardrail(guardrails, asked.modelId, version), asked.body);
    },
  });
  return {
    ...service,
    setLatency(milliseconds) {
      latencyMs = milliseconds;
    },
  };
}

function readRequest(request: ReceivedRequest, region: string, number: number): BedrockRequest {
  const { operation, modelId } = readRoute(request);
  const accept = request.headers.accept ?? '*/*';
  if (request.headers['content-type'] !== 'application/json' || !['application/json', '*/*'].includes(accept)) {
    const message = 'The provided content type or accept type is not supported by this model.';
    throw new AwsError('ValidationException', message);
  }
  const malformed = 'Malformed input request, please reformat your input and try again.';
  const body = readJson(request, 'ValidationException', malformed);
  return { operation, modelId, region, body, seed: seedOf(body), at: new Date(), number };
}

const segmentsOf = ({ path }: ReceivedRequest): string[] => path.split('/').slice(1).map(decodeText);

function readRoute(request: ReceivedRequest): Pick<BedrockRequest, 'operation' | 'modelId'> {
  const [first, modelId = '', third, , last] = segmentsOf(request);
  if (request.method === 'POST') {
    if (first === 'model' && third === 'invoke') return { operation: 'InvokeModel', modelId };
    if (first === 'model' && third === 'converse') return { operation: 'Converse', modelId };
    if (first === 'guardrail' && third === 'version' && last === 'apply')
      return { operation: 'ApplyGuardrail', modelId };
  }
  throw new AwsError('UnknownOperationException');
}

const seedSchema = z.looseObject({
  seed: z.number().optional(),
  imageGenerationConfig: z.looseObject({ seed: z.number().optional() }).optional(),
});

/** For faults and tests only: a body that is refused later may still name a seed. */
function seedOf(body: unknown): number | undefined {
  const found = seedSchema.safeParse(body).data;
  return found?.seed ?? found?.imageGenerationConfig?.seed;
}
