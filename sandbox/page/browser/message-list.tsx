import { type ReactNode, useEffect, useRef } from 'react';
import type { SeenMessage } from '../../workspace/seen.js';
import { Avatar } from './avatar.js';
import { Icon } from './icons.js';
import type { Notice } from './use-notices.js';

interface MessageListProps {
  label: string;
  messages: readonly SeenMessage[];
  notices: readonly Notice[];
  before?: ReactNode;
  children: (message: SeenMessage) => ReactNode;
}

/** How far from the end still counts as reading the newest. */
const nearEnd = 80;

/** Messages and Slack's own notices by time; stays at the newest while the person is there. */
export function MessageList({ label, messages, notices, before, children }: MessageListProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const content = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const area = scroller.current;
    if (!area || !content.current) return;
    let isAtEnd = true;
    const note = (): void => {
      isAtEnd = area.scrollHeight - area.scrollTop - area.clientHeight < nearEnd;
    };
    const observer = new ResizeObserver(() => {
      if (isAtEnd) area.scrollTop = area.scrollHeight;
    });
    observer.observe(content.current);
    area.addEventListener('scroll', note, { passive: true });
    return () => {
      observer.disconnect();
      area.removeEventListener('scroll', note);
    };
  }, []);
  const entries = [
    ...messages.map((message) => ({ ts: message.ts, shown: children(message) })),
    ...notices.map((notice) => ({ ts: notice.ts, shown: <NoticeItem key={notice.ts} notice={notice} /> })),
  ].sort((one, other) => Number(one.ts) - Number(other.ts));
  return (
    <div ref={scroller} className="messages" role="log" aria-label={label}>
      <div ref={content}>
        {before}
        {entries.map(({ shown }) => shown)}
      </div>
    </div>
  );
}

function NoticeItem({ notice }: { notice: Notice }) {
  return (
    <article className="message ephemeral notice">
      <Avatar name="Slack" isApp={false} />
      <div className="message-body">
        <p className="only-you">
          <Icon name="eye" /> Only visible to you
        </p>
        <header>
          <strong>Slackbot</strong>
        </header>
        <p>{notice.text}</p>
      </div>
    </article>
  );
}
