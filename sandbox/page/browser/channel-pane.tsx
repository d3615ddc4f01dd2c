import type { Act } from '../act.js';
import type { Screen, ShownChannel } from '../protocol.js';
import { channelName } from './channel-name.js';
import { Composer } from './composer.js';
import { Icon } from './icons.js';
import { MessageItem } from './message-item.js';
import { MessageList } from './message-list.js';
import type { Perform } from './use-actions.js';
import type { Live } from './use-events.js';
import type { Notice } from './use-notices.js';
import type { Place } from './use-place.js';

export interface PaneProps {
  screen: Screen;
  channel: ShownChannel;
  place: Place;
  live: Live;
  notices: readonly Notice[];
  isFresh: boolean;
  perform: Perform;
}

interface ChannelPaneProps extends PaneProps {
  onOlder: () => void;
}

/** A channel: its messages and where to write. */
export function ChannelPane(props: ChannelPaneProps) {
  const { screen, channel, place, live, notices, isFresh, perform, onOlder } = props;
  const name = channelName(channel, screen, place.user);
  const label = channel.kind === 'public' || channel.kind === 'private' ? `#${name}` : name;
  const roots = live.messages.filter(({ threadTs }) => threadTs === undefined);
  const replies = (ts: string) => live.messages.filter(({ threadTs }) => threadTs === ts).length;
  const send = (text: string) => perform(toAct(text, screen, place), text.split(' ', 1)[0] ?? '');
  return (
    <section className="pane" aria-label={label}>
      <MessageList
        key={`${place.user} ${place.channel}`}
        label={`Messages in ${label}`}
        messages={roots}
        notices={notices}
        before={
          live.older > 0 ? (
            <button type="button" className="button older" onClick={onOlder}>
              Show older messages ({live.older})
            </button>
          ) : (
            <Intro label={label} screen={screen} hasApp={channel.hasApp} />
          )
        }
      >
        {(message) => (
          <MessageItem
            key={message.ts}
            message={message}
            replies={replies(message.ts)}
            shortcuts={screen.shortcuts}
            isFresh={isFresh}
          />
        )}
      </MessageList>
      <Composer label={`Message ${label}, or type / for commands`} commands={screen.commands} onSend={send} />
    </section>
  );
}

function Intro({ label, screen, hasApp }: { label: string; screen: Screen; hasApp: boolean }) {
  const [first] = screen.commands;
  return (
    <div className="intro">
      <h3>{label}</h3>
      {first && (
        <p>
          Type{' '}
          <code>
            {first.command} {first.usageHint}
          </code>{' '}
          and press Enter{hasApp ? '.' : '. The app is not a member here, and answers all the same.'}
        </p>
      )}
      {screen.shortcuts.map(({ name }) => (
        <p key={name}>Or point at a post, open its “…” menu and choose “{name}”.</p>
      ))}
      <p className="small">This is a sandbox: the drafts are made up, and nothing leaves this machine.</p>
    </div>
  );
}

/** A command that is installed goes to the app; everything else is said to the channel. */
function toAct(text: string, { commands }: Pick<Screen, 'commands'>, { user, channel }: Place): Act {
  const [, command = '', rest = ''] = /^(\/\S+)\s*(.*)$/s.exec(text) ?? [];
  return commands.some((installed) => installed.command === command)
    ? { kind: 'command', user, channel, command, text: rest }
    : { kind: 'post', user, channel, text };
}

/** What stands above a channel. */
export function ChannelTitle({ channel, name }: { channel: ShownChannel; name: string }) {
  const isChannel = channel.kind === 'public' || channel.kind === 'private';
  return (
    <h2>
      {isChannel && <Icon name={channel.kind === 'private' ? 'lock' : 'hash'} />} {name}
      {!channel.hasApp && <span className="tag">the app is not a member</span>}
    </h2>
  );
}
