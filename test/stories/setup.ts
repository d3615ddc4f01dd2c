import { readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough, Writable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import dotenv from 'dotenv';
import { onTestFinished } from 'vitest';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../sandbox/start-sandbox.js';
import { createSilentDialog, createTerminalDialog } from '../../src/setup/dialog.js';
import { readOptions } from '../../src/setup/options.js';
import { runSetup } from '../../src/setup/run-setup.js';
import { useEnvironment } from './environment.js';

/** Settings that point a person's machine at the stand-ins; the rest is for the wizard to find out. */
export function machineOf({ environment }: Sandbox): Record<string, string> {
  const given = Object.entries(environment).filter(([name]) => /^AWS_|^SLACK_API_URL$/.test(name));
  return Object.fromEntries(given.filter(([name]) => name !== 'AWS_REGION'));
}

export async function newFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'imagine-setup-'));
  onTestFinished(() => rm(folder, { recursive: true }));
  return folder;
}

export const keys = { enter: '\r', down: '\u001b[B', stop: '\u0003' };

export const envOf = (folder: string) => dotenv.parse(readFileSync(join(folder, '.env'), 'utf8'));

/** A keyboard and a screen in place of a terminal. */
function createTerminal() {
  const input = Object.assign(new PassThrough(), { isTTY: true, setRawMode: () => undefined });
  let screen = '';
  const output = Object.assign(
    new Writable({
      write(chunk, _encoding, done) {
        screen += stripVTControlCharacters(String(chunk));
        done();
      },
    }),
    { isTTY: true, columns: 120, rows: 60 },
  );
  let seen = 0;
  return {
    input,
    output,
    screen: () => screen,
    /** Waits until the screen asks, then types. Each question is answered once. */
    async answer(question: RegExp, ...typed: string[]): Promise<void> {
      const deadline = Date.now() + 20_000;
      for (;;) {
        const found = question.exec(screen.slice(seen));
        if (found) {
          seen += found.index + found[0].length;
          break;
        }
        if (Date.now() > deadline) throw new Error(`The wizard did not ask ${question}: ${screen.slice(seen)}`);
        await wait(10);
      }
      for (const text of typed) {
        await wait(20); // the prompt begins to listen after it is drawn; an escape sequence is a key of its own
        input.write(text);
      }
    },
  };
}

export interface WizardOptions {
  words?: string[];
  options?: SandboxOptions;
  settings?: Record<string, string>;
  arrange?(sandbox: Sandbox): void;
  folder?: string;
  /** On standard input. */
  given?: Record<string, string>;
  /** Ctrl+C between two questions. */
  interrupted?: Promise<unknown>;
}

/** `npm run setup` at a keyboard, or without one by `--yes`, in an empty folder, in this process. */
export async function startWizard(wizard: WizardOptions = {}) {
  const { words = [], options = {}, settings, arrange, given = {}, interrupted = new Promise(() => {}) } = wizard;
  const sandbox = await startSandbox({ ...options, bedrock: { imageScale: 0.25, ...options.bedrock } });
  onTestFinished(() => sandbox.close());
  arrange?.(sandbox);
  useEnvironment({ ...machineOf(sandbox), ...settings });
  const folder = wizard.folder ?? (await newFolder());
  const terminal = createTerminal();
  const chosen = readOptions(words);
  if (chosen === 'help') throw new Error('A test asks for no help.');
  const opened: string[] = [];
  const ended = runSetup({
    dialog: chosen.isAttended
      ? createTerminalDialog(terminal)
      : createSilentDialog((line) => terminal.output.write(`${line}\n`)),
    options: chosen,
    folder,
    variables: process.env,
    given,
    interrupted,
    openBrowser: (address) => void opened.push(address),
    random: () => '1a2b3c4d',
  });
  return { sandbox, folder, opened, ended, ...terminal };
}
