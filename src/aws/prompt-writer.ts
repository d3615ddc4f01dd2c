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
import { failureOf } from './refusals.js';

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
      return { kind: isRefusedModel(cause) ? 'denied' : failureOf(cause, abortSignal, kindsOfErrors), cause };
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
  stopReason: z.string().optional(),
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
  if (answer !== undefined) return { kind: 'written', answer, usage };
  const what = call ? 'its tool input breaks the rules' : 'it does not call the tool';
  const cause = new Error(`The answer cannot be used: ${what} (stop reason: ${parsed.data?.stopReason ?? 'none'}).`);
  return { kind: 'unusable', usage, cause };
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
};

/** A model ID that this Region or account does not have, or that of a model without tools; the body may be wrong as well. */
function isRefusedModel(cause: unknown): boolean {
  return (
    cause instanceof Error &&
    cause.name === 'ValidationException' &&
    /model (?:identifier|id)\b|inference profile|on-demand throughput|support tool/i.test(cause.message)
  );
}
