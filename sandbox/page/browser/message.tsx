import { useEffect, useRef } from 'react';
import type { SeenMessage } from '../../workspace/seen.js';
import type { Act } from '../act.js';
import type { Screen } from '../protocol.js';
import { BlockList } from './blocks/block-list.js';
import { BlockHostContext, chosenIn, useBlockHost } from './blocks/host.js';
import { Image } from './blocks/image.js';
import { MrkdwnText } from './blocks/text.js';
import { Icon, IconButton } from './icons.js';
import { Menu } from './menu.js';
import type { Place } from './server.js';

export interface MessageContext {
  screen: Screen;
  place: Place;
  /** `name` is what a failure notice calls the action. */
  perform: (body: Act, name: string) => Promise<void>;
  openThread: (ts: string) => void;
  /** The message that a link led to. */
  target: Target | undefined;
}

export interface Target {
  ts: string;
}

interface MessageItemProps extends MessageContext {
  message: SeenMessage;
  /** How many replies are counted below the message. */
  replies: number;
}

export function MessageItem({ message, replies, screen, place, perform, openThread, target }: MessageItemProps) {
  const outer = useBlockHost();
  const { ts, text, blocks, botId, user, isEdited, isEphemeral, files } = message;
  const author = outer.names.get(botId ?? user ?? '') ?? 'another app';
  const host: typeof outer = {
    ...outer,
    press: (button) => perform({ kind: 'click', ...place, messageTs: ts, ...button }, 'The button'),
    choose: (choice) => perform({ kind: 'choose', ...place, messageTs: ts, ...choice }, 'The menu'),
    chosen: ({ blockId, actionId }) => chosenIn(message, blockId, actionId),
  };
  const article = useRef<HTMLElement>(null);
  const isTarget = target?.ts === ts;
  useEffect(() => {
    if (target && isTarget) article.current?.scrollIntoView({ block: 'center' });
  }, [target, isTarget]);
  return (
    <article
      ref={article}
      className={`message ${isEphemeral ? 'ephemeral' : ''} ${isTarget ? 'target' : ''}`}
      aria-label={`${author}: ${text || files.map(({ name }) => name).join(', ')}`}
      aria-current={isTarget || undefined}
    >
      <Avatar name={author} hue={botId ? 'app' : screen.people.findIndex(({ id }) => id === user) % 3} />
      <div className="message-body">
        {isEphemeral && <OnlyYou />}
        <header>
          <strong>{author}</strong> {botId && <span className="tag">App</span>}{' '}
          <time className="muted small">
            {new Date(Number(ts) * 1000).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })}
          </time>
        </header>
        <BlockHostContext value={host}>
          {blocks.length > 0 ? <BlockList blocks={blocks} /> : <MrkdwnText text={text} />}
        </BlockHostContext>
        {isEdited && <span className="muted small">(edited)</span>}
        {files.map(({ id, name, title, mediaType }) => (
          <figure key={id}>
            <figcaption>{title || name}</figcaption>
            {shownTypes.includes(mediaType) && (
              <Image image={{ slack_file: { id }, alt_text: title || name }} className="block-image" />
            )}
          </figure>
        ))}
        {replies > 0 && (
          <button type="button" className="replies" onClick={() => openThread(ts)}>
            {replies === 1 ? '1 reply' : `${replies} replies`}
          </button>
        )}
      </div>
      {!isEphemeral && (
        <div className="toolbar raised">
          {message.threadTs === undefined && (
            <IconButton name="thread" label="Reply in thread" onClick={() => openThread(ts)} />
          )}
          <Menu
            label="More actions"
            groups={[
              {
                items: screen.shortcuts.map(({ name, callbackId }) => ({
                  id: callbackId,
                  label: name,
                  onChoose: () => perform({ kind: 'shortcut', ...place, messageTs: ts, callbackId }, `“${name}”`),
                })),
              },
            ]}
          >
            <Icon name="more" />
          </Menu>
        </div>
      )}
    </article>
  );
}

/** What Slack shows below a post. */
const shownTypes = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'];

const OnlyYou = () => <p className="muted small">Only visible to you</p>;

function Avatar({ name, hue }: { name: string; hue: number | 'app' }) {
  return (
    <span className={`avatar hue-${hue}`} aria-hidden="true">
      {hue === 'app' ? '✦' : name.slice(0, 1)}
    </span>
  );
}

/** What Slack itself tells one user, and does not keep. */
export interface Notice {
  /** Like a message's, to sort by. */
  ts: string;
  user: string;
  channel: string;
  threadTs?: string | undefined;
  text: string;
}

export function NoticeItem({ notice }: { notice: Notice }) {
  return (
    <article className="message ephemeral">
      <Avatar name="Slackbot" hue={0} />
      <div className="message-body">
        <OnlyYou />
        <header>
          <strong>Slackbot</strong>
        </header>
        <p>{notice.text}</p>
      </div>
    </article>
  );
}
