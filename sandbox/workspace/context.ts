import type { WireLog } from '../wire-log.js';
import type { Images } from './images.js';
import type { CallRecord, WorkspaceFaults, WorkspaceSettings } from './options.js';
import type { ResponseUrls, Triggers } from './single-use.js';
import type { SocketMode } from './socket-mode.js';
import type { Ids, State } from './state.js';

/** What the parts of the workspace share. */
export interface Context {
  state: State;
  settings: WorkspaceSettings;
  credentials: { botToken: string; appToken: string; signingSecret: string; scopes: readonly string[] };
  faults: WorkspaceFaults;
  images: Images;
  triggers: Triggers;
  responseUrls: ResponseUrls;
  sockets: SocketMode;
  logCall(record: Omit<CallRecord, 'at' | 'ok'>): void;
  wireLog: WireLog | undefined;
  ids: Ids;
  now: () => Date;
  /** Where the workspace listens; known once it does. */
  url(): string;
}
