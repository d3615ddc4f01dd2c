import { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import { expect, onTestFinished, test } from 'vitest';
import { startBedrock } from '../../sandbox/bedrock/start-bedrock.js';
import { sandboxCredentials } from '../../sandbox/signature/credentials.js';
import { createGuardrail } from '../../src/aws/guardrail.js';
import { RequestError } from '../../src/core/errors.js';
import { createRecordingLog } from '../core/recording-log.js';

const arn = 'arn:aws:bedrock:us-west-2:123456789012:guardrail/gr1';
const guardrails = [{ identifier: arn, version: 'DRAFT', words: ['Contoso'], blockedMessage: 'Not for us to draw.' }];

async function start(timeoutMilliseconds = 10_000) {
  const bedrock = await startBedrock({ guardrails });
  onTestFinished(() => bedrock.close());
  const client = new BedrockRuntimeClient({
    region: 'us-west-2',
    endpoint: bedrock.url,
    credentials: sandboxCredentials,
    requestHandler: new NodeHttpHandler(),
  });
  const log = createRecordingLog();
  const guardrail = { client, guardrailId: arn, version: 'DRAFT', timeoutMilliseconds, log };
  return { bedrock, log, checkPrompt: createGuardrail(guardrail) };
}

test('a guardrail is named by its ARN as well', async () => {
  const { checkPrompt } = await start();
  await expect(checkPrompt(['a red fox', 'text'])).resolves.toBeUndefined();
  await expect(checkPrompt(['a red fox', 'the contoso logo'])).rejects.toBeInstanceOf(RequestError);
});

test('one that never answers lets nothing through', async () => {
  const { bedrock, checkPrompt, log } = await start(50);
  bedrock.faults.add({ kind: 'never' });
  await expect(checkPrompt(['a red fox'])).rejects.toBeInstanceOf(RequestError);
  expect(log.lines.map(({ event }) => event)).toEqual(['guardrail not available, nothing is drawn']);
});
