import { useEffect, useState } from 'react';
import type { Screen, ShownChannel } from '../protocol.js';
import { Icon } from './icons.js';
import type { Place } from './server.js';

interface SideBarProps {
  screen: Screen;
  place: Place;
  onGo: (place: Partial<Place>) => void;
}

/** The channels, the direct messages, and which user to be. */
export function SideBar({ screen, place, onGo }: SideBarProps) {
  const isUnread = useUnread(screen, place);
  const entries = (channels: readonly ShownChannel[]) =>
    channels.map((channel) => (
      <li key={channel.id}>
        <button
          type="button"
          className={isUnread(channel) ? 'channel row unread' : 'channel row'}
          aria-current={channel.id === place.channel ? 'page' : undefined}
          onClick={() => onGo({ channel: channel.id })}
        >
          <ChannelIcon channel={channel} />
          <span className="grow">{channelName(channel, screen, place.user)}</span>
          {!channel.hasApp && <span className="tag">no app</span>}
        </button>
      </li>
    ));
  return (
    <nav className="side-bar" aria-label="Workspace">
      <h1>{screen.team}</h1>
      <h2>Channels</h2>
      <ul>{entries(screen.channels.filter((channel) => !isDirect(channel)))}</ul>
      <h2>Direct messages</h2>
      <ul>{entries(screen.channels.filter(isDirect))}</ul>
      <div className="side-bar-foot">
        <label htmlFor="act-as">You are</label>
        <select id="act-as" value={place.user} onChange={({ target }) => onGo({ user: target.value })}>
          {screen.people.map(({ id, realName }) => (
            <option key={id} value={id}>
              {realName}
            </option>
          ))}
        </select>
        <p className="muted small">
          A sandbox for trying Imagine. Slack, AWS and the images are stand-ins on this machine: emoji instead of what a
          model draws. Nothing leaves it, and nothing is kept.
        </p>
      </div>
    </nav>
  );
}

const isDirect = ({ kind }: ShownChannel): boolean => kind === 'direct' || kind === 'app';

export function ChannelIcon({ channel }: { channel: ShownChannel }) {
  if (isDirect(channel)) return <span className="light" />;
  return <Icon name={channel.kind === 'private' ? 'lock' : 'hash'} />;
}

/** The channel's own name, the app's, or those of the other people in the conversation. */
export function channelName({ name, kind, members }: ShownChannel, { people, app }: Screen, viewer: string): string {
  if (name) return name;
  if (kind === 'app') return app.name;
  const others = people.filter(({ id }) => id !== viewer && members.includes(id));
  return others.map(({ realName }) => realName).join(', ');
}

/** Which channels have messages that this user has not looked at since the page was opened. */
function useUnread({ channels }: Screen, { user, channel }: Place): (channel: ShownChannel) => boolean {
  const [opened] = useState(() => Date.now() / 1000);
  const [seen, setSeen] = useState<Readonly<Record<string, string>>>({});
  const latest = channels.find(({ id }) => id === channel)?.latest;
  useEffect(() => {
    if (latest) setSeen((before) => ({ ...before, [`${user} ${channel}`]: latest }));
  }, [user, channel, latest]);
  return ({ id, latest: ts }) => id !== channel && Number(ts) > Number(seen[`${user} ${id}`] ?? opened);
}
