import { type ReactNode, useState, useSyncExternalStore } from 'react';
import type { Act } from '../act.js';
import type { AppStatus, Screen, ShownChannel } from '../protocol.js';
import { type BlockHost, BlockHostContext, type LinkedMessage } from './blocks/host.js';
import { ChannelPane, type PaneProps, ThreadPane } from './conversation.js';
import { IconButton } from './icons.js';
import type { Notice, Target } from './message.js';
import { Modal } from './modal.js';
import { act, type Live, type Place, useScreen } from './server.js';
import { ChannelIcon, channelName, SideBar } from './side-bar.js';
import { ToolPanel } from './tool-panel.js';

const pageSize = 30;
/** serve-page.ts sends no more. */
const maxLimit = 1000;
const maxNotices = 20;

export function App() {
  const [place, go] = usePlace();
  const [view, changeView] = useView(place);
  const live = useScreen(place, view.limit);
  const [notices, setNotices] = useState<readonly Notice[]>([]);
  const { screen } = live;
  if (!screen) return <p className="waiting">{live.isConnected ? 'Opening…' : 'The sandbox does not answer.'}</p>;
  const channel = screen.channels.find(({ id }) => id === place.channel);
  if (!channel) return <NotAMember screen={screen} onGo={go} />;

  const notify = (text: string, threadTs?: string): void => {
    const notice = { ...place, threadTs, ts: (Date.now() / 1000).toFixed(6), text };
    setNotices((before) => [...before, notice].slice(-maxNotices));
  };
  const perform = async (body: Act, name: string): Promise<void> => {
    const failure = await act(body);
    if (failure) notify(`${name} failed with the error ${failure}`);
  };
  const pane: PaneProps = {
    screen,
    channel,
    place,
    notices: notices.filter((notice) => notice.user === place.user && notice.channel === place.channel),
    notify,
    perform,
    openThread: (threadTs) => changeView({ threadTs }),
    target: view.target,
  };
  const goTo = ({ channel: linked, ts, threadTs }: LinkedMessage): void => {
    const isShown = linked === place.channel && screen.messages.some((message) => message.ts === ts);
    changeView({ channel: linked, target: { ts }, threadTs, limit: isShown ? view.limit : maxLimit });
    go({ channel: linked });
  };
  const host = { ...hostOf(screen, place.user), goTo };
  return (
    <BlockHostContext value={host}>
      <Layout live={live} screen={screen} channel={channel} place={place} onGo={go}>
        <ChannelPane {...pane} onOlder={() => changeView({ limit: view.limit + pageSize })} />
        {view.threadTs && (
          <ThreadPane {...pane} threadTs={view.threadTs} onClose={() => changeView({ threadTs: undefined })} />
        )}
      </Layout>
      {screen.view && <Modal key={screen.view.id} view={screen.view} user={place.user} host={host} />}
    </BlockHostContext>
  );
}

/** Ana in #marketing, from sandbox/workspace/seeds.ts. */
const firstPlace: Place = { user: 'U000000ANA', channel: 'C0MARKETNG' };

function subscribeToHash(listener: () => void): () => void {
  window.addEventListener('hashchange', listener);
  return () => window.removeEventListener('hashchange', listener);
}

/** The place is in the address, so that it survives a reload. */
function usePlace(): [Place, (place: Partial<Place>) => void] {
  const hash = useSyncExternalStore(subscribeToHash, () => window.location.hash);
  const [, user = firstPlace.user, channel = firstPlace.channel] = /^#(U\w+)\/(\w+)$/.exec(hash) ?? [];
  const go = (wanted: Partial<Place>): void => {
    const next = { user, channel, ...wanted };
    window.location.hash = `${next.user}/${next.channel}`;
  };
  return [{ user, channel }, go];
}

interface View {
  /** How many messages are shown. */
  limit: number;
  /** The open thread. */
  threadTs: string | undefined;
  /** The message that a link has led to. */
  target: Target | undefined;
}

/** How a user looks at a channel; starts again when the place changes. */
function useView({ user, channel }: Place): [View, (change: Partial<View & Place>) => void] {
  const start = { user, channel, limit: pageSize, threadTs: undefined, target: undefined };
  const [view, setView] = useState<Place & View>(start);
  const current = view.user === user && view.channel === channel ? view : start;
  return [current, (change) => setView({ ...current, ...change })];
}

function hostOf({ app, domain, people, channels, switches }: Screen, viewer: string): Omit<BlockHost, 'goTo'> {
  return {
    names: new Map([
      ...people.map(({ id, realName }) => [id, realName] as const),
      ...channels.map(({ id, name }) => [id, name] as const),
      [app.botId, app.name],
      [app.botUserId, app.name],
    ]),
    viewer,
    reloadsImages: switches.some(({ id, isOn }) => id === 'forget_images' && isOn),
    press: () => Promise.resolve(),
    choose: () => Promise.resolve(),
    chosen: () => null,
    linkedMessage: (url) => readPermalink(url, domain),
  };
}

/** https://docs.slack.dev/reference/methods/chat.getPermalink */
function readPermalink(url: string, domain: string): LinkedMessage | undefined {
  const { host, pathname, searchParams } = new URL(url);
  const [, channel, seconds, microseconds] = /^\/archives\/(\w+)\/p(\d+)(\d{6})$/.exec(pathname) ?? [];
  if (host !== `${domain}.slack.com` || !channel) return undefined;
  const ts = `${seconds}.${microseconds}`;
  return { channel, ts, threadTs: searchParams.get('thread_ts') ?? undefined };
}

/** After switching to a user who is not in the open channel. */
function NotAMember({ screen, onGo }: { screen: Screen; onGo: (place: Partial<Place>) => void }) {
  const [first] = screen.channels;
  return (
    <p className="waiting">
      This user is not in that channel.{' '}
      {first && (
        <button type="button" className="button" onClick={() => onGo({ channel: first.id })}>
          Go to #{first.name}
        </button>
      )}
    </p>
  );
}

const statusNames: Record<AppStatus, string> = {
  connected: 'App connected',
  connecting: 'App starting',
  stopped: 'App stopped',
};

interface LayoutProps {
  live: Live;
  screen: Screen;
  channel: ShownChannel;
  place: Place;
  onGo: (place: Partial<Place>) => void;
  children: ReactNode;
}

/** The channels on the left, the conversation, and the tools if they are open. */
function Layout({ live, screen, channel, place, onGo, children }: LayoutProps) {
  const [showsTools, setShowsTools] = useState(false);
  const [showsChannels, setShowsChannels] = useState(false); // on narrow screens
  const status = live.isConnected ? screen.app.status : 'stopped';
  const go = (wanted: Partial<Place>): void => {
    setShowsChannels(false);
    onGo(wanted);
  };
  return (
    <div className={showsChannels ? 'layout shows-channels' : 'layout'}>
      <header className="top-bar row">
        <IconButton
          name="menu"
          label="Channels"
          className="narrow-only"
          onClick={() => setShowsChannels(!showsChannels)}
        />
        <h2 className="grow">
          <ChannelIcon channel={channel} /> {channelName(channel, screen, place.user)}
          {!channel.hasApp && <span className="tag">the app is not a member</span>}
        </h2>
        <p className="app-status muted small" role="status">
          <span className={`light ${status}`} aria-hidden="true" />
          <span>{live.isConnected ? statusNames[status] : 'Sandbox not reachable'}</span>
        </p>
        <IconButton name="tools" label="Behind the scenes" onClick={() => setShowsTools(!showsTools)} />
      </header>
      <SideBar screen={screen} place={place} onGo={go} />
      <main className="panes">
        {children}
        {showsTools && <ToolPanel screen={screen} onClose={() => setShowsTools(false)} />}
      </main>
    </div>
  );
}
