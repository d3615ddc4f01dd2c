import { IncomingMessage } from 'node:http';
import { Readable } from 'node:stream';
import { reserveRoom } from './answer-room.js';

/**
 * Answers and their images are megabytes each and gone in a moment. New memory for every one makes V8 collect the whole
 * heap each time it has counted 64 MB of it, which costs more than all that is done with the bytes, or, on a busy machine,
 * leave a gigabyte of it uncollected. So their memory is lent again, as Node does with its own small buffers: it is this
 * module's, not one client's. What is never given back is collected like all else.
 */
const idle: ArrayBuffer[] = [];
const lent = new WeakSet<ArrayBufferLike>();

/** An answer and an image of the usual size for each of those that are read at once, or four of the largest. */
const maxIdleBytes = 128 * 1024 * 1024;
/** What is shorter, such as an error, takes memory of its own. */
const shortest = 256 * 1024;
/** Slots have this length, or twice, four or eight times as much, so that they fit what comes next. */
const slotLength = 4 * 1024 * 1024;
const longest = 8 * slotLength;

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
    const answer = await collectInto(length, stream);
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

/** Memory for an image of this length, with whatever stood in it before. */
export function lendBytes(length: number): Buffer {
  return length < shortest ? Buffer.allocUnsafeSlow(length) : Buffer.from(lend(length), 0, length);
}

/** Lends this memory to the next answer or image. Nobody may look at it any more. */
export function giveBack({ buffer }: Uint8Array): void {
  if (!(buffer instanceof ArrayBuffer) || !lent.delete(buffer)) return;
  idle.push(buffer);
  while (idle.reduce((sum, { byteLength }) => sum + byteLength, 0) > maxIdleBytes) idle.shift(); // longest unused
}

function lend(length: number): ArrayBuffer {
  if (length > longest) return new ArrayBuffer(length);
  let size = slotLength;
  while (size < length) size *= 2;
  const index = idle.findLastIndex(({ byteLength }) => byteLength === size);
  const [slot = new ArrayBuffer(size)] = index === -1 ? [] : idle.splice(index, 1);
  lent.add(slot);
  return slot;
}

async function collectInto(length: number, stream: Readable): Promise<Uint8Array> {
  const answer = new Uint8Array(lend(length), 0, length);
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
