import type { Context } from './context.js';
import type { SeededChannels, SeededPeople, Workspace } from './driver.js';
import { clickInView, typeInView } from './person/act-in-view.js';
import { click } from './person/click.js';
import { command } from './person/command.js';
import { closeView, submitView } from './person/modal.js';
import { post } from './person/post.js';
import { messages } from './person/read.js';
import { seenView } from './person/screen.js';
import { shortcut } from './person/shortcut.js';
import { newChannel } from './seeds.js';
import { topView } from './state.js';
import { waitFor } from './wait-for.js';

interface Seeds {
  people: SeededPeople;
  channels: SeededChannels;
}

/** Who and what the workspace consists of. */
function inventory({ state, ids }: Context): Pick<Workspace, 'addPerson' | 'addChannel' | 'everyone' | 'everyChannel'> {
  return {
    addPerson({ name, realName = name, teamId }) {
      const person = { id: ids.next('U'), name, realName, teamId };
      state.people.set(person.id, person);
      state.changed();
      return person;
    },
    addChannel({ name, kind, members }) {
      const isDirect = kind === 'direct' || kind === 'app';
      const channel = newChannel(ids.next(isDirect ? 'D' : 'C'), name, kind, members);
      state.channels.set(channel.id, channel);
      state.changed();
      return channel;
    },
    everyone: () => [...state.people.values()],
    everyChannel: () => [...state.channels.values()],
  };
}

type Actions =
  | 'command'
  | 'click'
  | 'shortcut'
  | 'post'
  | 'openView'
  | 'typeInView'
  | 'clickInView'
  | 'submitView'
  | 'closeView'
  | 'messages';

/** What a person can do. */
function actions(context: Context): Pick<Workspace, Actions> {
  return {
    command: (input) => command(context, input),
    click: (input) => click(context, input),
    shortcut: (input) => shortcut(context, input),
    post: (input) => post(context, input),
    openView(user) {
      const view = topView(context.state, user);
      return view && seenView(view);
    },
    typeInView: (input) => typeInView(context, input),
    clickInView: (input) => clickInView(context, input),
    submitView: (input) => submitView(context, input),
    closeView: (user) => closeView(context, user),
    messages: (channel, options) => messages(context, channel, options),
  };
}

export function createDriver(context: Context, seeds: Seeds, close: () => Promise<void>): Workspace {
  const { state, credentials, callLog, sockets } = context;
  const dump = () => ({
    messages: state.messages.map(({ channel, ts, text, visibleTo, blocks }) => ({
      channel,
      ts,
      text,
      visibleTo,
      blocks: blocks.map(({ type }) => type).join(' '),
    })),
    views: [...state.views.values()].flat().map(({ user, modal }) => ({ user, title: modal.title.text })),
    calls: callLog.records().map(({ method, error }) => `${method}: ${error ?? 'ok'}`),
    connections: sockets.connections(),
  });
  const wait: Workspace['waitFor'] = (predicate, options = {}) => waitFor(state, predicate, options, dump);
  return {
    ...seeds,
    ...inventory(context),
    ...actions(context),
    url: context.url(),
    apiUrl: `${context.url()}/api/`,
    botToken: credentials.botToken,
    appToken: credentials.appToken,
    signingSecret: credentials.signingSecret,
    team: state.team,
    app: state.app,
    settings: context.settings,
    faults: context.faults,
    imageOf: (url) => context.images.get(url),
    loadImage: (url) => context.images.load(url),
    fileOf: (id) => state.files.get(id),
    calls: () => callLog.records(),
    waitFor: wait,
    subscribe: (listener) => state.subscribe(listener),
    connections: () => sockets.connections(),
    async waitForApp(options) {
      await wait(() => sockets.connections() > 0, { describe: 'the app to connect', ...options });
    },
    disconnect: (reason) => sockets.disconnect(reason),
    drop: () => sockets.drop(),
    close,
  };
}
