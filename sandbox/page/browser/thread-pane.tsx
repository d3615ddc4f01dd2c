import type { PaneProps } from './channel-pane.js';
import { Composer } from './composer.js';
import { Icon } from './icons.js';
import { MessageItem } from './message-item.js';
import { MessageList } from './message-list.js';

interface ThreadPaneProps extends PaneProps {
  threadTs: string;
  onClose: () => void;
}

/** One message and the replies to it. */
export function ThreadPane({ screen, place, live, isFresh, perform, threadTs, onClose }: ThreadPaneProps) {
  const messages = live.messages.filter((message) => message.ts === threadTs || message.threadTs === threadTs);
  const { user, channel } = place;
  return (
    <aside className="thread-pane" aria-label="Thread">
      <header className="pane-header">
        <h2>Thread</h2>
        <button type="button" className="icon-button" aria-label="Close thread" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      <MessageList label="Messages in the thread" messages={messages} notices={[]}>
        {(message) => (
          <MessageItem key={message.ts} message={message} replies={0} shortcuts={screen.shortcuts} isFresh={isFresh} />
        )}
      </MessageList>
      <Composer
        label="Reply"
        commands={[]}
        onSend={(text) => perform({ kind: 'post', user, channel, text, threadTs }, 'The reply')}
      />
    </aside>
  );
}
