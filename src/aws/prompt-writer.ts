import { type BedrockRuntimeClient, ConverseCommand } from '@aws-sdk/client-bedrock-runtime';
import { z } from 'zod';
import {
  type Usage,
  usageOf,
  type WriteFailure,
  type WriteOutcome,
  type WritePrompts,
  type WritingTask,
} from '../core/prompt/writer.js';
import { explainCredentials, isDenied } from './refusals.js';

interface PromptWriterOptions {
  /** In the Region of the inference profile, with `NodeHttpHandler`, and not the one that collects images. */
  client: BedrockRuntimeClient;
  /** A model or an inference profile that Converse serves, with tools. */
  modelId: string;
}

/**
 * Asks a text model through Converse, which has to answer with a call of the task's tool.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html
 */
export function createPromptWriter({ client, modelId }: PromptWriterOptions): WritePrompts {
  return async (task, abortSignal) => {
    try {
      const answer = await client.send(commandFor(modelId, task), { abortSignal });
      return readAnswer(answer, task);
    } catch (cause) {
      return { kind: failureOf(cause, abortSignal), cause };
    }
  };
}

function commandFor(modelId: string, task: WritingTask<unknown>): ConverseCommand {
  const { system, message, temperature, maxTokens } = task;
  const { name, description, inputSchema } = task.tool;
  return new ConverseCommand({
    modelId,
    system: [{ text: system }],
    messages: [{ role: 'user', content: [{ text: message }] }],
    inferenceConfig: { maxTokens, temperature },
    toolConfig: {
      tools: [{ toolSpec: { name, description, inputSchema: { json: inputSchema } } }],
      toolChoice: { tool: { name } },
    },
  });
}

/** Blocks of other kinds, traces and metrics pass unread. */
const answerSchema = z.object({
  output: z.object({
    message: z.object({
      content: z.array(z.object({ toolUse: z.object({ name: z.string(), input: z.unknown() }).optional() })),
    }),
  }),
});
const usageSchema = z.object({ usage: z.object({ inputTokens: z.number(), outputTokens: z.number() }) });

function readAnswer<Answer>(converse: unknown, { tool, read }: WritingTask<Answer>): WriteOutcome<Answer> {
  const usage = readUsage(converse);
  const parsed = answerSchema.safeParse(converse);
  const calls = parsed.data?.output.message.content.flatMap(({ toolUse }) => toolUse ?? []) ?? [];
  const call = calls.find(({ name }) => name === tool.name);
  const answer = call && read(call.input);
  return answer === undefined ? { kind: 'unusable', usage } : { kind: 'written', answer, usage };
}

function readUsage(answer: unknown): Usage {
  const usage = usageSchema.safeParse(answer).data?.usage;
  return usageOf(usage?.inputTokens ?? 0, usage?.outputTokens ?? 0);
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html#API_runtime_Converse_Errors */
const kindsOfErrors: Readonly<Record<string, WriteFailure>> = {
  ThrottlingException: 'throttled',
  TooManyRequestsException: 'throttled',
  ServiceQuotaExceededException: 'throttled',
  ModelNotReadyException: 'throttled',
  ModelTimeoutException: 'timed_out',
  ModelErrorException: 'unusable', // among others, a call of the tool that is no JSON
  ResourceNotFoundException: 'denied', // no such model here, or one at the end of its life
  ValidationException: 'denied', // a model ID that this Region or account does not have, or one without tools
};

function failureOf(cause: unknown, abortSignal: AbortSignal): WriteFailure {
  if (abortSignal.aborted) return 'timed_out';
  if (!(cause instanceof Error)) return 'unavailable';
  // the SDK calls a broken connection a TimeoutError too; only its code tells them apart
  const isBroken = 'code' in cause && cause.code === 'ECONNRESET';
  if (cause.name === 'AbortError' || (cause.name === 'TimeoutError' && !isBroken)) return 'timed_out';
  if (isDenied(cause) || explainCredentials(cause) !== undefined) return 'denied';
  return kindsOfErrors[cause.name] ?? 'unavailable';
}
