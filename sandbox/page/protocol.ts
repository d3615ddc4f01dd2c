import type { WireEntry } from '../wire-log.js';
import type { ChannelKind, Person } from '../workspace/model.js';
import type { SeenMessage, SeenView } from '../workspace/seen.js';

/*
 * What the page's server and its browser part say to each other, in JSON.
 */

export interface ShownChannel {
  id: string;
  name: string;
  kind: ChannelKind;
  members: readonly string[];
  hasApp: boolean;
}

export interface InstalledCommand {
  command: string;
  description: string;
  usageHint: string;
}

export interface InstalledShortcut {
  name: string;
  callbackId: string;
  type: 'message' | 'global';
}

/** `connecting`: its process runs, and no Socket Mode connection is open yet. */
export type AppStatus = 'connecting' | 'connected' | 'stopped';

export interface ShownTrouble {
  id: string;
  service: 'slack' | 'bedrock' | 'comprehend' | 's3';
  label: string;
  /** What the product should make of it. */
  hint: string;
  /** Calls that will still meet it. */
  left: number;
}

export interface ShownSwitch {
  id: string;
  label: string;
  hint: string;
  isOn: boolean;
}

/** What one person's screen holds, but for the messages. Sent whole when any of it changed. */
export interface Screen {
  team: string;
  app: { name: string; botId: string; botUserId: string; status: AppStatus };
  people: readonly Person[];
  channels: readonly ShownChannel[];
  /** By channel: `ts` of the newest message that the person sees. */
  latest: Readonly<Record<string, string>>;
  commands: readonly InstalledCommand[];
  shortcuts: readonly InstalledShortcut[];
  view: SeenView | null;
  troubles: readonly ShownTrouble[];
  switches: readonly ShownSwitch[];
}

/** The newest messages of the channel: which there are, in order, and those among them that changed since the last time. */
export interface MessagesUpdate {
  order: readonly string[];
  changed: readonly SeenMessage[];
  /** Messages that are older than these. */
  older: number;
}

/** An exchange without its detail, which is asked for when somebody wants to read it. */
export interface WireLine extends Pick<WireEntry, 'service' | 'direction' | 'operation' | 'status'> {
  id: number;
  /** ISO 8601. */
  at: string;
}

export interface ShownObject {
  key: string;
  size: number;
  contentType: string;
  lastModified: string;
}

export interface ShownObjects {
  total: number;
  /** The newest first. */
  newest: readonly ShownObject[];
}

/** What became of something that a person did. */
export type Outcome =
  | { outcome: 'done' }
  | { outcome: 'field_errors' }
  /** Slack's word for it, such as `operation_timeout`. */
  | { outcome: 'failed'; failure: string };
