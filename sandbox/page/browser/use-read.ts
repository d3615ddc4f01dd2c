import { useEffect, useState } from 'react';
import type { Screen, ShownChannel } from '../protocol.js';
import type { Place } from './use-place.js';

/** Which channels have something that this person has not looked at since the page was opened. */
export function useRead(screen: Screen | undefined, { user, channel }: Place): (channel: ShownChannel) => boolean {
  const [seen, setSeen] = useState<Readonly<Record<string, string>>>({});
  const latest = screen?.latest[channel];
  useEffect(() => {
    if (latest) setSeen((before) => ({ ...before, [`${user} ${channel}`]: latest }));
  }, [user, channel, latest]);
  const [opened] = useState(() => Date.now() / 1000);
  return ({ id }) => id !== channel && Number(screen?.latest[id]) > Number(seen[`${user} ${id}`] ?? opened);
}
