import { memo, useMemo } from 'react';
import type { ImageElement } from '../../workspace/block-kit/images.js';
import type { SeenMessage } from '../../workspace/seen.js';
import type { InstalledShortcut } from '../protocol.js';
import { useActions } from './actions.js';
import { Attachments } from './attachments.js';
import { Avatar } from './avatar.js';
import { BlockHostContext, useBlockHost } from './blocks/block-host.js';
import { BlockList } from './blocks/block-list.js';
import { MrkdwnText } from './blocks/text.js';
import { Icon } from './icons.js';
import { Menu } from './menu.js';

interface MessageItemProps {
  message: SeenMessage;
  replies: number;
  shortcuts: readonly InstalledShortcut[];
  /** Whether images are loaded again instead of taken from the browser's memory. */
  isFresh: boolean;
}

const toTime = (ts: string): Date => new Date(Number(ts) * 1000);
const clock = new Intl.DateTimeFormat(undefined, { hour: '2-digit', minute: '2-digit' });

/** A message with everything that hangs on it. */
export const MessageItem = memo(function MessageItem({ message, replies, shortcuts, isFresh }: MessageItemProps) {
  const outer = useBlockHost();
  const { click, openThread } = useActions();
  const host = useMemo(
    () => ({
      ...outer,
      findImage: (image: ImageElement) => findImage(message, image, isFresh),
      act: (action: { blockId: string; actionId: string; selected?: string[] }) => click(message, action),
    }),
    [outer, message, isFresh, click],
  );
  const isApp = message.botId !== undefined;
  const author = outer.names.get(message.botId ?? message.user ?? '') ?? 'another app';
  const sentAt = toTime(message.ts);
  return (
    <article
      className={message.isEphemeral ? 'message ephemeral' : 'message'}
      aria-label={`${author}: ${message.text}`}
      data-ts={message.ts}
    >
      <Avatar name={author} isApp={isApp} />
      <div className="message-body">
        {message.isEphemeral && (
          <p className="only-you">
            <Icon name="eye" /> Only visible to you
          </p>
        )}
        <header>
          <strong>{author}</strong> {isApp && <span className="tag">App</span>}
          <time dateTime={sentAt.toISOString()}>{clock.format(sentAt)}</time>
        </header>
        <BlockHostContext value={host}>
          {message.blocks.length > 0 ? <BlockList blocks={message.blocks} /> : <MrkdwnText text={message.text} />}
          {message.isEdited && <span className="muted small"> (edited)</span>}
          <Attachments attachments={message.attachments} files={message.files} />
        </BlockHostContext>
        {replies > 0 && (
          <button type="button" className="replies" onClick={() => openThread(message.ts)}>
            {replies === 1 ? '1 reply' : `${replies} replies`}
          </button>
        )}
      </div>
      {!message.isEphemeral && <MessageToolbar message={message} shortcuts={shortcuts} />}
    </article>
  );
});

function MessageToolbar({ message, shortcuts }: { message: SeenMessage; shortcuts: readonly InstalledShortcut[] }) {
  const { openThread, runShortcut } = useActions();
  const items = shortcuts
    .filter(({ type }) => type === 'message')
    .map((shortcut) => ({ label: shortcut.name, onChoose: () => runShortcut(message, shortcut) }));
  return (
    <div className="toolbar">
      {message.threadTs === undefined && (
        <button
          type="button"
          className="icon-button"
          aria-label="Reply in thread"
          onClick={() => openThread(message.ts)}
        >
          <Icon name="thread" />
        </button>
      )}
      <Menu
        label="More actions"
        items={items.length > 0 ? items : [{ label: 'No shortcuts are installed', onChoose: () => {} }]}
      >
        <Icon name="more" />
      </Menu>
    </div>
  );
}

/** Slack's copy of the image, or the file that it shows. */
function findImage(
  message: SeenMessage,
  image: ImageElement,
  isFresh: boolean,
): { source: string } | { problem: string } {
  const fileId = image.slack_file?.id;
  const seen = message.images.find(({ url, fileId: id }) =>
    image.image_url ? url === image.image_url : id === fileId,
  );
  if (!seen || seen.problem) return { problem: seen?.problem ?? 'broken image' };
  if (seen.fileId) return { source: `/file?id=${seen.fileId}` };
  return { source: `/image?url=${encodeURIComponent(seen.url ?? '')}${isFresh ? '&fresh' : ''}` };
}
