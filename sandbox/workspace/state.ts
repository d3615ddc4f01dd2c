import type { SeededChannels, SeededPeople } from './driver.js';
import type { Ids } from './ids.js';
import type { App, Channel, Enterprise, Message, OpenView, Person, SlackFile, Team } from './model.js';
import { newChannel } from './seeds.js';

/** The one place where the workspace's contents are. Whoever changes them calls `changed()`. */
export interface State {
  team: Team;
  enterprise: Enterprise | undefined;
  app: App;
  people: Map<string, Person>;
  channels: Map<string, Channel>;
  messages: Message[];
  /** By user: the stack of modals, the one on top last. */
  views: Map<string, OpenView[]>;
  files: Map<string, SlackFile>;
  changed(): void;
  subscribe(listener: () => void): () => void;
}

export function createState(
  { team, enterprise }: Pick<State, 'team' | 'enterprise'>,
  app: App,
  people: SeededPeople,
  channels: SeededChannels,
): State {
  const listeners = new Set<() => void>();
  return {
    team,
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
}

/** The one message that everybody in the channel can see; ephemeral ones have no part in the Web API. */
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
export function appConversation(state: State, user: string, ids: Ids): Channel {
  const existing = [...state.channels.values()].find(({ kind, members }) => kind === 'app' && members.has(user));
  if (existing) return existing;
  const opened = newChannel(ids.next('D'), '', 'app', [user, state.app.botUserId]);
  state.channels.set(opened.id, opened);
  return opened;
}

export function topView(state: State, user: string): OpenView | undefined {
  return state.views.get(user)?.at(-1);
}
