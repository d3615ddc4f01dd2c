import type { WireEntry } from '../wire-log.js';
import type { Channel, Person } from '../workspace/model.js';
import type { SeenMessage, SeenView } from '../workspace/seen.js';

/*
 * What the page's server and browser exchange, as JSON.
 */

/** What one user's screen shows. Sent whole at first, later only the parts that changed. */
export interface Screen {
  team: string;
  /** The part of the workspace's address before `.slack.com`. */
  domain: string;
  /** `takesMessages`: whether a person may write in their conversation with the app. */
  app: { name: string; botId: string; botUserId: string; status: AppStatus; takesMessages: boolean };
  people: readonly Person[];
  channels: readonly ShownChannel[];
  commands: readonly InstalledCommand[];
  shortcuts: readonly InstalledShortcut[];
  /** The newest messages of the open channel, with all replies to them. */
  messages: readonly SeenMessage[];
  /** How many older messages the channel has. */
  older: number;
  view: SeenView | null;
  faults: readonly ShownFault[];
  switches: readonly ShownSwitch[];
  wire: readonly WireLine[];
}

/** `connecting`: the process runs, but has no Socket Mode connection yet. */
export type AppStatus = 'connecting' | 'connected' | 'stopped';

export interface ShownChannel extends Pick<Channel, 'id' | 'name' | 'kind'> {
  members: readonly string[];
  hasApp: boolean;
  /** `ts` of the newest message that the user can see. */
  latest: string;
}

export interface InstalledCommand {
  command: string;
  description: string;
  usageHint: string;
}

/** A message shortcut. */
export interface InstalledShortcut {
  name: string;
  callbackId: string;
}

export interface ShownFault {
  id: string;
  service: 'Bedrock' | 'Slack' | 'S3' | 'Comprehend';
  label: string;
  hint: string;
  /** How many more calls will fail this way. */
  left: number;
}

export interface ShownSwitch {
  id: string;
  label: string;
  hint: string;
  isOn: boolean;
}

/** One exchange with a stand-in. Its detail is loaded only when opened. */
export interface WireLine extends Pick<WireEntry, 'service' | 'direction' | 'operation' | 'status'> {
  id: number;
  /** ISO 8601. */
  at: string;
}

/** An object in the bucket. */
export interface ShownObject {
  key: string;
  size: number;
  contentType: string;
  lastModified: string;
}

/** The result of a user's action. `failure` is Slack's code, such as `operation_timeout`. */
export interface Outcome {
  failure?: string;
}
