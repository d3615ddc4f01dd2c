import { DetectSentimentCommand } from '@aws-sdk/client-comprehend';
import { describe, expect, it } from 'vitest';
import { sandboxCredentials } from '../../../sandbox/signature/credentials.js';
import { createWireLog } from '../../../sandbox/wire-log.js';
import { clientOf, sandboxComprehend } from './comprehend-client.js';

const detect = new DetectSentimentCommand({ Text: 'A good day.', LanguageCode: 'en' });

describe('faults of the Comprehend stand-in', () => {
  it.each([
    ['ThrottlingException', 400],
    ['InternalServerException', 500],
    ['AccessDeniedException', 400],
    ['InvalidRequestException', 400],
  ] as const)('answers %s with HTTP %i', async (name, httpStatusCode) => {
    const comprehend = await sandboxComprehend();
    comprehend.faults.add({ kind: 'error', name });
    const failed = clientOf(comprehend, { maxAttempts: 1 }).send(detect);
    await expect(failed).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
  });

  it('is asked again by the SDK when it throttles', async () => {
    const comprehend = await sandboxComprehend();
    comprehend.faults.add({ kind: 'error', name: 'ThrottlingException' });
    expect(await clientOf(comprehend).send(detect)).toMatchObject({
      Sentiment: 'POSITIVE',
      $metadata: { attempts: 2 },
    });
  });

  it('resets the connection, and answers late', async () => {
    const comprehend = await sandboxComprehend();
    comprehend.faults.add({ kind: 'reset' });
    const client = clientOf(comprehend, { maxAttempts: 1 });
    await expect(client.send(detect)).rejects.toMatchObject({ code: 'ECONNRESET' });
    comprehend.faults.add({ kind: 'slow', milliseconds: 60_000 });
    const late = client.send(detect, { abortSignal: AbortSignal.timeout(50) });
    await expect(late).rejects.toMatchObject({ name: 'AbortError' });
  });

  it('refuses keys, secrets, tokens and regions that are not its own', async () => {
    const comprehend = await sandboxComprehend({ region: 'eu-west-1' });
    const unknown = clientOf(comprehend, { credentials: { ...sandboxCredentials, accessKeyId: 'AKIAUNKNOWN' } });
    await expect(unknown.send(detect)).rejects.toMatchObject({ name: 'UnrecognizedClientException' });
    const wrong = clientOf(comprehend, {
      region: 'eu-west-1',
      credentials: { ...sandboxCredentials, secretAccessKey: 'another' },
    });
    await expect(wrong.send(detect)).rejects.toMatchObject({ name: 'InvalidSignatureException' });
    const elsewhere = clientOf(comprehend, { region: 'us-west-2' });
    await expect(elsewhere.send(detect)).rejects.toThrow('Credential should be scoped to a valid region.');
    expect(comprehend.requests()).toEqual([]);
  });

  it('tells the log of the wire what it answered, and not the text', async () => {
    const wireLog = createWireLog();
    await clientOf(await sandboxComprehend({ wireLog })).send(detect);
    expect(wireLog.entries()).toMatchObject([
      { operation: 'DetectSentiment', status: 200, detail: { Sentiment: 'POSITIVE' } },
    ]);
    expect(JSON.stringify(wireLog.entries())).not.toContain('good day');
  });
});
