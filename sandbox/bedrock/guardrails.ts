import { z } from 'zod';
import { BedrockError } from './bedrock-error.js';

/** A guardrail of nothing but blocked words. */
export interface SandboxGuardrail {
  identifier: string;
  version: string;
  words: readonly string[];
  /** What stands in the place of a text that was blocked. */
  blockedMessage: string;
}

const textLimit = 1000; // characters of one text unit, by which guardrails are counted and paid

// https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ApplyGuardrail.html
const requestSchema = z.strictObject({
  source: z.enum(['INPUT', 'OUTPUT']),
  outputScope: z.enum(['INTERVENTIONS', 'FULL']).optional(),
  content: z
    .array(z.strictObject({ text: z.strictObject({ text: z.string(), qualifiers: z.array(z.string()).optional() }) }))
    .min(1),
});

export function findGuardrail(
  guardrails: readonly SandboxGuardrail[],
  identifier: string,
  version: string,
): SandboxGuardrail {
  const found = guardrails.find((one) => one.identifier === identifier && one.version === version);
  const message = 'The guardrail identifier or version provided in the request does not exist.';
  if (!found) throw new BedrockError('ResourceNotFoundException', message);
  return found;
}

export function matches({ words }: SandboxGuardrail, text: string): string[] {
  const lower = text.toLowerCase();
  return words.filter((word) => lower.includes(word.toLowerCase()));
}

export function applyGuardrail(guardrail: SandboxGuardrail, body: unknown): Record<string, unknown> {
  const parsed = requestSchema.safeParse(body);
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new BedrockError(
      'ValidationException',
      `1 validation error detected: ${issue?.path.join('.')}: ${issue?.message}`,
    );
  }
  const text = parsed.data.content.map((block) => block.text.text).join('\n');
  const matched = matches(guardrail, text);
  const customWords = matched.map((match) => ({ match, action: 'BLOCKED', detected: true }));
  return {
    action: matched.length > 0 ? 'GUARDRAIL_INTERVENED' : 'NONE',
    ...(matched.length > 0 && { actionReason: 'Guardrail blocked.' }),
    outputs: matched.length > 0 ? [{ text: guardrail.blockedMessage }] : [],
    assessments: matched.length > 0 ? [{ wordPolicy: { customWords, managedWordLists: [] } }] : [{}],
    guardrailCoverage: { textCharacters: { guarded: text.length, total: text.length } },
    usage: {
      topicPolicyUnits: 0,
      contentPolicyUnits: 0,
      wordPolicyUnits: Math.ceil(text.length / textLimit),
      sensitiveInformationPolicyUnits: 0,
      sensitiveInformationPolicyFreeUnits: 0,
      contextualGroundingPolicyUnits: 0,
    },
  };
}
