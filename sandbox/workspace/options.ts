import type { Faults } from '../faults.js';
import type { WireLog } from '../wire-log.js';
import type { Enterprise, JsonObject } from './model.js';

/** Those of the app's manifest. Reading people's files takes `files:read` besides. */
export const defaultScopes: readonly string[] = ['commands', 'chat:write', 'chat:write.public', 'files:write'];

export interface WorkspaceOptions {
  /** Scopes granted to the bot token. Defaults to `defaultScopes`. */
  scopes?: readonly string[] | undefined;
  signingSecret?: string | undefined;
  teamId?: string | undefined;
  enterprise?: Enterprise | undefined;
  wireLog?: WireLog | undefined;
  /** The clock for timestamps, trigger IDs, response URLs, file processing and signatures. */
  now?: (() => Date) | undefined;
  /** Chooses among open Socket Mode connections: a number in [0, 1). */
  random?: (() => number) | undefined;
  settings?: Partial<WorkspaceSettings> | undefined;
}

/** What may be changed while the workspace runs. */
export interface WorkspaceSettings {
  /** Where Slack posts commands and interactions. They go through Socket Mode if this is undefined. */
  requestUrl: string | undefined;
  /** Whether carousels are known here; if not, they are `invalid_blocks`. */
  carousels: boolean;
  /** Whether the app may write to people in their conversation with it: `features.app_home.messages_tab_enabled` of its manifest. */
  messagesTab: boolean;
  /** How long after an upload a file can be shown in an image block, in milliseconds. */
  fileProcessingMs: number;
  /** How long the app has to acknowledge. Slack's is 3000. */
  acknowledgementMs: number;
  /** How long an image may take to download. Slack's is about 10,000. */
  imageDownloadMs: number;
}

/** One call of the app: a Web API method, `upload`, `download` or `response_url`. */
interface Call {
  method: string;
  /** Parsed, without the token. */
  arguments: JsonObject;
}

export interface CallRecord extends Call {
  at: Date;
  ok: boolean;
  /** Slack's error code, or the fault: `http_500`, `rate_limited`, `reset`, `answer_lost`. */
  error?: string | undefined;
}

/**
 * `slow`: performed and answered after `ms`. `answer_lost`: performed, then the connection is dropped. `reset`: dropped, not
 * performed. `error`: answered with this code, not performed (a response URL answers it as bare text with 400).
 */
export type CallFault =
  | { kind: 'slow'; ms: number }
  | { kind: 'rate_limited'; retryAfterSeconds: number }
  | { kind: 'http_500' | 'reset' | 'answer_lost' }
  | { kind: 'error'; error: string; details?: JsonObject };

/** The image cannot be downloaded, although the URL may be good. */
type ImageFault = { kind: 'refused' };

/** What Slack sends to the app: `slash_commands`, or the `type` of an interaction. */
export interface Delivery {
  type: string;
  payload: JsonObject;
}

/**
 * When a Socket Mode connection ends. `before_envelope`: before the envelope arrives. `with_envelope`: the envelope arrives
 * together with the order to disconnect. `before_ack`: the acknowledgement is lost. `after_ack`: Slack has it.
 */
export type DropMoment = 'before_envelope' | 'with_envelope' | 'before_ack' | 'after_ack';

/** `duplicate`: the app gets the same payload twice. `drop`: the connection that it goes through ends; Socket Mode only. */
type DeliveryFault = { kind: 'duplicate' } | { kind: 'drop'; moment: DropMoment };

export interface WorkspaceFaults {
  /** Web API calls, uploads (method `upload`) and downloads of files (method `download`, the argument `file`). */
  calls: Faults<Call, CallFault>;
  /** Posts to response URLs. The arguments are the posted message. */
  responseUrls: Faults<Call, CallFault>;
  images: Faults<{ url: string }, ImageFault>;
  deliveries: Faults<Delivery, DeliveryFault>;
}
