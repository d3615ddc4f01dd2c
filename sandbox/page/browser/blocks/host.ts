import { createContext, useContext } from 'react';
import type { MessageBlock, ModalBlock } from '../../../workspace/block-kit/blocks.js';

export type Block = MessageBlock | ModalBlock;
export type BlockOf<Type extends Block['type']> = Extract<Block, { type: Type }>;

export type Button = BlockOf<'actions'>['elements'][number];
export type Confirmation = NonNullable<Button['confirm']>;
export type TextObject = NonNullable<BlockOf<'section'>['text']>;
export type ImageSource = Pick<BlockOf<'image'>, 'image_url' | 'slack_file' | 'alt_text'>;

/** By block_id: text, or the value of the selected option. */
export type FormValues = Readonly<Record<string, string | null>>;

/** What blocks need from the message or modal that they are in. */
export interface BlockHost {
  /** Names of people, channels and the app, by ID. */
  names: ReadonlyMap<string, string>;
  viewer: string;
  /** Whether images are loaded again although the browser has them. */
  reloadsImages: boolean;
  press(button: { blockId: string; actionId: string }): Promise<void>;
  /** The fields of a modal. */
  form?: {
    values: FormValues;
    errors: Readonly<Record<string, string>>;
    /** `tellsApp`: the app is told at once, not only when the form is submitted. */
    change(blockId: string, value: string | null, tellsApp: boolean): void;
  };
}

export const BlockHostContext = createContext<BlockHost>({
  names: new Map(),
  viewer: '',
  reloadsImages: false,
  press: () => Promise.resolve(),
});

export const useBlockHost = (): BlockHost => useContext(BlockHostContext);
