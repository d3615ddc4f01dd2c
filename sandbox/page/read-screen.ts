import type { Sandbox } from '../start-sandbox.js';
import type { WireEntry, WireLog } from '../wire-log.js';
import type { SeenMessage } from '../workspace/seen.js';
import type { FaultPanel } from './faults.js';
import type { AppStatus, Screen, WireLine } from './protocol.js';
import type { Installed } from './read-manifest.js';
import type { SupervisedApp } from './supervise-app.js';

/** Where everything on a screen comes from. */
export interface ScreenSources {
  sandbox: Sandbox;
  app: SupervisedApp;
  installed: Installed;
  faults: FaultPanel;
  wire: ReturnType<typeof createWireFeed>;
}

export interface Reader {
  user: string;
  channel: string;
  /** How many messages to show at most, not counting replies. */
  limit: number;
  /** When the page was loaded, as a message's `ts`: Slack keeps no ephemeral message past a reload. */
  openedAt: number;
}

/** What this user's screen shows now, with this channel open. */
export function readScreen(sources: ScreenSources, { user, channel, limit, openedAt }: Reader): Screen {
  const { installed, faults, wire } = sources;
  const { workspace } = sources.sandbox;
  const { name, botId, botUserId } = workspace.app;
  const channels = workspace.everyChannel().filter(({ members }) => members.has(user));
  const isMember = channels.some(({ id }) => id === channel);
  const visible = (isMember ? workspace.messages(channel, { as: user }) : []).filter(
    ({ isEphemeral, ts }) => !isEphemeral || Number(ts) >= openedAt,
  );
  return {
    team: workspace.team.name,
    domain: workspace.team.domain,
    app: { name, botId, botUserId, status: statusOf(sources), takesMessages: installed.takesMessages },
    people: workspace.everyone(),
    channels: channels.map(({ id, name, kind, members }) => ({
      id,
      name,
      kind,
      members: [...members],
      hasApp: members.has(botUserId),
      latest: workspace.messages(id, { as: user }).at(-1)?.ts ?? '',
    })),
    commands: installed.commands,
    shortcuts: installed.shortcuts,
    ...newestMessages(visible, limit),
    view: workspace.openView(user) ?? null,
    faults: faults.faults(),
    switches: faults.switches(),
    wire: wire.lines(),
  };
}

function statusOf({ app, sandbox }: ScreenSources): AppStatus {
  if (!app.isRunning()) return 'stopped';
  return sandbox.workspace.connections() > 0 ? 'connected' : 'connecting';
}

/** Replies come with their message and do not count toward the limit. */
function newestMessages(all: readonly SeenMessage[], limit: number): Pick<Screen, 'messages' | 'older'> {
  const roots = all.filter(({ threadTs }) => threadTs === undefined);
  const shown = new Set(roots.slice(-limit).map(({ ts }) => ts));
  return {
    messages: all.filter(({ ts, threadTs }) => shown.has(threadTs ?? ts)),
    older: Math.max(0, roots.length - limit),
  };
}

const wireLimit = 200;

/** The newest exchanges on the wire, numbered so that the page can ask for the detail of one. */
export function createWireFeed(wireLog: WireLog) {
  const numbers = new WeakMap<WireEntry, number>();
  let last = 0;
  const numberOf = (entry: WireEntry): number => {
    const number = numbers.get(entry) ?? ++last;
    numbers.set(entry, number);
    return number;
  };
  const toLine = (entry: WireEntry): WireLine => {
    const { at, service, direction, operation, status } = entry;
    return { id: numberOf(entry), at: at.toISOString(), service, direction, operation, status };
  };
  return {
    /** Oldest first. */
    lines: (): readonly WireLine[] => wireLog.entries().slice(-wireLimit).map(toLine),
    detail: (id: number): unknown => wireLog.entries().find((entry) => numberOf(entry) === id)?.detail ?? null,
  };
}
