import type { Variables } from '../config.js';
import type { Dialog } from './dialog.js';
import type { SetupOptions } from './options.js';

/** What the steps of the wizard share. */
export interface Setup {
  dialog: Dialog;
  options: SetupOptions;
  /** What is set so far, in this run or before; undefined if empty. */
  known(name: string): string | undefined;
  set(name: string, value: string): void;
  /** What is no setting of the app's. */
  answers: { mode?: 'socket' | 'http'; unpickedDays?: number | undefined };
  variables(): Variables;
  openBrowser(address: string): void;
  /** A few characters for a name that no one else has. */
  random(): string;
}
