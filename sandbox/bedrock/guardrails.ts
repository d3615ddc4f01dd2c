import { z } from 'zod';
import { AwsError } from '../json-service.js';
import { parseStrictly } from './model-family.js';

/** A guardrail that knows nothing but blocked words. */
export interface SandboxGuardrail {
  identifier: string;
  version: string;
  words: readonly string[];
  /** What replaces a text that was blocked. */
  blockedMessage: string;
}

/** https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ApplyGuardrail.html */
const requestSchema = z.strictObject({
  source: z.enum(['INPUT', 'OUTPUT']),
  content: z.array(z.strictObject({ text: z.strictObject({ text: z.string() }) })).min(1),
});

export function findGuardrail(
  guardrails: readonly SandboxGuardrail[],
  identifier: string,
  version: string,
): SandboxGuardrail {
  const found = guardrails.find((one) => one.identifier === identifier && one.version === version);
  const message = 'The guardrail identifier or version provided in the request does not exist.';
  if (!found) throw new AwsError('ResourceNotFoundException', message);
  return found;
}

export function matches({ words }: SandboxGuardrail, text: string): string[] {
  const lower = text.toLowerCase();
  return words.filter((word) => lower.includes(word.toLowerCase()));
}

export function applyGuardrail(guardrail: SandboxGuardrail, body: unknown): Record<string, unknown> {
  const text = parseStrictly(requestSchema, body)
    .content.map((block) => block.text.text)
    .join('\n');
  const customWords = matches(guardrail, text).map((match) => ({ match, action: 'BLOCKED', detected: true }));
  const units = {
    topicPolicyUnits: 0,
    contentPolicyUnits: 0,
    wordPolicyUnits: Math.ceil(text.length / 1000),
    sensitiveInformationPolicyUnits: 0,
    sensitiveInformationPolicyFreeUnits: 0,
    contextualGroundingPolicyUnits: 0,
  };
  if (customWords.length === 0) return { action: 'NONE', outputs: [], assessments: [{}], usage: units };
  return {
    action: 'GUARDRAIL_INTERVENED',
    actionReason: 'Guardrail blocked.',
    outputs: [{ text: guardrail.blockedMessage }],
    assessments: [{ wordPolicy: { customWords, managedWordLists: [] } }],
    usage: units,
  };
}
