import type { MessageBlock, ModalBlock } from './block-kit/blocks.js';
import type { JsonObject, MessageMetadata } from './model.js';

export interface SeenImage {
  altText: string;
  url?: string | undefined;
  fileId?: string | undefined;
  /** JSON pointer into the message: `/blocks/0/elements/2/hero_image`. */
  pointer: string;
  /** What stands in the image's place. */
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
  attachments: readonly JsonObject[];
  images: readonly SeenImage[];
  files: readonly { id: string; name: string; title: string }[];
  metadata?: MessageMetadata | undefined;
  threadTs?: string | undefined;
  isEdited: boolean;
  isEphemeral: boolean;
}

export interface SeenView {
  id: string;
  hash: string;
  callbackId: string;
  title: string;
  submit?: string | undefined;
  close?: string | undefined;
  privateMetadata: string;
  blocks: readonly ModalBlock[];
  /** What stands in inputs, menus and boxes, by block_id and action_id: text or an option's value, several for boxes and multi-selects. */
  values: Readonly<Record<string, Readonly<Record<string, string | readonly string[] | null>>>>;
  /** Field errors of the last submission, by block_id. */
  errors: Readonly<Record<string, string>>;
}
