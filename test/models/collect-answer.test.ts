import type { ServerResponse } from 'node:http';
import type { BedrockRuntimeClient } from '@aws-sdk/client-bedrock-runtime';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { padPng } from '../../sandbox/images/pad-png.js';
import { models } from '../../src/core/model-catalog.js';
import { createBedrockClient, createBedrockModel } from '../../src/models/bedrock.js';
import { stability } from '../../src/models/stability.js';
import { type Answer, type AnsweringServer, startAnsweringServer } from './answering-server.js';
import { drawPng } from './draw-png.js';

/** Answers nearly as large as Bedrock sends them, two of which are as many as the app takes at once. */
const largePng = padPng(drawPng(), 18_000_000);
const maxAtOnce = 2;

let server: AnsweringServer;
let client: BedrockRuntimeClient;

beforeEach(async () => {
  server = await startAnsweringServer();
  vi.stubEnv('AWS_ENDPOINT_URL_BEDROCK_RUNTIME', server.url);
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIATEST');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
  vi.stubEnv('AWS_MAX_ATTEMPTS', '1');
  client = createBedrockClient({ region: 'us-west-2' });
});

afterEach(async () => {
  vi.unstubAllEnvs();
  client.destroy();
  await server.close();
});

function answering(base64: string): Answer {
  const body = Buffer.from(JSON.stringify({ images: [base64] }));
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  return (response) => response.writeHead(200, headers).end(body);
}

const large = answering(largePng.toString('base64'));
const small = answering(drawPng().toString('base64'));

function cutAnswer(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 24_000_000 });
  response.write(Buffer.alloc(1_000_000), () => response.destroy());
}

function largeError(response: ServerResponse): void {
  response.writeHead(500, { 'content-type': 'application/json', 'content-length': 24_000_000 });
  response.end(Buffer.alloc(24_000_000, ' '));
}

function generate(abortSignal = new AbortController().signal) {
  const model = createBedrockModel({ client, modelInfo: models[0], family: stability });
  return model.generateImage({ prompt: 'a red fox', aspectRatio: '16:9', seed: 42, abortSignal });
}

/** Round trips during which every answer that is taken goes on being read: all of them come through one event loop. */
async function drawSmallOnes(): Promise<void> {
  server.answers.splice(0, server.answers.length, small);
  for (let count = 0; count < 50; count += 1) await generate();
}

/** Takes up all the room there is; the room is the process's, so a test has to give it back. */
async function fillRoom() {
  server.answers.splice(0, server.answers.length, large);
  const images = await Promise.all(Array.from({ length: maxAtOnce }, () => generate()));
  return () => {
    for (const { release } of images) release?.();
  };
}

test('no more of the largest answers are read than fit, and the others once those are saved', async () => {
  server.answers.push(large);
  let held = 0;
  let maxHeld = 0;
  const allRead = server
    .seen(8)
    .then(() => vi.waitFor(() => expect(held).toBeGreaterThanOrEqual(maxAtOnce), { timeout: 15_000 }))
    .then(drawSmallOnes);
  const lengths = Array.from({ length: 8 }, async () => {
    const { bytes, release } = await generate();
    held += 1;
    maxHeld = Math.max(maxHeld, held);
    await allRead.finally(() => {
      held -= 1;
      release?.();
    });
    return bytes.length;
  });
  expect(await Promise.all(lengths)).toEqual(Array.from({ length: 8 }, () => largePng.length));
  expect(maxHeld).toBe(maxAtOnce);
});

test.each([
  ['holds no image', answering('%'.repeat(24_000_000))],
  ['is cut', cutAnswer],
  ['is an error', largeError],
])('an answer that %s takes no room from those after it', async (_what, answer) => {
  server.answers.push(answer);
  const failed = Array.from({ length: 2 * maxAtOnce }, () => generate());
  expect((await Promise.allSettled(failed)).map(({ status }) => status)).not.toContain('fulfilled');
  (await fillRoom())();
});

test('an answer that finds no room before its deadline is given up, and takes none', async () => {
  const empty = await fillRoom();
  const deadline = new AbortController();
  const late = generate(deadline.signal);
  await server.seen(maxAtOnce + 1);
  await drawSmallOnes();
  deadline.abort();
  await expect(late).rejects.toMatchObject({ reason: 'timed_out' });
  empty();
  (await fillRoom())();
});
