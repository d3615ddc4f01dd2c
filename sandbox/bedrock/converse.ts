import { z } from 'zod';
import { AwsError } from '../json-service.js';
import type { BedrockFault, BedrockRequest } from './bedrock-fault.js';
import { parseStrictly } from './model-family.js';
import { type PromptIdea, proposePrompts, sourceLanguage, translatePrompt } from './propose-prompts.js';

const unitedStates = ['us-east-1', 'us-east-2', 'us-west-2'];

/** Inference profiles, by ID, and the Regions that they may be called from; a global one from any. */
const profiles: Readonly<Record<string, readonly string[] | 'any'>> = {
  'us.amazon.nova-2-lite-v1:0': unitedStates,
  'global.amazon.nova-2-lite-v1:0': 'any',
  'us.anthropic.claude-haiku-4-5-20251001-v1:0': unitedStates,
  'global.anthropic.claude-haiku-4-5-20251001-v1:0': 'any',
};

const toolName = z.string().regex(/^[a-zA-Z0-9_-]{1,64}$/);
const json = z.looseObject({ type: z.literal('object') });
const toolUse = z.strictObject({ toolUseId: z.string().min(1).max(64), name: toolName, input: z.unknown() });
const toolResult = z.strictObject({
  toolUseId: z.string().min(1).max(64),
  content: z.array(z.union([z.strictObject({ text: z.string() }), z.strictObject({ json: z.unknown() })])),
  status: z.enum(['success', 'error']).optional(),
});
const block = z.union([
  z.strictObject({ text: z.string() }),
  z.strictObject({ toolUse }),
  z.strictObject({ toolResult }),
]);
const toolSpec = z.strictObject({
  name: toolName,
  description: z.string().min(1).optional(),
  inputSchema: z.strictObject({ json }),
  strict: z.boolean().optional(),
});
const nothing = z.strictObject({});

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_Converse.html */
const requestSchema = z.strictObject({
  messages: z.array(z.strictObject({ role: z.enum(['user', 'assistant']), content: z.array(block).min(1) })).min(1),
  system: z.array(z.strictObject({ text: z.string().min(1) })).optional(),
  inferenceConfig: z
    .strictObject({
      maxTokens: z.int().min(1).max(65_536).optional(),
      temperature: z.number().min(0).max(1).optional(),
      topP: z.number().min(0).max(1).optional(),
      stopSequences: z.array(z.string().min(1)).max(2_500).optional(),
    })
    .optional(),
  toolConfig: z
    .strictObject({
      tools: z.array(z.strictObject({ toolSpec })).min(1),
      toolChoice: z
        .union([
          z.strictObject({ auto: nothing }),
          z.strictObject({ any: nothing }),
          z.strictObject({ tool: z.strictObject({ name: toolName }) }),
        ])
        .optional(),
    })
    .optional(),
});
type Request = z.output<typeof requestSchema>;

/** The answer of Converse: a call of the tool that the request forces, made up by simple rules; else a sentence. */
export function converse({ modelId, region, body, number }: BedrockRequest, fault: BedrockFault | undefined): object {
  const regions = profiles[modelId];
  if (!regions || (regions !== 'any' && !regions.includes(region)))
    throw new AwsError('ValidationException', 'The provided model identifier is invalid.');
  const request = parseStrictly(requestSchema, body);
  checkConversation(request);
  const tool = chosenTool(request);
  const text = request.messages
    .flatMap(({ content }) => content.map((part) => ('text' in part ? part.text : '')))
    .join('\n');
  const content =
    tool && fault?.kind !== 'no tool call'
      ? [{ toolUse: { toolUseId: `tooluse_${number}`, name: tool.name, input: inputOf(tool, text, fault) } }]
      : [{ text: 'The stand-in for a text model has nothing to say.' }];
  const inputTokens = Math.ceil(JSON.stringify(body).length / 4);
  const outputTokens = Math.ceil(JSON.stringify(content).length / 4);
  return {
    output: { message: { role: 'assistant', content } },
    stopReason: tool && fault?.kind !== 'no tool call' ? 'tool_use' : 'end_turn',
    usage: { inputTokens, outputTokens, totalTokens: inputTokens + outputTokens },
    metrics: { latencyMs: 1 },
  };
}

/** In Bedrock's own words. */
function checkConversation({ messages }: Request): void {
  const refuse = (message: string) => {
    throw new AwsError('ValidationException', message);
  };
  if (messages[0]?.role !== 'user')
    refuse(
      'A conversation must start with a user message. Try again with a conversation that starts with a user message.',
    );
  if (messages.some(({ role }, index) => role === messages[index + 1]?.role))
    refuse(
      'A conversation must alternate between user and assistant roles. Make sure the conversation alternates between user and assistant roles and try again.',
    );
  for (const [index, { content }] of messages.entries()) {
    for (const [position, part] of content.entries()) {
      if ('text' in part && part.text.trim() === '')
        refuse(
          `The text field in the ContentBlock object at messages.${index}.content.${position} is blank. Add text to the text field, and try again.`,
        );
    }
  }
}

type Tool = z.output<typeof toolSpec>;

function chosenTool({ toolConfig }: Request): Tool | undefined {
  const choice = toolConfig?.toolChoice;
  if (!toolConfig || !choice || 'auto' in choice) return undefined;
  const tools = toolConfig.tools.map((one) => one.toolSpec);
  const tool = 'any' in choice ? tools[0] : tools.find(({ name }) => name === choice.tool.name);
  const message = 'The toolChoice names a tool that is not in toolConfig.tools.';
  if (!tool) throw new AwsError('ValidationException', message);
  return tool;
}

function inputOf({ inputSchema }: Tool, text: string, fault: BedrockFault | undefined): unknown {
  if (fault?.kind === 'wrong schema') return { answer: 'three ideas', proposals: 'none' };
  const translation = { position: 0, title: '', prompt: translatePrompt(text) };
  const ideas = (wantsSeveral(inputSchema.json) ? proposePrompts(text) : [translation]).map((idea) =>
    distort(idea, fault),
  );
  return fill(inputSchema.json, { ideas, language: sourceLanguage(text), people: namesIn(text) }, '', 0);
}

const german = [
  'Ein rotes Boot liegt im Hafen und der Mond steht über dem Wasser',
  'Eine alte Stadt am Fluss mit vielen kleinen Häusern bei Nacht',
  'Ein Fuchs sitzt unter einem Baum und schaut in den Schnee',
];

function distort(idea: PromptIdea, fault: BedrockFault | undefined): PromptIdea {
  if (fault?.kind === 'other language') return { ...idea, prompt: german[idea.position] ?? '' };
  if (fault?.kind !== 'long prompt') return idea;
  return { ...idea, prompt: `${idea.prompt} ${'with a small boat on still water '.repeat(20)}` };
}

interface Answers {
  ideas: readonly PromptIdea[];
  language: string;
  people: readonly string[];
}

/** Two capitalized words in a row: this model knows no more of names. */
function namesIn(text: string): string[] {
  return text.match(/\p{Lu}\p{Ll}+ \p{Lu}\p{Ll}+/gu) ?? [];
}

const schema = z.looseObject({
  type: z.string().optional(),
  properties: z.record(z.string(), z.unknown()).optional(),
  items: z.unknown().optional(),
});

/** Whether a tool takes a list; else it is asked for a translation. */
function wantsSeveral(json: unknown): boolean {
  return Object.values(schema.parse(json).properties ?? {}).some((property) => schema.parse(property).type === 'array');
}

/** A value for a JSON schema, by the names of its properties: the stand-in knows no product's tool. */
function fill(json: unknown, answers: Answers, name: string, position: number): unknown {
  const { type, properties = {}, items } = schema.parse(json);
  if (type === 'object')
    return Object.fromEntries(
      Object.entries(properties).map(([key, value]) => [key, fill(value, answers, key, position)]),
    );
  if (type === 'array' && /people|persons|names/i.test(name)) return answers.people;
  if (type === 'array') return answers.ideas.map((_, index) => fill(items, answers, name, index));
  if (type === 'boolean') return false;
  if (type === 'number' || type === 'integer') return 0;
  if (/lang/i.test(name)) return answers.language;
  const idea = answers.ideas[position];
  return /title|name/i.test(name) ? idea?.title : idea?.prompt;
}
