import type { WireLog } from '../wire-log.js';
import type { CallLog } from './call-log.js';
import type { Ids } from './ids.js';
import type { ImageProxy } from './image-proxy.js';
import type { WorkspaceFaults, WorkspaceSettings } from './options.js';
import type { ResponseUrls } from './response-urls.js';
import type { SocketMode } from './socket-mode.js';
import type { State } from './state.js';
import type { Triggers } from './triggers.js';

interface Credentials {
  botToken: string;
  appToken: string;
  signingSecret: string;
  scopes: readonly string[];
}

/** What the parts of the workspace share. */
export interface Context {
  state: State;
  settings: WorkspaceSettings;
  credentials: Credentials;
  faults: WorkspaceFaults;
  images: ImageProxy;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  sockets: SocketMode;
  callLog: CallLog;
  wireLog: WireLog | undefined;
  ids: Ids;
  now: () => Date;
  /** Where the workspace listens; known once it does. */
  url(): string;
}
