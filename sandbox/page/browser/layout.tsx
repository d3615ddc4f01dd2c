import type { ShownChannel } from '../protocol.js';
import { channelName } from './channel-name.js';
import { ChannelPane, type PaneProps } from './channel-pane.js';
import { SideBar } from './side-bar.js';
import { ThreadPane } from './thread-pane.js';
import { ToolPanel } from './tools/tool-panel.js';
import { type Open, TopBar } from './top-bar.js';
import type { Place } from './use-place.js';
import type { Room } from './use-room.js';

interface LayoutProps extends Omit<PaneProps, 'isFresh'> {
  room: Room;
  open: Open;
  onOpen: (open: Open) => void;
  onGo: (place: Partial<Place>) => void;
  isUnread: (channel: ShownChannel) => boolean;
}

/** Channels at the side, the channel, and beside it the thread and the tools where they are open. */
export function Layout({ room, open, onOpen, onGo, isUnread, ...shared }: LayoutProps) {
  const { screen, channel, place, live } = shared;
  const { threadTs } = room;
  const isFresh = screen.switches.some(({ id, isOn }) => id === 'forget_images' && isOn);
  const goAndClose = (wanted: Partial<Place>): void => {
    onOpen({ ...open, channels: false });
    onGo(wanted);
  };
  return (
    <div className={open.channels ? 'layout shows-channels' : 'layout'}>
      <TopBar
        channel={channel}
        name={channelName(channel, screen, place.user)}
        status={screen.app.status}
        isConnected={live.isConnected}
        open={open}
        onToggle={(part) => onOpen({ ...open, [part]: !open[part] })}
      />
      <SideBar screen={screen} place={place} onGo={goAndClose} isUnread={isUnread} />
      <main className="panes">
        <ChannelPane {...shared} isFresh={isFresh} onOlder={room.showOlder} />
        {threadTs && (
          <ThreadPane {...shared} isFresh={isFresh} threadTs={threadTs} onClose={() => room.showThread(undefined)} />
        )}
        {open.tools && <ToolPanel screen={screen} wire={live.wire} onClose={() => onOpen({ ...open, tools: false })} />}
      </main>
    </div>
  );
}
