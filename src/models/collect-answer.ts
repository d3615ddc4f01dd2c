import { EventEmitter, once } from 'node:events';
import { IncomingMessage } from 'node:http';

/**
 * How many bytes of answers a client may have in memory before their images are saved: six answers of the usual size, or one of the
 * largest that Bedrock sends. Any other answer stays in its connection, and its sender waits. More would be read no sooner,
 * as each takes the processor for some milliseconds, and acknowledgements would wait behind them.
 */
const maxBytes = 12_000_000;
/** The most that Bedrock sends, for an answer that does not say how long it is. */
const maxAnswerBytes = 25_000_000;

const releaseOf = new WeakMap<Uint8Array, () => void>();

/** A `streamCollector` that reads the body of an answer once its client has room for it. */
export function createAnswerCollector(): (body: unknown) => Promise<Uint8Array> {
  const reserve = createRoom();
  return async (body) => {
    if (!(body instanceof IncomingMessage)) throw new TypeError('Only answers of NodeHttpHandler can be collected.');
    if (body.statusCode !== 200) return Buffer.concat(await body.toArray()); // the client reads an error itself
    const length = Number(body.headers['content-length'] ?? maxAnswerBytes);
    const release = await reserve(length, body);
    try {
      const answer = await readBody(body, length);
      releaseOf.set(answer, release);
      return answer;
    } catch (error) {
      release();
      throw error;
    }
  };
}

/** Makes room for further answers. To be called once for each answer, as soon as its image is saved or given up. */
export function releaseAnswer(answer: Uint8Array): void {
  releaseOf.get(answer)?.();
}

/** First come, first served: a large answer must not wait for as long as small ones keep coming. */
function createRoom() {
  let bytesReserved = 0;
  const releases = new EventEmitter().setMaxListeners(0);

  /** One answer is always let in, however long it is, and so is one whose connection has ended: reading it fails. */
  async function waitForRoom(bytes: number, body: IncomingMessage): Promise<() => void> {
    const closed = new Promise((resolve) => body.once('close', resolve));
    while (bytesReserved > 0 && bytesReserved + bytes > maxBytes && !body.destroyed) {
      await Promise.race([once(releases, 'release'), closed]);
    }
    bytesReserved += bytes;
    return () => {
      bytesReserved -= bytes;
      releases.emit('release');
    };
  }

  let lastInLine: Promise<unknown> = Promise.resolve();
  return (bytes: number, body: IncomingMessage): Promise<() => void> => {
    const room = lastInLine.then(() => waitForRoom(bytes, body));
    lastInLine = room;
    return room;
  };
}

async function readBody(body: IncomingMessage, length: number): Promise<Uint8Array> {
  const answer = Buffer.allocUnsafeSlow(length);
  let filled = 0;
  for await (const chunk of body) {
    answer.set(chunk, filled);
    filled += chunk.length;
  }
  return answer.subarray(0, filled);
}
