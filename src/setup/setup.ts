import dotenv from 'dotenv';
import type { Variables } from '../config.js';
import { ok } from '../core/check-result.js';
import { ConfigurationError } from '../core/errors.js';
import type { Dialog } from './dialog.js';
import { changedNames, mergeSettings, readEnvFile, readExample, type Settings, writeEnvFile } from './env-file.js';
import type { SetupOptions } from './options.js';

export interface SetupDeps {
  dialog: Dialog;
  options: SetupOptions;
  /** The folder of `.env`. */
  folder: string;
  /** Those of the process, which the AWS SDK reads too: what is answered is put there at once. */
  variables: Record<string, string | undefined>;
  /** What came by standard input, and goes to `.env`. */
  given: Settings;
  /** Ctrl+C between two questions. */
  interrupted: Promise<unknown>;
  openBrowser(address: string): void;
  random(): string;
}

/** What the steps of the wizard share. */
export interface Setup {
  dialog: Dialog;
  options: SetupOptions;
  /** What is set so far, in this run or before; undefined if empty. */
  known(name: string): string | undefined;
  set(name: string, value: string): void;
  /** Whether `.env` has it. */
  isSaved(name: string): boolean;
  /** Writes what is set to `.env`, so that a later run goes on from there. */
  save(): Promise<void>;
  /** What is no setting of the app's. */
  answers: { mode?: 'socket' | 'http'; unpickedDays?: number | undefined };
  variables(): Variables;
  openBrowser(address: string): void;
  /** A few characters for a name that no one else has. */
  random(): string;
}

export function createSetup({ folder, variables, ...deps }: SetupDeps): Setup {
  const settings: Record<string, string> = {};
  return {
    ...deps,
    answers: {},
    known: (name) => variables[name] || undefined,
    set(name, value) {
      const isNews = value !== '' || variables[name]; // an empty setting is written only to empty one
      if (isNews) settings[name] = value;
      if (isNews) variables[name] = value;
    },
    isSaved: (name) => Boolean(dotenv.parse(readEnvFile(folder) ?? '')[name]),
    save: () => save(deps, folder, settings),
    variables: () => variables,
  };
}

/** Only with a yes if anything changes that is set already. */
async function save({ dialog, options }: Pick<Setup, 'dialog' | 'options'>, folder: string, settings: Settings) {
  const before = readEnvFile(folder);
  const text = mergeSettings(before ?? readExample(), settings);
  if (text === before) return;
  const changed = changedNames(before ?? '', settings).join(', ');
  const message = `.env is there already. Change ${changed}, and leave the rest as it is?`;
  const isAllowed = !changed || (options.isAttended ? await dialog.confirm(message, true) : options.overwrites);
  if (!isAllowed) {
    const reason = `it already has another value for ${changed}. To replace it, add --overwrite`;
    throw new ConfigurationError([`.env was not changed${options.isAttended ? '' : `: ${reason}`}.`]);
  }
  writeEnvFile(folder, text);
  const written = Object.keys(settings).filter((name) => settings[name]);
  dialog.tell([ok(`.env: written, for you alone to read (${written.sort().join(', ')})`)]);
}
