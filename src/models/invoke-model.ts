import { type BedrockRuntimeClient, InvokeModelCommand } from '@aws-sdk/client-bedrock-runtime';
import { z } from 'zod';
import { ImageModelError } from '../core/errors.js';
import type { GeneratedImage, ImageModel, ImageModelRequest, ModelInfo } from '../core/image-model.js';
import { giveBack, roomOf } from './answer-memory.js';
import { toImageModelError } from './bedrock-failure.js';
import { checkRequest } from './check-request.js';
import type { ModelFamily } from './model-family.js';
import { type ParsedAnswer, parseAnswer } from './parse-answer.js';
import { readImage } from './read-image.js';
import { takeTurn } from './take-turn.js';

export interface BedrockModelOptions {
  /** Made with `NodeHttpHandler`: the client's own HTTP/2 handler fails behind some proxies and stand-ins. */
  client: BedrockRuntimeClient;
  modelInfo: ModelInfo;
  family: ModelFamily;
}

/** One model on Amazon Bedrock, called through InvokeModel. */
export function createBedrockModel({ client, modelInfo, family }: BedrockModelOptions): ImageModel {
  return {
    modelInfo,
    async generateImage(request) {
      checkRequest(request, modelInfo);
      const body = JSON.stringify(family.buildBody(request, modelInfo));
      try {
        const answer = await invokeWithOneRetry(client, modelInfo.modelId, body, request.abortSignal);
        return await readInTurn(family, answer, request);
      } catch (error) {
        throw toImageModelError(error, request.abortSignal.aborted);
      }
    },
  };
}

/** The SDK retries throttling and server errors; these two, which pass as quickly, it leaves to us. */
const retriedOnce: readonly string[] = ['ModelTimeoutException', 'ModelErrorException'];

async function invokeWithOneRetry(
  client: BedrockRuntimeClient,
  modelId: string,
  body: string,
  abortSignal: AbortSignal,
): Promise<Uint8Array> {
  try {
    return await invoke(client, modelId, body, abortSignal);
  } catch (error) {
    if (!(error instanceof Error && retriedOnce.includes(error.name))) throw error;
    return invoke(client, modelId, body, abortSignal);
  }
}

async function invoke(
  client: BedrockRuntimeClient,
  modelId: string,
  body: string,
  abortSignal: AbortSignal,
): Promise<Uint8Array> {
  const json = 'application/json';
  const command = new InvokeModelCommand({ modelId, body, contentType: json, accept: json });
  const { body: answer } = await client.send(command, { abortSignal });
  return answer;
}

async function readInTurn(
  family: ModelFamily,
  answer: Uint8Array,
  request: ImageModelRequest,
): Promise<GeneratedImage> {
  const freeRoom = roomOf(answer);
  try {
    await takeTurn();
    request.abortSignal.throwIfAborted(); // nobody waits for the image any more, to free its room
    const image = findImage(family, answer, request);
    const release = (isIdle: boolean) => {
      if (isIdle) giveBack(image.bytes);
      freeRoom?.();
    };
    return { ...image, release };
  } catch (error) {
    freeRoom?.();
    throw error;
  } finally {
    giveBack(answer);
  }
}

/** What Bedrock adds to any model's answer: https://docs.aws.amazon.com/bedrock/latest/userguide/guardrails-use-invoke-model.html */
const guardrailSchema = z.object({ 'amazon-bedrock-guardrailAction': z.string().nullish() });

function findImage(family: ModelFamily, answer: Uint8Array, request: ImageModelRequest): GeneratedImage {
  const { json, bytesOf } = parse(answer);
  const guardrail = guardrailSchema.safeParse(json);
  if (guardrail.data?.['amazon-bedrock-guardrailAction'] === 'INTERVENED') {
    throw new ImageModelError('filtered_prompt', 'A guardrail of the account intervened');
  }
  const { base64, seed = request.seed } = family.readAnswer(json);
  return { ...readImage(bytesOf(base64) ?? base64), seed };
}

function parse(answer: Uint8Array): ParsedAnswer {
  try {
    return parseAnswer(answer);
  } catch (cause) {
    throw new ImageModelError('unusable_answer', 'The answer is not JSON', { cause });
  }
}
