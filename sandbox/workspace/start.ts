import { inspect } from 'node:util';
import { createFaults } from '../faults.js';
import { listen } from '../http.js';
import { createRecent } from '../recent.js';
import type { Context } from './context.js';
import type { WaitOptions, Workspace } from './driver.js';
import { redact } from './exchange.js';
import { createImages } from './images.js';
import {
  type CallRecord,
  defaultScopes,
  type WorkspaceFaults,
  type WorkspaceOptions,
  type WorkspaceSettings,
} from './options.js';
import { choose, click, command, shortcut } from './person/act.js';
import { chooseInView, clickInView, closeView, dismissView, openView, typeInView } from './person/modal.js';
import { post } from './person/post.js';
import { messages } from './person/read.js';
import { submitView } from './person/submit.js';
import { createWorkspaceServer } from './server.js';
import { createResponseUrls, createTriggers } from './single-use.js';
import { createSocketMode } from './socket-mode.js';
import { createIds, createState, newChannel } from './state.js';

const defaultSettings: WorkspaceSettings = {
  requestUrl: undefined,
  carousels: true,
  messagesTab: true,
  fileProcessingMs: 0,
  acknowledgementMs: 3000,
  imageDownloadMs: 10_000,
};

/** Starts a small Slack workspace on the loopback address, with three people, five channels and the app installed. */
export async function startWorkspace(options: WorkspaceOptions = {}): Promise<Workspace> {
  const { now = () => new Date(), wireLog } = options;
  const { state, people, channels } = createState(options.teamId, options.enterprise);
  const settings = { ...defaultSettings, ...options.settings };
  const faults: WorkspaceFaults = {
    calls: createFaults(),
    responseUrls: createFaults(),
    images: createFaults(),
    deliveries: createFaults(),
  };
  const ids = createIds(now);
  const calls = createRecent<CallRecord>();
  let port = 0;
  const url = () => `http://127.0.0.1:${port}`;
  const context: Context = {
    state,
    settings,
    faults,
    ids,
    now,
    url,
    wireLog,
    credentials: {
      botToken: 'xoxb-sandbox',
      appToken: 'xapp-sandbox',
      signingSecret: options.signingSecret ?? 'sandbox-signing-secret',
      scopes: options.scopes ?? defaultScopes,
    },
    images: createImages(settings, faults.images),
    triggers: createTriggers(now, ids),
    responseUrls: createResponseUrls(state.team.id, now, ids),
    sockets: createSocketMode({ app: state.app, url, random: options.random ?? Math.random, changed: state.changed }),
    logCall(call) {
      const { method: operation, error } = call;
      calls.add({ ...call, at: now(), ok: error === undefined });
      const detail = redact(call.arguments);
      wireLog?.record({ service: 'slack', direction: 'in', operation, status: error ?? 'ok', detail });
      state.changed();
    },
  };
  const server = createWorkspaceServer(context);
  context.sockets.attach(server);
  const listening = await listen(server);
  port = listening.port;
  return {
    people,
    channels,
    settings,
    faults,
    ...drive(context, () => calls.all()),
    calls: () => calls.all(),
    async close() {
      context.sockets.close();
      await listening.close();
    },
  };
}

type Driven = Omit<Workspace, 'people' | 'channels' | 'settings' | 'faults' | 'calls' | 'close'>;

function drive(context: Context, calls: () => readonly CallRecord[]): Driven {
  const { state, credentials, sockets, images, ids } = context;
  const { botToken, appToken, signingSecret } = credentials;
  const dump = () => ({
    messages: state.messages.map(({ channel, ts, text, visibleTo, blocks }) => {
      return { channel, ts, text, visibleTo, blocks: blocks.map(({ type }) => type).join(' ') };
    }),
    views: [...state.views.values()].flat().map(({ user, modal }) => ({ user, title: modal.title.text })),
    calls: calls().map(({ method, error }) => `${method}: ${error ?? 'ok'}`),
    connections: sockets.connections(),
  });
  const wait: Workspace['waitFor'] = (predicate, options = {}) => waitFor(context, predicate, options, dump);
  return {
    url: context.url(),
    apiUrl: `${context.url()}/api/`,
    botToken,
    appToken,
    signingSecret,
    team: state.team,
    app: state.app,
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
    command: (input) => command(context, input),
    click: (input) => click(context, input),
    choose: (input) => choose(context, input),
    shortcut: (input) => shortcut(context, input),
    post: (input) => post(context, input),
    openView: (user) => openView(context, user),
    typeInView: (input) => typeInView(context, input),
    clickInView: (input) => clickInView(context, input),
    chooseInView: (input) => chooseInView(context, input),
    submitView: (input) => submitView(context, input),
    closeView: (user) => closeView(context, user),
    dismissView: (user) => dismissView(context, user),
    messages: (channel, options) => messages(context, channel, options),
    imageOf: images.get,
    loadImage: images.load,
    fileOf: (id) => state.files.get(id),
    waitFor: wait,
    subscribe: state.subscribe,
    connections: sockets.connections,
    async waitForApp(options) {
      await wait(() => sockets.connections() > 0, { describe: 'the app to connect', ...options });
    },
    disconnect: sockets.disconnect,
    drop: sockets.drop,
  };
}

/** Asks at once and again at each change of the workspace; nothing is polled. */
function waitFor<Answer>(
  { state }: Context,
  predicate: () => Answer | undefined | false,
  { timeoutMs = 5000, describe = 'what was waited for' }: WaitOptions,
  dump: () => unknown,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      unsubscribe();
      finish();
    };
    const ask = (): void => {
      try {
        const answer = predicate();
        if (answer !== undefined && answer !== false) settle(() => resolve(answer));
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const unsubscribe = state.subscribe(ask);
    const timer = setTimeout(() => {
      const there = inspect(dump(), { depth: 8, breakLength: 120, maxStringLength: 300 });
      settle(() => reject(new Error(`Waited ${timeoutMs} ms in vain for ${describe}. There is:\n${there}`)));
    }, timeoutMs);
    ask();
  });
}
