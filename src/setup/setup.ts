import dotenv from 'dotenv';
import { note, ok } from '../core/check-result.js';
import { ConfigurationError } from '../core/errors.js';
import { type Dialog, StoppedError } from './dialog.js';
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
  /** A few characters for a name that no one else has. */
  random(): string;
}

/** What the steps of the wizard share. */
export interface Setup extends SetupDeps {
  /** What is set so far, in this run or before; undefined if empty. */
  known(name: string): string | undefined;
  set(name: string, value: string): void;
  /** What `.env` has. */
  saved(name: string): string | undefined;
  /** Asks before anything in `.env` changes that has a value already, once for each setting. */
  confirmChanges(): Promise<void>;
  /** Writes what is set to `.env`, so that a later run goes on from there. */
  save(): Promise<void>;
  /** Names that an app started in this terminal would take from there, with another value. */
  overridden(): string[];
  /** What is no setting of the app's. */
  answers: { mode?: 'socket' | 'http'; unpickedDays?: number | undefined };
}

export function createSetup(deps: SetupDeps): Setup {
  const { dialog, options, folder, variables } = deps;
  const settings: Record<string, string> = {};
  const agreed = new Set<string>();
  const readSaved = () => dotenv.parse(readEnvFile(folder) ?? '');
  const before = readSaved();
  const exported = new Map(Object.entries(variables).filter(([name, value]) => value !== before[name]));
  const setup: Setup = {
    ...deps,
    answers: {},
    known: (name) => variables[name] || undefined,
    set(name, value) {
      if (value === '' && !variables[name]) return; // an empty setting is written only to empty one
      settings[name] = value;
      variables[name] = value;
    },
    saved: (name) => readSaved()[name],
    async confirmChanges() {
      const changed = changedNames(readEnvFile(folder) ?? '', settings).filter((name) => !agreed.has(name));
      if (changed.length === 0) return;
      const names = changed.join(', ');
      if (!options.isAttended && !options.overwrites) {
        const reason = `it already has another value for ${names}. To replace it, add --overwrite`;
        throw new ConfigurationError([`.env was not changed: ${reason}.`]);
      }
      if (!(await dialog.confirm(`.env is there already. Change ${names}, and leave the rest as it is?`, true))) {
        dialog.tell([note('.env: not changed.')]);
        throw new StoppedError();
      }
      for (const name of changed) agreed.add(name);
    },
    async save() {
      await setup.confirmChanges();
      const text = readEnvFile(folder);
      const merged = mergeSettings(text ?? readExample(), settings);
      if (merged === text) return;
      writeEnvFile(folder, merged);
      const written = Object.keys(settings).filter((name) => settings[name]);
      dialog.tell([ok(`.env: written, for you alone to read (${written.sort().join(', ')})`)]);
    },
    overridden: () =>
      Object.keys(settings).filter((name) => exported.has(name) && exported.get(name) !== settings[name]),
  };
  for (const [name, value] of Object.entries(deps.given)) setup.set(name, value);
  return setup;
}
