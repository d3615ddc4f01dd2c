import { expect, it } from 'vitest';
import { sandboxCredentials } from '../../../sandbox/signature/credentials.js';
import { createWireLog } from '../../../sandbox/wire-log.js';
import { bedrockClient, invoke, startSmallBedrock } from './stand-ins.js';

const body = { prompt: 'a red fox', seed: 42 };

it.each([
  ['ThrottlingException', 429],
  ['InternalServerException', 500],
  ['ServiceUnavailableException', 503],
  ['ModelTimeoutException', 408],
  ['AccessDeniedException', 403],
  ['ValidationException', 400],
] as const)('answers %s with HTTP %i', async (name, httpStatusCode) => {
  const bedrock = await startSmallBedrock();
  bedrock.faults.add({ kind: 'error', name });
  await expect(invoke(bedrockClient(bedrock), body)).rejects.toMatchObject({ name, $metadata: { httpStatusCode } });
});

it.each(['reset', 'answer cut'] as const)('ends the connection: %s', async (kind) => {
  const bedrock = await startSmallBedrock();
  bedrock.faults.add({ kind });
  await expect(invoke(bedrockClient(bedrock), body)).rejects.toMatchObject({ code: 'ECONNRESET' });
});

it('never answers until the client gives up', async () => {
  const bedrock = await startSmallBedrock();
  bedrock.faults.add({ kind: 'never' });
  const client = bedrockClient(bedrock);
  const answer = invoke(client, body);
  await expect.poll(() => bedrock.inFlight()).toBe(1);
  client.destroy();
  await expect(answer).rejects.toThrow();
  await expect.poll(() => bedrock.inFlight()).toBe(0);
});

it('plays a fault to the requests that it is for, and to no others', async () => {
  const bedrock = await startSmallBedrock();
  bedrock.faults.add({ kind: 'error', name: 'ModelErrorException' }, { when: ({ seed }) => seed === 2 });
  const client = bedrockClient(bedrock);
  const results = await Promise.allSettled([1, 2, 3].map((seed) => invoke(client, { ...body, seed })));
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
});

it.each([
  ['an unknown key', { accessKeyId: 'AKIAUNKNOWN000000000' }, 'UnrecognizedClientException'],
  ['another secret', { secretAccessKey: 'another' }, 'InvalidSignatureException'],
  ['a token that was never issued', { sessionToken: 'token' }, 'UnrecognizedClientException'],
])('refuses %s', async (_what, changes, name) => {
  const bedrock = await startSmallBedrock();
  const client = bedrockClient(bedrock, { credentials: { ...sandboxCredentials, ...changes } });
  await expect(invoke(client, body)).rejects.toMatchObject({ name });
  expect(bedrock.requests()).toEqual([]);
});

it('refuses a session token that has ended', async () => {
  const session = { ...sandboxCredentials, sessionToken: 'token' };
  const bedrock = await startSmallBedrock({ credentials: [{ ...session, expiration: new Date(0) }] });
  const answer = invoke(bedrockClient(bedrock, { credentials: session }), body);
  await expect(answer).rejects.toMatchObject({ name: 'ExpiredTokenException' });
});

it('logs what was asked, without keys and images', async () => {
  const wireLog = createWireLog();
  await invoke(bedrockClient(await startSmallBedrock({ wireLog })), body);
  expect(wireLog.entries()).toMatchObject([
    { service: 'bedrock', direction: 'in', operation: 'InvokeModel', status: 200, detail: { body, seed: 42 } },
  ]);
  expect(JSON.stringify(wireLog.entries())).not.toMatch(/AKIA|images/);
});
