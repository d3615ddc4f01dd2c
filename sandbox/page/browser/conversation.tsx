import { type ReactNode, useEffect, useLayoutEffect, useRef } from 'react';
import type { SeenMessage } from '../../workspace/seen.js';
import type { Screen, ShownChannel } from '../protocol.js';
import { Composer } from './composer.js';
import { encodeFiles } from './encode-files.js';
import { IconButton } from './icons.js';
import { type MessageContext, MessageItem, type Notice, NoticeItem } from './message.js';
import { isAnswer } from './server.js';
import { channelName } from './side-bar.js';

export interface PaneProps extends MessageContext {
  channel: ShownChannel;
  notices: readonly Notice[];
  /** Shows the user what Slack itself says. */
  notify: (text: string, threadTs?: string) => void;
}

export function ChannelPane(props: PaneProps & { onOlder: () => void }) {
  const { screen, channel, place, notices, perform, notify, onOlder } = props;
  const name = channelName(channel, screen, place.user);
  const label = channel.name ? `#${name}` : name;
  const { older, messages } = screen;
  const canWrite = channel.kind !== 'app' || screen.app.takesMessages;
  const items = [...messages, ...notices]
    .filter(({ threadTs }) => threadTs === undefined)
    .sort((one, other) => Number(one.ts) - Number(other.ts));
  const send = async (text: string, files: readonly File[]): Promise<void> => {
    const { command, rest } = readCommand(text);
    if (!command || files.length > 0) {
      await perform({ kind: 'post', ...place, text: text.trim(), files: await encodeFiles(files) }, 'The message');
    } else if (!screen.commands.some((installed) => installed.command === command)) notify(notACommand(command));
    else await perform({ kind: 'command', ...place, command, text: rest }, command);
  };
  return (
    <section aria-label={label}>
      <MessageList key={`${place.user} ${place.channel}`} label={`Messages in ${label}`} newest={items.at(-1)?.ts}>
        {older > 0 ? (
          <button type="button" className="button older" onClick={onOlder}>
            Show older messages ({older})
          </button>
        ) : (
          <Intro label={label} screen={screen} hasApp={channel.hasApp} canWrite={canWrite} />
        )}
        {items.map((item) =>
          'blocks' in item ? (
            <MessageItem key={item.ts} {...props} message={item} replies={repliesTo(item, messages)} />
          ) : (
            <NoticeItem key={item.ts} notice={item} />
          ),
        )}
      </MessageList>
      {canWrite ? (
        <Composer label={`Message ${label}, or type / for commands`} commands={screen.commands} onSend={send} />
      ) : (
        <p className="no-composer muted">Sending messages to this app has been turned off.</p>
      )}
    </section>
  );
}

const repliesTo = ({ ts }: SeenMessage, messages: readonly SeenMessage[]): number =>
  messages.filter(({ threadTs }) => threadTs === ts).length;

/** A text that begins with a slash is a command, whether there is such a command or not. */
function readCommand(text: string): { command: string | undefined; rest: string } {
  const [, command, rest = ''] = /^(\/\S+)\s*(.*)$/s.exec(text) ?? [];
  return { command, rest };
}

const notACommand = (command: string): string =>
  `${command} is not a valid command. In Slack, all messages that start with the "/" character are interpreted as commands. If you are trying to send a message and not run a command, try preceding the "/" with an empty space.`;

const notInThreads = (command: string): string => `${command} is not supported in threads. Sorry!`;

interface IntroProps {
  label: string;
  screen: Screen;
  hasApp: boolean;
  canWrite: boolean;
}

function Intro({ label, screen, hasApp, canWrite }: IntroProps) {
  const { commands, shortcuts } = canWrite ? screen : { commands: [], shortcuts: [] };
  const [first] = commands;
  return (
    <div className="intro muted">
      <h3>{label}</h3>
      {first && (
        <p>
          Type <code>{`${first.command} ${first.usageHint}`}</code> and press Enter.
          {!hasApp && ' The app is not a member here, but answers all the same.'}
        </p>
      )}
      {shortcuts.map(({ name }) => (
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
  const { screen, place, notices, perform, notify } = props;
  const items = [...screen.messages, ...notices]
    .filter((item) => item.ts === threadTs || item.threadTs === threadTs)
    .sort((one, other) => Number(one.ts) - Number(other.ts));
  const send = async (text: string, files: readonly File[]): Promise<void> => {
    const { command } = readCommand(text);
    const isInstalled = screen.commands.some((installed) => installed.command === command);
    if (command) notify(isInstalled ? notInThreads(command) : notACommand(command), threadTs);
    else
      await perform(
        { kind: 'post', ...place, text: text.trim(), files: await encodeFiles(files), threadTs },
        'The reply',
      );
  };
  return (
    <aside aria-label="Thread">
      <header className="row">
        <h2>Thread</h2>
        <IconButton name="close" label="Close thread" onClick={onClose} />
      </header>
      <MessageList key={threadTs} label="Messages in the thread" newest={items.at(-1)?.ts}>
        {items.map((item) =>
          'blocks' in item ? (
            <MessageItem key={item.ts} {...props} message={item} replies={0} />
          ) : (
            <NoticeItem key={item.ts} notice={item} />
          ),
        )}
      </MessageList>
      <Composer label="Reply" commands={[]} onSend={send} />
    </aside>
  );
}

/** How far from the end still counts as reading the newest, in pixels. */
const nearEnd = 80;

interface MessageListProps {
  label: string;
  /** `ts` of the newest message. */
  newest: string | undefined;
  children: ReactNode;
}

/** Stays at the newest message while the user is there, and goes there if that message answers what the user did. */
function MessageList({ label, newest, children }: MessageListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    if (newest && scroller.current && isAnswer()) scroller.current.scrollTop = scroller.current.scrollHeight;
  }, [newest]);
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
