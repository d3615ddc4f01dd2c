import type { App, Channel, ChannelKind, Person, SlackFile, Team } from './model.js';
import type { CallRecord, WorkspaceFaults, WorkspaceSettings } from './options.js';
import type { SeenMessage, SeenView } from './seen.js';
import type { SeededChannels, SeededPeople } from './state.js';

export interface CommandInput {
  user: string;
  channel: string;
  /** As typed: `@ana`, `#marketing`, links and `&` reach the app escaped (`should_escape`). */
  text: string;
  /** Defaults to `/imagine`. */
  command?: string | undefined;
}

export interface ClickInput {
  user: string;
  channel: string;
  messageTs: string;
  actionId: string;
  blockId?: string | undefined;
}

export interface ChooseInput extends ClickInput {
  /** The option's; null is a select menu's "Clear selection". */
  value: string | null;
}

export interface ShortcutInput {
  user: string;
  channel: string;
  messageTs: string;
  callbackId: string;
}

/** A file from a person's disk. Slack tells its type by its name, not by its bytes. */
export interface UploadInput {
  name: string;
  content: Buffer;
  /** Defaults to the name. */
  title?: string | undefined;
}

export interface PostInput {
  channel: string;
  /** The person who posts. Without one, another app does. */
  user?: string | undefined;
  text?: string | undefined;
  /** Block Kit, for another app's message. */
  blocks?: unknown;
  /** What a person attaches. */
  files?: readonly UploadInput[] | undefined;
  threadTs?: string | undefined;
}

/** Text as typed, the value of an option, the values of all ticked checkboxes, or files from disk; null clears. */
type SubmittedValue = string | readonly string[] | readonly UploadInput[] | null;

/** By block_id. */
export type SubmittedValues = Readonly<Record<string, SubmittedValue>>;

export interface SubmitInput {
  user: string;
  /** Fields left out keep what they hold. */
  values?: SubmittedValues | undefined;
}

export interface TypeInput {
  user: string;
  values: SubmittedValues;
}

export interface ViewClickInput extends Pick<ClickInput, 'user' | 'actionId' | 'blockId'> {
  /** What the person types into input blocks before. */
  values?: SubmittedValues | undefined;
}

export interface ChooseInViewInput extends Pick<ChooseInput, 'user' | 'actionId' | 'blockId' | 'value'> {
  /** What the person types into input blocks before. */
  values?: SubmittedValues | undefined;
}

/** What the person reads if the app does not answer as it must. */
type DeliveryFailure =
  | 'operation_timeout'
  | 'dispatch_failed'
  | 'http_client_error'
  | 'http_service_error'
  | 'invalid_command_response'
  | 'invalid_response_action';

export type Acknowledgement =
  | { acknowledged: true; acknowledgedAfterMs: number; ack: unknown }
  | { acknowledged: false; failure: DeliveryFailure };

export type Submission =
  /** `closed`: this view; the one below it is shown again. `cleared`: the whole modal. */
  | { outcome: 'closed' | 'updated' | 'pushed' | 'cleared' }
  /** `slack`: refused before anything was sent (a required field is empty, a text too long). `app`: the app's field errors. */
  | { outcome: 'errors'; refusedBy: 'slack' | 'app'; errors: Readonly<Record<string, string>> }
  | { outcome: 'failed'; failure: DeliveryFailure };

export interface WaitOptions {
  /** Defaults to 5000. */
  timeoutMs?: number | undefined;
  /** What is waited for, told if it does not come. */
  describe?: string | undefined;
}

/** Why a socket is told to go. https://docs.slack.dev/apis/events-api/using-socket-mode */
export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled';

/** A running Slack workspace, and everything that people in it can do. IDs are Slack's: `U…`, `C…`, a message's `ts`. */
export interface Workspace {
  url: string;
  /** For `clientOptions.slackApiUrl`. */
  apiUrl: string;
  botToken: string;
  appToken: string;
  signingSecret: string;
  team: Team;
  app: App;
  people: SeededPeople;
  channels: SeededChannels;
  settings: WorkspaceSettings;
  faults: WorkspaceFaults;

  addPerson(person: { name: string; realName?: string; teamId?: string }): Person;
  /** Add `workspace.app.botUserId` to the members to make the bot one. */
  addChannel(channel: { name: string; kind: ChannelKind; members: readonly string[] }): Channel;
  everyone(): readonly Person[];
  everyChannel(): readonly Channel[];

  command(input: CommandInput): Promise<Acknowledgement>;
  /** Presses a button of a message that this person sees. */
  click(input: ClickInput): Promise<Acknowledgement>;
  /**
   * Chooses an option of an overflow or select menu of a message that this person sees. Throws for what a select menu holds
   * already, which would be no change.
   */
  choose(input: ChooseInput): Promise<Acknowledgement>;
  /** Picks a message shortcut from a message's menu. */
  shortcut(input: ShortcutInput): Promise<Acknowledgement>;
  post(input: PostInput): SeenMessage;

  /** The modal on this person's screen: the visible one of its views. */
  openView(user: string): SeenView | undefined;
  /** Fills in input blocks of the modal. Returns one acknowledgement for each choice with `dispatch_action`. */
  typeInView(input: TypeInput): Promise<readonly Acknowledgement[]>;
  /** Presses a button of the modal, after typing. */
  clickInView(input: ViewClickInput): Promise<Acknowledgement>;
  /** Chooses an option of an overflow or select menu of the modal, inputs aside, after typing. */
  chooseInView(input: ChooseInViewInput): Promise<Acknowledgement>;
  submitView(input: SubmitInput): Promise<Submission>;
  /**
   * Presses the close button of the visible view: the one below it is shown again. Resolves when the app has been told, if it
   * asked to be.
   */
  closeView(user: string): Promise<void>;
  /** Presses the X, which ends the whole modal. */
  dismissView(user: string): Promise<void>;

  /** Oldest first, thread replies included. `as`: with what only this person sees. */
  messages(channel: string, options?: { as?: string }): readonly SeenMessage[];
  /** Slack's copy of an image that it downloaded. It keeps those used last, 64 MiB in all. */
  imageOf(url: string): { bytes: Buffer; mediaType: string } | undefined;
  /** The same, downloaded again if it was let go. Undefined if no message showed the image, or its URL no longer works. */
  loadImage(url: string): Promise<{ bytes: Buffer; mediaType: string } | undefined>;
  fileOf(id: string): SlackFile | undefined;
  /** The last 2,000 calls of the app, oldest first. */
  calls(): readonly CallRecord[];

  /** Asks again at each change until the answer is neither undefined nor false. Throws on time-out, telling what there is. */
  waitFor<Answer>(predicate: () => Answer | undefined | false, options?: WaitOptions): Promise<Answer>;
  subscribe(listener: () => void): () => void;
  /** Open Socket Mode connections. */
  connections(): number;
  waitForApp(options?: WaitOptions): Promise<void>;
  /** Tells every connection to go. */
  disconnect(reason: DisconnectReason): void;
  /** Ends every connection without a word, as a network does. */
  drop(): void;
  close(): Promise<void>;
}
