import { createContext, useContext } from 'react';
import type { SeenMessage } from '../../workspace/seen.js';
import type { InstalledShortcut } from '../protocol.js';
import type { ElementAction } from './blocks/block-host.js';

/** What the person who looks can do with a message. */
export interface Actions {
  click(message: SeenMessage, action: ElementAction): Promise<void>;
  runShortcut(message: SeenMessage, shortcut: InstalledShortcut): Promise<void>;
  openThread(ts: string): void;
}

const nothing: Actions = {
  click: () => Promise.resolve(),
  runShortcut: () => Promise.resolve(),
  openThread: () => {},
};

export const ActionsContext = createContext(nothing);

export const useActions = (): Actions => useContext(ActionsContext);
