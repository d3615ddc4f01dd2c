import { createFaults } from '../faults.js';
import { listen } from '../http.js';
import { createCallLog } from './call-log.js';
import type { Context } from './context.js';
import { createDriver } from './create-driver.js';
import type { Workspace } from './driver.js';
import { createIds } from './ids.js';
import { createImageProxy } from './image-proxy.js';
import type { WorkspaceFaults, WorkspaceOptions, WorkspaceSettings } from './options.js';
import { createResponseUrls } from './response-urls.js';
import { seedApp, seedChannels, seedPeople, seedTeam } from './seeds.js';
import { createWorkspaceServer } from './server.js';
import { createSocketMode } from './socket-mode.js';
import { createState } from './state.js';
import { createTriggers } from './triggers.js';

const slacksOwn: WorkspaceSettings = {
  requestUrl: undefined,
  carousels: true,
  messagesTab: true,
  fileProcessingMs: 0,
  acknowledgementMs: 3000,
  imageDownloadMs: 10_000,
};

const defaultScopes = ['commands', 'chat:write', 'chat:write.public', 'files:write'];

/** Starts a small Slack workspace on the loopback address, with three people, five channels and the app installed. */
export async function startWorkspace(options: WorkspaceOptions = {}): Promise<Workspace> {
  const now = options.now ?? (() => new Date());
  const app = seedApp();
  const people = seedPeople();
  const channels = seedChannels(app, people);
  const state = createState(
    { team: seedTeam(options.teamId ?? 'T0SANDBOX1'), enterprise: options.enterprise },
    app,
    people,
    channels,
  );
  const settings = { ...slacksOwn, ...options.settings };
  const faults: WorkspaceFaults = {
    calls: createFaults(),
    responseUrls: createFaults(),
    images: createFaults(),
    deliveries: createFaults(),
  };
  const ids = createIds(now);
  let port = 0;
  const url = () => `http://127.0.0.1:${port}`;
  const context: Context = {
    state,
    settings,
    faults,
    ids,
    now,
    url,
    credentials: {
      botToken: options.botToken ?? 'xoxb-sandbox',
      appToken: options.appToken ?? 'xapp-sandbox',
      signingSecret: options.signingSecret ?? 'sandbox-signing-secret',
      scopes: options.scopes ?? defaultScopes,
    },
    images: createImageProxy(settings, faults.images),
    triggers: createTriggers(now, ids),
    responseUrls: createResponseUrls(state.team.id, now, ids),
    sockets: createSocketMode({ app, url, random: options.random ?? Math.random, changed: state.changed }),
    callLog: createCallLog(options.wireLog, state.changed),
    wireLog: options.wireLog,
  };
  const server = createWorkspaceServer(context);
  context.sockets.attach(server);
  const listening = await listen(server, options.port);
  port = listening.port;
  return createDriver(context, { people, channels }, async () => {
    context.sockets.close();
    await listening.close();
  });
}
