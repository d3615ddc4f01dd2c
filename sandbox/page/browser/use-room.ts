import { useCallback, useState } from 'react';
import type { Place } from './use-place.js';

/** How a person has a channel before them: how far back, and with which thread. Another place begins anew. */
export interface Room {
  limit: number;
  threadTs: string | undefined;
  showOlder: () => void;
  showThread: (threadTs: string | undefined) => void;
}

const windowSize = 30;

const untouched: Pick<Room, 'limit' | 'threadTs'> = { limit: windowSize, threadTs: undefined };

export function useRoom({ user, channel }: Place): Room {
  const here = `${user}/${channel}`;
  const [kept, setKept] = useState({ ...untouched, here });
  const { limit, threadTs } = kept.here === here ? kept : untouched;
  const change = useCallback(
    (alter: (room: typeof untouched) => Partial<typeof untouched>) =>
      setKept((before) => {
        const room = before.here === here ? before : untouched;
        return { ...room, ...alter(room), here };
      }),
    [here],
  );
  return {
    limit,
    threadTs,
    showOlder: useCallback(() => change((room) => ({ limit: room.limit + windowSize })), [change]),
    showThread: useCallback((ts) => change(() => ({ threadTs: ts })), [change]),
  };
}
