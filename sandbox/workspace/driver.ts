import type {
  ClickInput,
  CommandInput,
  PostInput,
  ShortcutInput,
  SubmitInput,
  TypeInput,
  ViewClickInput,
} from './inputs.js';
import type { App, Channel, ChannelKind, Person, SlackFile, Team } from './model.js';
import type { CallRecord, WorkspaceFaults, WorkspaceSettings } from './options.js';
import type { SeenMessage, SeenView } from './seen.js';

/** What the person reads where the app does not answer as it must. */
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

/** `cancelled`: the person said no in the confirmation dialog, and nothing was sent. */
export type ClickResult = Acknowledgement | { acknowledged: false; failure: 'cancelled' };

export type Submission =
  | { outcome: 'closed' | 'updated' | 'pushed' | 'cleared'; acknowledgedAfterMs: number; ack: unknown }
  /** `slack`: refused before anything was sent (a required field is empty, a text too long); `app`: the app's field errors. */
  | { outcome: 'errors'; refusedBy: 'slack' | 'app'; errors: Readonly<Record<string, string>> }
  | { outcome: 'failed'; failure: DeliveryFailure };

export interface WaitOptions {
  /** Default 5000. */
  timeoutMs?: number | undefined;
  /** What is waited for, told when it does not come. */
  describe?: string | undefined;
}

interface NewChannel {
  name: string;
  kind: ChannelKind;
  /** User ids; add `workspace.app.botUserId` to make the bot a member. */
  members: readonly string[];
}

/** Why a socket is told to go. https://docs.slack.dev/apis/events-api/using-socket-mode */
export type DisconnectReason = 'warning' | 'refresh_requested' | 'link_disabled';

export interface SeededPeople {
  ana: Person;
  ben: Person;
  chika: Person;
}

export interface SeededChannels {
  /** Public; the bot is a member. */
  marketing: Channel;
  /** Public; the bot is not a member. */
  random: Channel;
  /** Private; the bot is not a member. Ana and Ben are. */
  secret: Channel;
  /** Between Ana and Ben. */
  anaAndBen: Channel;
  /** Ana's conversation with the app. */
  app: Channel;
}

/** A running Slack workspace, and everything that people in it can do. Ids are Slack's: `U…`, `C…`, a message's `ts`. */
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
  addChannel(channel: NewChannel): Channel;
  /** Everybody and everything there is, the seeds among them. */
  everyone(): readonly Person[];
  everyChannel(): readonly Channel[];

  command(input: CommandInput): Promise<Acknowledgement>;
  click(input: ClickInput): Promise<ClickResult>;
  shortcut(input: ShortcutInput): Promise<Acknowledgement>;
  post(input: PostInput): SeenMessage;

  /** The modal on top of this person's screen. */
  openView(user: string): SeenView | undefined;
  /**
   * Fills in input blocks of the modal on top and leaves it open. Answers one acknowledgement for each field that the app is told
   * of: choices with `dispatch_action`, texts that ask for `on_character_entered`.
   */
  typeInView(input: TypeInput): Promise<readonly Acknowledgement[]>;
  /**
   * Presses a button or chooses from a menu of the modal on top; in an input block with `dispatch_action`, chooses, or presses
   * enter in a text.
   */
  clickInView(input: ViewClickInput): Promise<ClickResult>;
  submitView(input: SubmitInput): Promise<Submission>;
  /** Dismisses the modal on top; resolves when the app has been told, where it asked to be. */
  closeView(user: string): Promise<void>;

  /** Oldest first, thread replies included; `as`: with what only this person sees. */
  messages(channel: string, options?: { as?: string }): readonly SeenMessage[];
  /** What Slack keeps of an image that it downloaded: the bytes of those used last, 64 MiB in all. */
  imageOf(url: string): { bytes: Buffer; mediaType: string } | undefined;
  /** The same, downloaded again where it was let go; undefined where the image was never downloaded, or its URL no longer works. */
  loadImage(url: string): Promise<{ bytes: Buffer; mediaType: string } | undefined>;
  fileOf(id: string): SlackFile | undefined;
  /** The last 2,000 calls of the app, oldest first. */
  calls(): readonly CallRecord[];

  /** Asks again at each change until the answer is neither undefined nor false; on time-out throws, telling what there is. */
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
