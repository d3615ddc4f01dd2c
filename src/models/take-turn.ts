import { setImmediate as nextTurn } from 'node:timers/promises';

let latest: Promise<void> = Promise.resolve(); // the process has one event loop, so there is one line to stand in

/**
 * Resolves in a turn of the event loop that is the caller's alone. Images asked for together come together, and each
 * takes some milliseconds to read: sixteen in one turn would hold up everybody who waits for an acknowledgement.
 */
export function takeTurn(): Promise<void> {
  latest = latest.then(() => nextTurn());
  return latest;
}
