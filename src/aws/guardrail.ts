import { ApplyGuardrailCommand, type BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { z } from 'zod';
import type { CheckPrompt } from '../core/batch/deps.js';
import { RequestError } from '../core/errors.js';
import type { Log } from '../core/log.js';

interface GuardrailOptions {
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

const answerSchema = z.object({ action: z.enum(['NONE', 'GUARDRAIL_INTERVENED']) });

/**
 * Asks a guardrail of the account about a prompt. It is a safety measure, so if it does not answer, nothing gets through.
 * A guardrail that would only mask part of the text has intervened too.
 * https://docs.aws.amazon.com/bedrock/latest/APIReference/API_runtime_ApplyGuardrail.html
 */
export function createGuardrail({ client, timeoutMilliseconds, log, ...guardrail }: GuardrailOptions): CheckPrompt {
  return async (texts) => {
    const command = new ApplyGuardrailCommand({
      guardrailIdentifier: guardrail.guardrailId,
      guardrailVersion: guardrail.version,
      source: 'INPUT',
      content: texts.map((text) => ({ text: { text } })),
    });
    const abortSignal = AbortSignal.timeout(timeoutMilliseconds);
    const { action } = await client
      .send(command, { abortSignal })
      .then((answer) => answerSchema.parse(answer))
      .catch((cause: unknown) => {
        log.error('guardrail not available, nothing is drawn', { ...guardrail, error: cause });
        throw new RequestError({ kind: 'prompt_not_checked' }, { cause });
      });
    if (action === 'NONE') return;
    log.info('guardrail blocked a prompt', guardrail);
    throw new RequestError({ kind: 'prompt_blocked' });
  };
}
