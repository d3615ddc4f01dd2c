import { ApiError } from './api-error.js';
import type { Context } from './context.js';
import type { App, Channel, ChannelKind, Enterprise, Message, OpenView, Person, SlackFile, Team } from './model.js';

/** The only place for the workspace's contents. Code that changes them calls `changed()`. */
export interface State {
  team: Team;
  enterprise: Enterprise | undefined;
  app: App;
  people: Map<string, Person>;
  channels: Map<string, Channel>;
  messages: Message[];
  /** By user: the views of their modal, the visible one last. */
  views: Map<string, readonly OpenView[]>;
  files: Map<string, SlackFile>;
  changed(): void;
  subscribe(listener: () => void): () => void;
}

export function newChannel(id: string, name: string, kind: ChannelKind, members: readonly string[]): Channel {
  return { id, name, kind, members: new Set(members), isArchived: false };
}

export type SeededPeople = ReturnType<typeof createState>['people'];
export type SeededChannels = ReturnType<typeof createState>['channels'];

export function createState(teamId = 'T0SANDBOX1', enterprise?: Enterprise) {
  const app = { id: 'A0SANDBOX1', name: 'imagine', botId: 'B0SANDBOX1', botUserId: 'U0SANDBOT1' };
  const people: Record<'ana' | 'ben' | 'chika', Person> = {
    ana: { id: 'U000000ANA', name: 'ana', realName: 'Ana Lima' },
    ben: { id: 'U000000BEN', name: 'ben', realName: 'Ben Okafor' },
    chika: { id: 'U0000CHIKA', name: 'chika', realName: 'Chika Sato' },
  };
  const { ana, ben } = people;
  const everyone = Object.values(people).map(({ id }) => id);
  const channels = {
    /** The bot is a member of this one and of Ana's conversation with it. */
    marketing: newChannel('C0MARKETNG', 'marketing', 'public', [...everyone, app.botUserId]),
    random: newChannel('C000RANDOM', 'random', 'public', everyone),
    secret: newChannel('C000SECRET', 'secret-launch', 'private', [ana.id, ben.id]),
    anaAndBen: newChannel('D000ANABEN', '', 'direct', [ana.id, ben.id]),
    app: newChannel('D000ANAAPP', '', 'app', [ana.id, app.botUserId]),
  };
  const listeners = new Set<() => void>();
  const state: State = {
    team: { id: teamId, domain: 'sandbox', name: 'Sandbox' },
    enterprise,
    app,
    people: new Map(Object.values(people).map((person) => [person.id, person])),
    channels: new Map(Object.values(channels).map((channel) => [channel.id, channel])),
    messages: [],
    views: new Map(),
    files: new Map(),
    changed() {
      for (const listener of listeners) listener();
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
  return { state, people, channels };
}

export type Ids = ReturnType<typeof createIds>;

export function createIds(now: () => Date) {
  let count = 0;
  let lastMicroseconds = 0;
  return {
    /** `F00000001`, `F00000002`, …: of the form of Slack's own, and the same in every run. */
    next(prefix: string): string {
      count += 1;
      return prefix + count.toString(36).toUpperCase().padStart(8, '0');
    },
    /** A message timestamp, later than every one before. */
    timestamp(): string {
      lastMicroseconds = Math.max(now().getTime() * 1000, lastMicroseconds + 1);
      const digits = String(lastMicroseconds);
      return `${digits.slice(0, -6)}.${digits.slice(-6)}`;
    },
  };
}

/** The message that everyone in the channel can see. Ephemeral ones have no part in the Web API. */
export function findPosted(state: State, channel: string, ts: string): Message | undefined {
  return state.messages.find(
    (message) => message.channel === channel && message.ts === ts && message.visibleTo === undefined,
  );
}

export function removeMessage(state: State, gone: Message): void {
  state.messages = state.messages.filter((message) => message !== gone);
  state.changed();
}

/** The conversation between a person and the app, opened if there is none yet. */
function appConversation({ state, ids }: Context, user: string): Channel {
  const existing = [...state.channels.values()].find(({ kind, members }) => kind === 'app' && members.has(user));
  if (existing) return existing;
  const opened = newChannel(ids.next('D'), '', 'app', [user, state.app.botUserId]);
  state.channels.set(opened.id, opened);
  return opened;
}

/** The channel as the bot can know it: private ones and other people's conversations only as a member. */
export function visibleChannel(context: Context, id: string): Channel {
  const { state } = context;
  // A user ID means the app's conversation with that person: https://docs.slack.dev/reference/methods/chat.postMessage
  const channel = state.people.has(id) ? appConversation(context, id) : state.channels.get(id);
  const isMember = channel?.members.has(state.app.botUserId) ?? false;
  if (!channel || (channel.kind !== 'public' && !isMember)) throw new ApiError('channel_not_found');
  return channel;
}

/** The channel, if the bot may post there. Throws the error that says why not. */
export function postableChannel(context: Context, id: string): Channel {
  const channel = visibleChannel(context, id);
  if (channel.kind === 'app' && !context.settings.messagesTab) throw new ApiError('messages_tab_disabled');
  if (channel.isArchived) throw new ApiError('is_archived');
  const isMember = channel.members.has(context.state.app.botUserId);
  if (!isMember && !context.credentials.scopes.includes('chat:write.public')) throw new ApiError('not_in_channel');
  return channel;
}
