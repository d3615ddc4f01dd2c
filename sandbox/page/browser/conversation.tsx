import { type ReactNode, useEffect, useRef } from 'react';
import type { SeenMessage } from '../../workspace/seen.js';
import type { Act } from '../act.js';
import type { Screen, ShownChannel } from '../protocol.js';
import { Composer } from './composer.js';
import { IconButton } from './icons.js';
import { type MessageContext, MessageItem, type Notice, NoticeItem } from './message.js';
import type { Place } from './server.js';
import { channelName } from './side-bar.js';

export interface PaneProps extends MessageContext {
  channel: ShownChannel;
  notices: readonly Notice[];
}

export function ChannelPane(props: PaneProps & { onOlder: () => void }) {
  const { screen, channel, place, notices, perform, onOlder } = props;
  const name = channelName(channel, screen, place.user);
  const label = channel.name ? `#${name}` : name;
  const { older, messages } = screen;
  const send = (text: string) => perform(toAct(text, screen, place), text.split(' ', 1)[0] ?? '');
  return (
    <section aria-label={label}>
      <MessageList key={`${place.user} ${place.channel}`} label={`Messages in ${label}`}>
        {older > 0 ? (
          <button type="button" className="button older" onClick={onOlder}>
            Show older messages ({older})
          </button>
        ) : (
          <Intro label={label} screen={screen} hasApp={channel.hasApp} />
        )}
        {[...messages.filter(({ threadTs }) => threadTs === undefined), ...notices]
          .sort((one, other) => Number(one.ts) - Number(other.ts))
          .map((item) =>
            'blocks' in item ? (
              <MessageItem key={item.ts} {...props} message={item} replies={repliesTo(item, messages)} />
            ) : (
              <NoticeItem key={item.ts} notice={item} />
            ),
          )}
      </MessageList>
      <Composer label={`Message ${label}, or type / for commands`} commands={screen.commands} onSend={send} />
    </section>
  );
}

const repliesTo = ({ ts }: SeenMessage, messages: readonly SeenMessage[]): number =>
  messages.filter(({ threadTs }) => threadTs === ts).length;

/** An installed command goes to the app; everything else is a message. */
function toAct(text: string, { commands }: Screen, place: Place): Act {
  const [, command = '', rest = ''] = /^(\/\S+)\s*(.*)$/s.exec(text) ?? [];
  return commands.some((installed) => installed.command === command)
    ? { kind: 'command', ...place, command, text: rest }
    : { kind: 'post', ...place, text };
}

function Intro({ label, screen, hasApp }: { label: string; screen: Screen; hasApp: boolean }) {
  const [first] = screen.commands;
  return (
    <div className="intro muted">
      <h3>{label}</h3>
      {first && (
        <p>
          Type <code>{`${first.command} ${first.usageHint}`}</code> and press Enter.
          {!hasApp && ' The app is not a member here, but answers all the same.'}
        </p>
      )}
      {screen.shortcuts.map(({ name }) => (
        <p key={name}>Or point at a post, open its “…” menu and choose “{name}”.</p>
      ))}
    </div>
  );
}

interface ThreadPaneProps extends PaneProps {
  threadTs: string;
  onClose: () => void;
}

/** One message and its replies. */
export function ThreadPane({ threadTs, onClose, ...props }: ThreadPaneProps) {
  const { screen, place, perform } = props;
  return (
    <aside aria-label="Thread">
      <header className="row">
        <h2>Thread</h2>
        <IconButton name="close" label="Close thread" onClick={onClose} />
      </header>
      <MessageList label="Messages in the thread">
        {screen.messages
          .filter((message) => message.ts === threadTs || message.threadTs === threadTs)
          .map((message) => (
            <MessageItem key={message.ts} {...props} message={message} replies={0} />
          ))}
      </MessageList>
      <Composer
        label="Reply"
        commands={[]}
        onSend={(text) => perform({ kind: 'post', ...place, text, threadTs }, 'The reply')}
      />
    </aside>
  );
}

/** How far from the end still counts as reading the newest, in pixels. */
const nearEnd = 80;

/** Stays at the newest message while the user is there. */
function MessageList({ label, children }: { label: string; children: ReactNode }) {
  const scroller = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const area = scroller.current;
    const content = area?.firstElementChild;
    if (!area || !content) return;
    let isAtEnd = true;
    const onScroll = (): void => {
      isAtEnd = area.scrollHeight - area.scrollTop - area.clientHeight < nearEnd;
    };
    const observer = new ResizeObserver(() => {
      if (isAtEnd) area.scrollTop = area.scrollHeight;
    });
    observer.observe(content);
    area.addEventListener('scroll', onScroll, { passive: true });
    return () => {
      observer.disconnect();
      area.removeEventListener('scroll', onScroll);
    };
  }, []);
  return (
    <div ref={scroller} className="messages" role="log" aria-label={label}>
      <div>{children}</div>
    </div>
  );
}
