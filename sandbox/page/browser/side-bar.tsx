import type { Screen, ShownChannel } from '../protocol.js';
import { channelName } from './channel-name.js';
import { Icon } from './icons.js';
import type { Place } from './use-place.js';

interface SideBarProps {
  screen: Screen;
  place: Place;
  onGo: (place: Partial<Place>) => void;
  isUnread: (channel: ShownChannel) => boolean;
}

/** Channels, conversations, and whom to be. */
export function SideBar({ screen, place, onGo, isUnread }: SideBarProps) {
  const isDirect = ({ kind }: ShownChannel) => kind === 'direct' || kind === 'app';
  const entry = (channel: ShownChannel) => (
    <li key={channel.id}>
      <button
        type="button"
        className={isUnread(channel) ? 'channel unread' : 'channel'}
        aria-current={channel.id === place.channel ? 'page' : undefined}
        onClick={() => onGo({ channel: channel.id })}
      >
        {isDirect(channel) ? (
          <span className="presence" />
        ) : (
          <Icon name={channel.kind === 'private' ? 'lock' : 'hash'} />
        )}
        <span className="channel-name">{channelName(channel, screen, place.user)}</span>
        {isUnread(channel) && <span className="unread-dot" role="img" aria-label="unread" />}
        {!channel.hasApp && <span className="tag">no app</span>}
      </button>
    </li>
  );
  return (
    <nav className="side-bar" aria-label="Workspace">
      <h1>
        <span className="logo" aria-hidden="true" /> {screen.team}
      </h1>
      <h2>Channels</h2>
      <ul>{screen.channels.filter((channel) => !isDirect(channel)).map(entry)}</ul>
      <h2>Direct messages</h2>
      <ul>{screen.channels.filter(isDirect).map(entry)}</ul>
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
          A sandbox for trying Imagine. Slack, AWS and the images are stand-ins on this machine: emoji in place of what
          a model draws. Nothing leaves it, and nothing is kept.
        </p>
      </div>
    </nav>
  );
}
