import { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { reserveRoom } from './answer-room.js';

/**
 * Answers and their pictures are megabytes each and gone in a moment. New memory for every one makes V8 collect the whole
 * heap each time it has counted 64 MB of it, which costs more than all that is done with the bytes. So their memory is lent
 * again, as Node does with its own small buffers: it is this module's, not one client's. What is never given back is
 * collected like all else.
 */
const idle: ArrayBuffer[] = [];
const lent = new WeakSet<ArrayBufferLike>();

/** An answer and a picture for each of those that are read at once. */
const mostIdle = 32;
/** Errors are short and seldom given back; answers longer than a slot are rare. Both take memory of their own. */
const shortest = 256 * 1024;
const slotLength = 4 * 1024 * 1024;

/** The most that Bedrock sends, for an answer that does not say how long it is. */
const maxLength = 25_000_000;

const rooms = new WeakMap<Uint8Array, () => void>();

/**
 * Collects the body of an answer, for a client's `streamCollector`, once there is room for it. Whoever has read the answer
 * may give its memory back, and must free its room once nothing of it is needed. Errors take no room: the client reads them
 * itself, and they are short.
 */
export async function collectAnswer(stream: unknown): Promise<Uint8Array> {
  if (!(stream instanceof Readable)) throw new TypeError('Only the bodies of NodeHttpHandler can be collected.');
  if (!(stream instanceof IncomingMessage) || stream.statusCode !== 200) return Buffer.concat(await stream.toArray());
  const length = Number(stream.headers['content-length'] ?? maxLength);
  if (length < shortest) return Buffer.concat(await stream.toArray());
  const freeRoom = await reserveRoom(length, stream);
  try {
    const answer = await collectInto(length <= slotLength ? lend() : new ArrayBuffer(length), length, stream);
    rooms.set(answer, freeRoom);
    return answer;
  } catch (error) {
    freeRoom();
    throw error;
  }
}

/** Frees the room of this answer; undefined if it took none. */
export function roomOf(answer: Uint8Array): (() => void) | undefined {
  return rooms.get(answer);
}

/** Memory for a picture of this length, with whatever stood in it before. */
export function lendBytes(length: number): Buffer {
  return length >= shortest && length <= slotLength ? Buffer.from(lend(), 0, length) : Buffer.allocUnsafeSlow(length);
}

/** Lends this memory to the next answer or picture. Nobody may look at it any more. */
export function giveBack({ buffer }: Uint8Array): void {
  if (!(buffer instanceof ArrayBuffer) || !lent.delete(buffer)) return;
  if (idle.length < mostIdle) idle.push(buffer);
}

function lend(): ArrayBuffer {
  const slot = idle.pop() ?? new ArrayBuffer(slotLength);
  lent.add(slot);
  return slot;
}

async function collectInto(slot: ArrayBuffer, length: number, stream: Readable): Promise<Uint8Array> {
  const answer = new Uint8Array(slot, 0, length);
  let filled = 0;
  try {
    for await (const chunk of stream) {
      answer.set(chunk, filled);
      filled += chunk.length;
    }
  } catch (error) {
    giveBack(answer);
    throw error;
  }
  return answer.subarray(0, filled);
}
