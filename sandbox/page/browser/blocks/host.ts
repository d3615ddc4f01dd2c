import { createContext, useContext } from 'react';
import type { MessageBlock, ModalBlock } from '../../../workspace/block-kit/blocks.js';
import type { SeenView } from '../../../workspace/seen.js';

export type Block = MessageBlock | ModalBlock;
export type BlockOf<Type extends Block['type']> = Extract<Block, { type: Type }>;

type InputElement = BlockOf<'input'>['element'];
/** What an input block holds. */
export type Element<Type extends InputElement['type']> = Extract<InputElement, { type: Type }>;

export type ActionElement = BlockOf<'actions'>['elements'][number];
export type ActionOf<Type extends ActionElement['type']> = Extract<ActionElement, { type: Type }>;
export type Confirmation = NonNullable<ActionElement['confirm']>;
export type TextObject = NonNullable<BlockOf<'section'>['text']>;
export type ImageSource = Pick<BlockOf<'image'>, 'image_url' | 'slack_file' | 'alt_text'>;

/** Text, the value of the selected option, or those of ticked checkboxes. */
type FormValue = string | readonly string[] | null;

/** By block_id. */
export type FormValues = Readonly<Record<string, FormValue>>;

/** A message that a link leads to. */
export interface LinkedMessage {
  channel: string;
  ts: string;
  /** The thread that it is a reply in. */
  threadTs: string | undefined;
}

/** What blocks need from the message or modal that they are in. */
export interface BlockHost {
  /** Names of people, channels and the app, by ID. */
  names: ReadonlyMap<string, string>;
  viewer: string;
  /** Whether images are loaded again although the browser has them. */
  reloadsImages: boolean;
  press(button: { blockId: string; actionId: string }): Promise<void>;
  /** null clears a select menu. */
  choose(choice: { blockId: string; actionId: string; value: string | null }): Promise<void>;
  /** The value chosen in a select menu. */
  chosen(menu: { blockId: string; actionId: string }): string | null;
  /** What the URL is a permalink of, if it is one of this workspace. */
  linkedMessage(url: string): LinkedMessage | undefined;
  /** Shows a message of any channel. */
  goTo(message: LinkedMessage): void;
  /** The fields of a modal. */
  form?: {
    values: FormValues;
    errors: Readonly<Record<string, string>>;
    /** `tellsApp`: the app is told at once, not only when the form is submitted. */
    change(blockId: string, value: FormValue, tellsApp: boolean): void;
    /** Puts these files in the place of others. Resolves to why they are refused. */
    attach(blockId: string, files: readonly File[]): Promise<string | undefined>;
    /** The names of those that a field holds. */
    filesOf(field: { blockId: string; actionId: string }): readonly string[];
  };
}

export const BlockHostContext = createContext<BlockHost>({
  names: new Map(),
  viewer: '',
  reloadsImages: false,
  press: () => Promise.resolve(),
  choose: () => Promise.resolve(),
  chosen: () => null,
  linkedMessage: () => undefined,
  goTo: () => {},
});

/** The value chosen in a select menu of this message or modal. */
export function chosenIn({ values }: Pick<SeenView, 'values'>, blockId: string, actionId: string): string | null {
  const held = values[blockId]?.[actionId];
  return typeof held === 'string' ? held : null;
}

export const useBlockHost = (): BlockHost => useContext(BlockHostContext);

/** Opens pages as Slack does: a message of this workspace here, anything else in a new tab. */
export function useOpenUrl(): (url: string) => void {
  const { linkedMessage, goTo } = useBlockHost();
  return (url) => {
    const message = linkedMessage(url);
    if (message) goTo(message);
    else window.open(url, '_blank', 'noreferrer');
  };
}
