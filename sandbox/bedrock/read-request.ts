import { z } from 'zod';
import { decodeText, type ReceivedRequest } from '../signature/received-request.js';
import { BedrockError } from './bedrock-error.js';
import type { BedrockRequest } from './bedrock-fault.js';

/** Both ways, in bytes: https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html */
const bodyLimit = 25_000_000;

/** Which operation a request asks for, and of what. */
export type Route =
  | { operation: 'InvokeModel'; modelId: string }
  | { operation: 'ApplyGuardrail'; identifier: string; version: string };

export function readRoute({ method, path }: ReceivedRequest): Route {
  const segments = path.split('/').slice(1).map(decodeText);
  const [first, identifier, third, version, last] = segments;
  const posts = method === 'POST' && identifier !== undefined;
  if (posts && first === 'model' && third === 'invoke' && segments.length === 3) {
    return { operation: 'InvokeModel', modelId: identifier };
  }
  if (posts && first === 'guardrail' && third === 'version' && version !== undefined && last === 'apply') {
    return { operation: 'ApplyGuardrail', identifier, version };
  }
  throw new BedrockError('UnknownOperationException', `The sandbox does not serve ${method} ${path}.`);
}

/** Throws a ValidationException for anything but JSON of at most 25,000,000 bytes. */
export function readJson({ headers, body }: ReceivedRequest): unknown {
  const accept = headers.accept ?? '*/*';
  if (headers['content-type'] !== 'application/json' || !['application/json', '*/*'].includes(accept)) {
    throw new BedrockError(
      'ValidationException',
      'The provided content type or accept type is not supported by this model.',
    );
  }
  if (body.length > bodyLimit) {
    const message =
      "1 validation error detected: Value at 'body' failed to satisfy constraint: Member must have length less than or equal to 25000000";
    throw new BedrockError('ValidationException', message);
  }
  try {
    return JSON.parse(body.toString());
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new BedrockError('ValidationException', 'Malformed input request, please reformat your input and try again.');
  }
}

const seededSchema = z.union([
  z.looseObject({ seed: z.number() }).transform(({ seed }) => seed),
  z
    .looseObject({ imageGenerationConfig: z.looseObject({ seed: z.number() }) })
    .transform(({ imageGenerationConfig }) => imageGenerationConfig.seed),
]);

/** For faults and tests only: a body that is refused later may still name a seed. */
export function seedOf(body: unknown): BedrockRequest['seed'] {
  return seededSchema.safeParse(body).data;
}
