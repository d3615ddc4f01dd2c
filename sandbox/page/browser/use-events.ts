import { useEffect, useState } from 'react';
import type { SeenMessage } from '../../workspace/seen.js';
import type { MessagesUpdate, Screen, WireLine } from '../protocol.js';
import type { Place } from './use-place.js';

export interface Live {
  screen: Screen | undefined;
  messages: readonly SeenMessage[];
  older: number;
  wire: readonly WireLine[];
  /** Whether the page hears from the sandbox. */
  isConnected: boolean;
}

const nothing: Live = { screen: undefined, messages: [], older: 0, wire: [], isConnected: true };
const wireLimit = 200;

function withMessages(live: Live, { order, changed, older }: MessagesUpdate): Live {
  const known = new Map([...live.messages, ...changed].map((message) => [message.ts, message]));
  const messages = order.flatMap((ts) => known.get(ts) ?? []);
  return { ...live, messages, older };
}

/** The new screen, with the very parts of the one before that say the same: what shows them need not be drawn again. */
function keepUnchanged(before: Screen | undefined, now: Screen): Screen {
  if (!before) return now;
  const isSame = (key: keyof Screen): boolean => JSON.stringify(before[key]) === JSON.stringify(now[key]);
  const { people, channels, commands, shortcuts, view, troubles, switches } = before;
  return {
    ...now,
    ...(isSame('people') && { people }),
    ...(isSame('channels') && { channels }),
    ...(isSame('commands') && { commands }),
    ...(isSame('shortcuts') && { shortcuts }),
    ...(isSame('view') && { view }),
    ...(isSame('troubles') && { troubles }),
    ...(isSame('switches') && { switches }),
  };
}

/** Listens to what happens in a channel, as this person sees it, for as long as it is shown. */
export function useEvents({ user, channel }: Place, limit: number): Live {
  const [live, setLive] = useState(nothing);
  useEffect(() => {
    // Nothing of another person's screen, or another channel, stays on this one.
    setLive(({ screen }) => ({ ...nothing, screen: screen && { ...screen, view: null } }));
    const query = new URLSearchParams({ user, channel, limit: String(limit) });
    const source = new EventSource(`/events?${query}`);
    const on = <Data>(event: string, change: (before: Live, data: Data) => Live) =>
      source.addEventListener(event, ({ data }: MessageEvent<string>) => {
        const parsed: Data = JSON.parse(data);
        setLive((before) => change(before, parsed));
      });
    // A connection begins with all there is, a second one after a break as well.
    source.addEventListener('open', () => setLive((before) => ({ ...before, wire: [], isConnected: true })));
    source.addEventListener('error', () => setLive((before) => ({ ...before, isConnected: false })));
    on<Screen>('screen', (before, screen) => ({ ...before, screen: keepUnchanged(before.screen, screen) }));
    on<MessagesUpdate>('messages', withMessages);
    on<WireLine[]>('wire', (before, lines) => ({ ...before, wire: [...before.wire, ...lines].slice(-wireLimit) }));
    return () => source.close();
  }, [user, channel, limit]);
  return live;
}
