import type { MessageBlock, Modal } from './block-kit/blocks.js';
import type { FieldValues } from './block-kit/fields.js';

/** JSON that the stand-in carries without looking into it. */
export type JsonObject = Record<string, unknown>;

export interface Team {
  id: string;
  domain: string;
  name: string;
}

/** The Enterprise organization that the workspace belongs to. */
export interface Enterprise {
  id: string;
  name: string;
  /** The app is installed in the organization, not in this workspace alone. */
  isInstalled: boolean;
  /** Its other workspaces. */
  otherTeams: readonly { id: string; name: string }[];
}

export interface App {
  id: string;
  name: string;
  botId: string;
  botUserId: string;
}

export interface Person {
  id: string;
  /** The handle, as typed after `@`. */
  name: string;
  realName: string;
  /** Set for a member of another workspace, who is in channels that are shared with it. */
  teamId?: string | undefined;
}

/** `direct`: between people; `app`: a person's conversation with the app. */
export type ChannelKind = 'public' | 'private' | 'direct' | 'app';

export interface Channel {
  id: string;
  /** Without `#`; empty for direct messages. */
  name: string;
  kind: ChannelKind;
  /** User IDs; the bot's is among them if it is a member. */
  members: Set<string>;
  isArchived: boolean;
}

export interface Message {
  channel: string;
  /** Slack's timestamp: seconds and microseconds. With the channel, the message's ID. */
  ts: string;
  user?: string | undefined;
  botId?: string | undefined;
  subtype?: 'bot_message' | 'file_share' | undefined;
  text: string;
  blocks: readonly MessageBlock[];
  /** IDs of the files that the message carries (not those its blocks show). */
  files: readonly string[];
  threadTs?: string | undefined;
  /** Shown as "(edited)": the text was changed without blocks. */
  isEdited: boolean;
  /** What each person has chosen in its select menus, by user. */
  choices?: ReadonlyMap<string, FieldValues> | undefined;
  /** The only person who sees an ephemeral message. */
  visibleTo?: string | undefined;
}

export interface SlackFile {
  id: string;
  /** Who uploaded it: a person, or the app's bot user. */
  user: string;
  name: string;
  title: string;
  altText?: string | undefined;
  /** Bytes promised with `files.getUploadURLExternal`. */
  length: number;
  content?: Buffer | undefined;
  mediaType: string;
  isComplete: boolean;
  createdAt: Date;
  /** Until then image blocks may not show it (`invalid slack file`). */
  processedAt: Date;
  /** Channels in which people can see it. Empty for a private file. */
  sharedIn: Set<string>;
  /** Chosen in a form of the app. */
  isGivenToApp: boolean;
}

/** One view of the modal on a person's screen. */
export interface OpenView {
  id: string;
  user: string;
  modal: Modal;
  /** Changes with the modal. */
  hash: string;
  values: FieldValues;
  /** Field errors of the last submission, by block_id. */
  errors: Readonly<Record<string, string>>;
}
