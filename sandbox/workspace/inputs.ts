import type { JsonObject } from './model.js';

export interface CommandInput {
  user: string;
  channel: string;
  /** As typed: `@ana`, `#marketing`, links and `&` reach the app escaped (`should_escape`). */
  text: string;
  /** Default `/imagine`. */
  command?: string | undefined;
}

export interface ClickInput {
  user: string;
  channel: string;
  messageTs: string;
  actionId: string;
  blockId?: string | undefined;
  /** Values of the chosen options, for menus and boxes. */
  selected?: readonly string[] | undefined;
  /** What the person says where the element has a `confirm` dialog. Default true. */
  confirm?: boolean | undefined;
}

export interface ShortcutInput {
  user: string;
  channel: string;
  messageTs: string;
  callbackId: string;
}

export interface PostInput {
  channel: string;
  /** The person who posts. Left out: another app does. */
  user?: string | undefined;
  text?: string | undefined;
  /** Block Kit, for another app's message. */
  blocks?: unknown;
  attachments?: readonly JsonObject[] | undefined;
  /** An image or document attached by the person. */
  file?: { name: string; mediaType: string; content: Buffer } | undefined;
  threadTs?: string | undefined;
}

/** By block_id: text and numbers as typed, an option's value, several values for boxes and multi-selects; null clears. */
export type SubmittedValues = Readonly<Record<string, string | readonly string[] | null>>;

export interface SubmitInput {
  user: string;
  /** Fields left out keep what stands in them. */
  values?: SubmittedValues | undefined;
}

export interface TypeInput {
  user: string;
  values: SubmittedValues;
}

export interface ViewClickInput extends Pick<ClickInput, 'user' | 'actionId' | 'blockId' | 'selected' | 'confirm'> {
  /** What the person types into input blocks before. */
  values?: SubmittedValues | undefined;
}
