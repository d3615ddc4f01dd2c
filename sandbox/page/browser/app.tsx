import { useState } from 'react';
import type { Screen } from '../protocol.js';
import { ActionsContext } from './actions.js';
import { BlockHostContext } from './blocks/block-host.js';
import { Layout } from './layout.js';
import { Modal } from './modal.js';
import { useMessageActions, usePerform } from './use-actions.js';
import { useEvents } from './use-events.js';
import { useHost } from './use-host.js';
import { useNotices } from './use-notices.js';
import { usePlace } from './use-place.js';
import { useRead } from './use-read.js';
import { useRoom } from './use-room.js';

/** The whole page. */
export function App() {
  const [place, go] = usePlace();
  const room = useRoom(place);
  const live = useEvents(place, room.limit);
  const { screen } = live;
  const [allNotices, addNotice] = useNotices();
  const [open, setOpen] = useState({ tools: false, channels: false });
  const isUnread = useRead(screen, place);
  const host = useHost(screen, place.user);
  const perform = usePerform(place, addNotice);
  const actions = useMessageActions(place, perform, room.showThread);

  if (!screen) return <Waiting words={live.isConnected ? 'Opening the workspace…' : 'The sandbox does not answer.'} />;
  const channel = screen.channels.find(({ id }) => id === place.channel);
  if (!channel) return <NotHere screen={screen} onGo={(id) => go({ channel: id })} />;
  const notices = allNotices.filter((notice) => notice.user === place.user && notice.channel === channel.id);
  const shared = { screen, channel, place, live, notices, perform };
  return (
    <BlockHostContext value={host}>
      <ActionsContext value={actions}>
        <Layout {...shared} room={room} open={open} onOpen={setOpen} onGo={go} isUnread={isUnread} />
        {screen.view && <Modal key={screen.view.id} view={screen.view} user={place.user} host={host} />}
      </ActionsContext>
    </BlockHostContext>
  );
}

const Waiting = ({ words }: { words: string }) => <p className="waiting">{words}</p>;

/** Shown where an address, or another person's eyes, lead to a channel that this person is not in. */
function NotHere({ screen, onGo }: { screen: Screen; onGo: (id: string) => void }) {
  const [first] = screen.channels;
  return (
    <p className="waiting">
      This person is not in that channel.{' '}
      {first && (
        <button type="button" className="button" onClick={() => onGo(first.id)}>
          Go to #{first.name}
        </button>
      )}
    </p>
  );
}
