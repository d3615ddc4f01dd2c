import { ApplyGuardrailCommand, type BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import type { CheckPrompt } from '../core/batch/deps.js';
import { RequestError } from '../core/errors.js';
import type { Log } from '../core/log.js';

export interface GuardrailOptions {
  /** In the guardrail's own Region, with `NodeHttpHandler`. */
  client: BedrockRuntimeClient;
  /** An id or an ARN. */
  guardrailId: string;
  /** A number or DRAFT. */
  version: string;
  /** For all tries together; after it, the prompt counts as not checked. */
  timeoutMilliseconds: number;
  log: Log;
}

/**
 * Asks a guardrail of the account about a prompt. It is a safety measure, so if it does not answer, nothing gets through.
 * A guardrail that would only mask part of the text has intervened too.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ApplyGuardrail.html
 */
export function createGuardrail(options: GuardrailOptions): CheckPrompt {
  const { guardrailId, version, log } = options;
  return async (texts) => {
    const action = await apply(options, texts).catch((error: unknown) => {
      log.error('guardrail not available, nothing is drawn', { guardrailId, version, error });
      throw new RequestError({ kind: 'prompt_not_checked' }, { cause: error });
    });
    if (action === 'NONE') return;
    log.info('guardrail blocked a prompt', { guardrailId, version });
    throw new RequestError({ kind: 'prompt_blocked' });
  };
}

async function apply(
  { client, guardrailId, version, timeoutMilliseconds }: GuardrailOptions,
  texts: readonly string[],
): Promise<'NONE' | 'GUARDRAIL_INTERVENED'> {
  const command = new ApplyGuardrailCommand({
    guardrailIdentifier: guardrailId,
    guardrailVersion: version,
    source: 'INPUT',
    content: texts.map((text) => ({ text: { text } })),
  });
  const { action } = await client.send(command, { abortSignal: AbortSignal.timeout(timeoutMilliseconds) });
  if (action === 'NONE' || action === 'GUARDRAIL_INTERVENED') return action;
  throw new Error('The guardrail answered without a known action.');
}
