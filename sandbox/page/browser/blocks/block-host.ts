import { createContext, useContext } from 'react';
import type { ImageElement } from '../../../workspace/block-kit/images.js';
import type { FormValue } from '../modal-form.js';

export interface ElementAction {
  blockId: string;
  actionId: string;
  /** Values of the chosen options. */
  selected?: string[];
}

/** What blocks need from the place where they stand: a message, or a modal. */
export interface BlockHost {
  /** The names of people and of the app by their ids. */
  names: ReadonlyMap<string, string>;
  channelNames: ReadonlyMap<string, string>;
  /** The person who looks. */
  viewer: string;
  /** Where the image can be loaded, or why it cannot be seen. */
  findImage(image: ImageElement): { source: string } | { problem: string };
  act(action: ElementAction): Promise<void>;
  /** The fields of a modal. */
  form?: {
    values: Readonly<Record<string, FormValue>>;
    errors: Readonly<Record<string, string>>;
    change(blockId: string, value: FormValue): void;
  };
}

const nowhere: BlockHost = {
  names: new Map(),
  channelNames: new Map(),
  viewer: '',
  findImage: () => ({ problem: 'broken image' }),
  act: () => Promise.resolve(),
};

export const BlockHostContext = createContext(nowhere);

export const useBlockHost = (): BlockHost => useContext(BlockHostContext);
