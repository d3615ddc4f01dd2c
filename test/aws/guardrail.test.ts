import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { expect, onTestFinished, test } from 'vitest';
import type { BedrockFault } from '../../sandbox/bedrock/bedrock-fault.js';
import { startBedrock } from '../../sandbox/bedrock/start-bedrock.js';
import { sandboxCredentials } from '../../sandbox/signature/credentials.js';
import { createGuardrail } from '../../src/aws/guardrail.js';
import { createRecordingLog } from '../core/recording-log.js';

const arn = 'arn:aws:bedrock:us-west-2:123456789012:guardrail/gr1';
const guardrails = [{ identifier: arn, version: 'DRAFT', words: ['Contoso'], blockedMessage: 'Not for us to draw.' }];

interface Trouble {
  fault?: BedrockFault;
  guardrailId?: string;
  /** Instead of the guardrail's own. */
  action?: string;
  timeoutMilliseconds?: number;
}

async function start({ fault, action, guardrailId = arn, timeoutMilliseconds = 10_000 }: Trouble = {}) {
  const bedrock = await startBedrock({ guardrails });
  onTestFinished(() => bedrock.close());
  if (fault) bedrock.faults.add(fault);
  const client = new BedrockRuntimeClient({
    region: 'us-west-2',
    endpoint: bedrock.url,
    credentials: sandboxCredentials,
    maxAttempts: 1,
    requestHandler: new NodeHttpHandler(),
  });
  client.middlewareStack.add((next) => async (request) => {
    const answer = await next(request);
    Object.assign(answer.output, action && { action });
    return answer;
  });
  const log = createRecordingLog();
  const checkPrompt = createGuardrail({ client, guardrailId, version: 'DRAFT', timeoutMilliseconds, log });
  return { log, checkPrompt };
}

test('a guardrail is named by its ARN as well', async () => {
  const { checkPrompt } = await start();
  await expect(checkPrompt(['a red fox', 'text'])).resolves.toBeUndefined();
  await expect(checkPrompt(['a red fox', 'the contoso logo'])).rejects.toMatchObject({
    problem: { kind: 'prompt_blocked' },
  });
});

test.each<[what: string, trouble: Trouble, error: string]>([
  ['never answers', { fault: { kind: 'never' }, timeoutMilliseconds: 50 }, 'AbortError'],
  ['is not there', { guardrailId: 'other' }, 'ResourceNotFoundException'],
  ['may not be asked', { fault: { kind: 'error', name: 'AccessDeniedException' } }, 'AccessDeniedException'],
  ['is busy', { fault: { kind: 'error', name: 'ThrottlingException' } }, 'ThrottlingException'],
  ['answers without a known action', { action: 'SOMETHING_NEW' }, 'ZodError'],
])('one that %s lets nothing through', async (_what, trouble, error) => {
  const { checkPrompt, log } = await start(trouble);
  await expect(checkPrompt(['a red fox'])).rejects.toMatchObject({ problem: { kind: 'prompt_not_checked' } });
  expect(log.lines).toMatchObject([
    { event: 'guardrail not available, nothing is drawn', fields: { error: { name: error } } },
  ]);
});
