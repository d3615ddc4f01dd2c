import { useCallback, useSyncExternalStore } from 'react';

/** Who looks, and at which channel; stands in the address, so that it can be linked to and survives a reload. */
export interface Place {
  user: string;
  channel: string;
}

/** Ana in #marketing, as the workspace is seeded. */
const firstPlace: Place = { user: 'U000000ANA', channel: 'C0MARKETNG' };

const readHash = () => window.location.hash;

function subscribe(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

export function usePlace(): [Place, (place: Partial<Place>) => void] {
  const hash = useSyncExternalStore(subscribe, readHash);
  const [, user = firstPlace.user, channel = firstPlace.channel] = /^#(U\w+)\/(\w+)$/.exec(hash) ?? [];
  const go = useCallback(
    (wanted: Partial<Place>) => {
      const next = { user, channel, ...wanted };
      window.location.hash = `${next.user}/${next.channel}`;
    },
    [user, channel],
  );
  return [{ user, channel }, go];
}
