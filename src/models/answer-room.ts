import type { Readable } from 'node:stream';

/**
 * Bytes of answers that may be under way at once, from their headers until their images are saved. That is room for 30
 * answers of the usual size, or for three of the largest that Bedrock sends; decoding takes three quarters as much again.
 * An answer that finds no room stays in its connection, and its sender waits.
 */
const maxBytes = 80_000_000;

let bytesUnderWay = 0;
const waiting: { bytes: number; begin: () => void }[] = [];

/**
 * Resolves once there is room for this body, first come first served, or its connection has ended. What it resolves to
 * frees the room again, once.
 */
export async function reserveRoom(bytes: number, body: Readable): Promise<() => void> {
  const isReserved = waiting.length === 0 && fits(bytes) ? take(bytes) : await waitForRoom(bytes, body);
  let isTaken = isReserved;
  return () => {
    if (isTaken) bytesUnderWay -= bytes;
    isTaken = false;
    admitWaiting();
  };
}

/** An answer larger than all the room comes alone. */
function fits(bytes: number): boolean {
  return bytesUnderWay === 0 || bytesUnderWay + bytes <= maxBytes;
}

function take(bytes: number): true {
  bytesUnderWay += bytes;
  return true;
}

function waitForRoom(bytes: number, body: Readable): Promise<boolean> {
  return new Promise((resolve) => {
    const turn = {
      bytes,
      begin() {
        body.off('close', leave);
        resolve(take(bytes));
      },
    };
    function leave(): void {
      waiting.splice(waiting.indexOf(turn), 1);
      resolve(false);
      admitWaiting(); // the next may be smaller
    }
    body.once('close', leave);
    waiting.push(turn);
  });
}

function admitWaiting(): void {
  for (let [next] = waiting; next && fits(next.bytes); [next] = waiting) {
    waiting.shift();
    next.begin();
  }
}
