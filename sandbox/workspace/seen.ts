import type { MessageBlock, ModalBlock } from './block-kit/blocks.js';
import type { FieldValue } from './block-kit/fields.js';

/** What fields and select menus hold, by block_id and action_id: text, an option's value, or a list of values or file IDs. */
type SeenValues = Readonly<Record<string, Readonly<Record<string, FieldValue | null>>>>;

export interface SeenFile {
  id: string;
  name: string;
  title: string;
  mediaType: string;
}

interface SeenImage {
  altText: string;
  url?: string | undefined;
  fileId?: string | undefined;
  /** What is shown instead of the image. */
  problem?: 'file not found' | 'broken image' | undefined;
}

/** A message as a person sees it. */
export interface SeenMessage {
  channel: string;
  ts: string;
  user?: string | undefined;
  botId?: string | undefined;
  text: string;
  blocks: readonly MessageBlock[];
  images: readonly SeenImage[];
  /** What this person has chosen in it. */
  values: SeenValues;
  files: readonly SeenFile[];
  threadTs?: string | undefined;
  isEdited: boolean;
  isEphemeral: boolean;
}

/** A modal as a person sees it. */
export interface SeenView {
  id: string;
  /** Changes with the modal. */
  hash: string;
  callbackId: string;
  title: string;
  submit?: string | undefined;
  close?: string | undefined;
  privateMetadata: string;
  blocks: readonly ModalBlock[];
  values: SeenValues;
  /** Those that its fields hold. */
  files: readonly SeenFile[];
  /** How many views of the modal are below this one. */
  below: number;
  /** Field errors of the last submission, by block_id. */
  errors: Readonly<Record<string, string>>;
}
