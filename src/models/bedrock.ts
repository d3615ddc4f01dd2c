import {
  BedrockRuntimeClient,
  InvokeModelCommand,
  ModelErrorException,
  ModelTimeoutException,
  ResourceNotFoundException,
  ServiceQuotaExceededException,
  ValidationException,
} from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { z } from 'zod';
import { type FailureReason, ImageModelError } from '../core/errors.js';
import type { GeneratedImage, GenerateImage, ImageModelRequest } from '../core/image-model.js';
import { createAnswerCollector, releaseAnswer } from './collect-answer.js';
import { identifyImage, parseAnswer } from './read-image.js';
import { type ModelFamily, reasonOfStatus, withReasons } from './vendor-model.js';

/** The queue of each model bounds its calls. One that waited for a socket besides would lose some of its deadline. */
const agent = { maxSockets: Number.POSITIVE_INFINITY };

/** HTTP/1.1, since the client's own HTTP/2 fails behind some proxies; no time-outs, since each image has its deadline. */
export function createBedrockClient({ region }: { region: string }): BedrockRuntimeClient {
  return new BedrockRuntimeClient({
    region,
    requestHandler: new NodeHttpHandler({ httpAgent: agent, httpsAgent: agent }),
    streamCollector: createAnswerCollector(),
  });
}

/** One model on Amazon Bedrock, called through InvokeModel. */
export function createBedrockModel(client: BedrockRuntimeClient, modelId: string, family: ModelFamily): GenerateImage {
  return withReasons(async (request) => {
    const json = 'application/json';
    const body = JSON.stringify(family.buildBody(request));
    const command = new InvokeModelCommand({ modelId, body, contentType: json, accept: json });
    const { body: answer } = await sendWithOneRetry(client, command, request.abortSignal);
    const release = () => releaseAnswer(answer);
    try {
      request.abortSignal.throwIfAborted(); // no caller is left to release the image
      return { ...readImage(family, answer, request), release };
    } catch (error) {
      release();
      throw error;
    }
  }, readReason);
}

/** The SDK retries throttling and server errors; these two, which pass as quickly, it leaves to us. */
async function sendWithOneRetry(client: BedrockRuntimeClient, command: InvokeModelCommand, abortSignal: AbortSignal) {
  try {
    return await client.send(command, { abortSignal });
  } catch (error) {
    if (!(error instanceof ModelTimeoutException || error instanceof ModelErrorException)) throw error;
    return client.send(command, { abortSignal });
  }
}

/** What Bedrock adds to any model's answer: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-invoke-model.html */
const guardrailSchema = z.object({ 'amazon-bedrock-guardrailAction': z.string().nullish() });

function readImage(family: ModelFamily, answer: Uint8Array, request: ImageModelRequest): GeneratedImage {
  const { json, decode } = parseAnswer(answer);
  if (guardrailSchema.parse(json)['amazon-bedrock-guardrailAction'] === 'INTERVENED') {
    throw new ImageModelError('filtered_prompt', 'A guardrail of the account intervened');
  }
  const { base64, seed = request.seed } = family.readAnswer(json);
  if (!base64) throw new ImageModelError('unusable_answer', 'The answer holds no image');
  return { ...identifyImage(decode(base64)), seed };
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_InvokeModel.html */
function readReason(error: unknown): FailureReason {
  if (error instanceof ValidationException) return readValidation(error.message);
  if (error instanceof ResourceNotFoundException) {
    return /end of its life|marked by provider as legacy/i.test(error.message) ? 'retired' : 'denied';
  }
  if (error instanceof ServiceQuotaExceededException) return 'denied'; // the account's own limit: waiting does not lift it
  if (error instanceof ModelTimeoutException) return 'timed_out';
  if (error instanceof ModelErrorException) return 'failed';
  const status = answeredSchema.safeParse(error).data?.$metadata.httpStatusCode;
  if (status !== undefined && status >= 400) return reasonOfStatus(status);
  if (error instanceof z.ZodError || error instanceof SyntaxError) return 'unusable_answer';
  return error instanceof Error ? readClientError(error) : 'failed';
}

/**
 * Amazon's and the older Stability models refuse a prompt by an error; trouble with the account can look the same, and so
 * does a model id that is unknown, or unknown in this Region.
 */
function readValidation(message: string): FailureReason {
  if (/content filters|filtered words|invalid_prompts|responsible ai policy/i.test(message)) return 'filtered_prompt';
  return /operation not allowed|model identifier is invalid/i.test(message) ? 'denied' : 'rejected';
}

/** What the SDK adds to an error that came with an answer, even one that it cannot name. */
const answeredSchema = z.object({ $metadata: z.object({ httpStatusCode: z.number() }) });

/** Node's network errors have a code such as ECONNREFUSED. The SDK names some of them TimeoutError too: only the code tells. */
function readClientError(error: Error): FailureReason {
  if (error.name === 'CredentialsProviderError') return 'denied'; // its class is in none of the SDK's public packages
  if ('code' in error && typeof error.code === 'string')
    return error.code === 'ETIMEDOUT' ? 'timed_out' : 'unavailable';
  return error.name === 'TimeoutError' ? 'timed_out' : 'failed';
}
