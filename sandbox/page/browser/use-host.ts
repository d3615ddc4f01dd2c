import { useMemo } from 'react';
import type { Screen } from '../protocol.js';
import type { BlockHost } from './blocks/block-host.js';

const nobody: Pick<Screen, 'people' | 'channels'> = { people: [], channels: [] };

/** What every message and modal needs to know of the workspace around it. */
export function useHost(screen: Screen | undefined, viewer: string): BlockHost {
  const { people, channels } = screen ?? nobody;
  const { name = '', botId = '', botUserId = '' } = screen?.app ?? {};
  return useMemo(
    () => ({
      names: new Map([...people.map(({ id, realName }) => [id, realName] as const), [botId, name], [botUserId, name]]),
      channelNames: new Map(channels.map((channel) => [channel.id, channel.name])),
      viewer,
      findImage: () => ({ problem: 'broken image' }),
      act: () => Promise.resolve(),
    }),
    [people, channels, name, botId, botUserId, viewer],
  );
}
