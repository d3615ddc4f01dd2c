import { expect, test, vi } from 'vitest';
import { padPng } from '../../sandbox/images/pad-png.js';
import { type Answer, startBedrockModel } from './answering-server.js';
import { drawPng } from './draw-png.js';

/** Of its answers, which are a third longer, the app takes two at once. */
const largePng = padPng(drawPng(), 4_000_000);
const maxAtOnce = 2;

function answering(base64: string): Answer {
  const body = Buffer.from(JSON.stringify({ images: [base64] }));
  const headers = { 'content-type': 'application/json', 'content-length': body.length };
  return (response) => response.writeHead(200, headers).end(body);
}

const large = answering(largePng.toString('base64'));
const refusal: Answer = (response) => response.writeHead(400, { 'content-type': 'application/json' }).end('{}');

const cutAnswer: Answer = (response) => {
  response.writeHead(200, { 'content-type': 'application/json', 'content-length': 24_000_000 });
  response.write(Buffer.alloc(1_000_000), () => response.destroy());
};

const largeError: Answer = (response) => {
  response.writeHead(500, { 'content-type': 'application/json', 'content-length': 24_000_000 });
  response.end(Buffer.alloc(24_000_000, ' '));
};

async function start(...answers: Answer[]) {
  const { server, draw } = await startBedrockModel();
  server.answers.push(...answers);
  /** Round trips, by answers that need no room, during which every answer that is taken goes on being read. */
  async function passTime(): Promise<void> {
    server.answers.splice(0, server.answers.length, refusal);
    for (let count = 0; count < 20; count += 1) await draw().catch(() => undefined);
  }
  /** Takes up all the room there is, and gives what makes it free again. */
  async function fillRoom() {
    server.answers.splice(0, server.answers.length, large);
    const images = await Promise.all(Array.from({ length: maxAtOnce }, () => draw()));
    return () => {
      for (const { release } of images) release?.();
    };
  }
  return { server, draw, passTime, fillRoom };
}

test('no more answers are read than fit, and the others once those are saved', async () => {
  const { server, draw, passTime } = await start(large);
  const count = maxAtOnce + 2;
  let held = 0;
  let maxHeld = 0;
  const allRead = server
    .seen(count)
    .then(() => vi.waitFor(() => expect(held).toBeGreaterThanOrEqual(maxAtOnce), { timeout: 15_000 }))
    .then(passTime);
  const lengths = Array.from({ length: count }, async () => {
    const { bytes, release } = await draw();
    held += 1;
    maxHeld = Math.max(maxHeld, held);
    await allRead.finally(() => {
      held -= 1;
      release?.();
    });
    return bytes.length;
  });
  expect(await Promise.all(lengths)).toEqual(Array.from({ length: count }, () => largePng.length));
  expect(maxHeld).toBe(maxAtOnce);
});

test('an answer that holds no image, is cut, or is an error takes no room from those after it', async () => {
  const { server, draw, fillRoom } = await start();
  for (const answer of [answering('%'.repeat(24_000_000)), cutAnswer, largeError]) {
    server.answers.splice(0, server.answers.length, answer);
    await expect(draw()).rejects.toThrow();
  }
  (await fillRoom())();
});

test('an answer that finds no room before its deadline is given up, and takes none', async () => {
  const { server, draw, passTime, fillRoom } = await start();
  const empty = await fillRoom();
  const deadline = new AbortController();
  const late = draw({ abortSignal: deadline.signal });
  await server.seen(maxAtOnce + 1);
  await passTime();
  deadline.abort();
  await expect(late).rejects.toMatchObject({ reason: 'timed_out' });
  empty();
  (await fillRoom())();
});

test('an answer larger than all room comes before smaller ones that came later', async () => {
  const { server, draw, fillRoom } = await start();
  const empty = await fillRoom();
  server.answers.splice(0, server.answers.length, answering(padPng(drawPng(), 15_000_000).toString('base64')));
  const order: string[] = [];
  const first = draw().then(({ release }) => {
    order.push('large');
    release?.();
  });
  await server.seen(maxAtOnce + 1);
  server.answers.splice(0, server.answers.length, large);
  const later = draw().then(({ release }) => {
    order.push('small');
    release?.();
  });
  await server.seen(maxAtOnce + 2);
  empty();
  await Promise.all([first, later]);
  expect(order).toEqual(['large', 'small']);
});

test('answers that one client holds take no room from another', async () => {
  const held = await start();
  await held.fillRoom();
  const other = await start();
  (await other.fillRoom())();
});
