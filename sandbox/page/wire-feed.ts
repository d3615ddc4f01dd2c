import type { WireEntry, WireLog } from '../wire-log.js';
import type { WireLine } from './protocol.js';

/** The wire in numbered lines, so that the page can ask for what stands behind one. */
export interface WireFeed {
  /** Oldest first; `after`: only those with a higher number. */
  lines(after: number): readonly WireLine[];
  /** Undefined once the log has let go of it. */
  detail(id: number): { detail: unknown } | undefined;
  subscribe(listener: () => void): () => void;
}

export function createWireFeed(wireLog: WireLog): WireFeed {
  const numbers = new WeakMap<WireEntry, number>();
  let last = 0;
  const numberOf = (entry: WireEntry): number => {
    const known = numbers.get(entry) ?? ++last;
    numbers.set(entry, known);
    return known;
  };
  return {
    lines: (after) =>
      wireLog
        .entries()
        .map((entry) => toLine(entry, numberOf(entry)))
        .filter((line) => line.id > after),
    detail: (id) => wireLog.entries().find((entry) => numberOf(entry) === id),
    subscribe: (listener) => wireLog.subscribe(listener),
  };
}

function toLine({ at, service, direction, operation, status }: WireEntry, id: number): WireLine {
  return { id, at: at.toISOString(), service, direction, operation, status };
}
