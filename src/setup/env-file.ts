import {
  accessSync,
  constants,
  existsSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import dotenv from 'dotenv';
import { ConfigurationError } from '../core/errors.js';

export type Settings = Readonly<Record<string, string>>;

/** `.env` in a folder; undefined if there is none. */
export function readEnvFile(folder: string): string | undefined {
  const path = join(folder, '.env');
  return existsSync(path) ? explained(() => readFileSync(path, 'utf8')) : undefined;
}

/** Writes `.env` anew if there is one: private from now on, and proof that it can be changed. */
export function prepareEnvFile(folder: string): void {
  const text = readEnvFile(folder);
  if (text === undefined) explained(() => accessSync(folder, constants.W_OK));
  else writeEnvFile(folder, text);
}

/** What a first `.env` begins as. */
export function readExample(): string {
  return readFileSync(new URL('../../.env.example', import.meta.url), 'utf8');
}

/** Names that have another value in the text already. */
export function changedNames(text: string, settings: Settings): string[] {
  const before = dotenv.parse(text);
  return Object.keys(settings).filter((name) => before[name] && before[name] !== settings[name]);
}

/** A setting's line: `export`, the name, and the comment and the end behind the value. */
const settingLine =
  /^(\s*(?:export\s+)?)([A-Z][A-Z0-9_]*)\s*=(?:[^\S\r\n]*(?:'[^'\r\n]*'|"[^"\r\n]*"|`[^`\r\n]*`)|[^#\r\n]*?)(\s*(?:#.*)?\s*)$/;

/** The text with these settings; every other line stays as it is, and so do comments. */
export function mergeSettings(text: string, settings: Settings): string {
  const lines = text.split(/(?<=\n)/);
  const found = new Set<string>();
  const merged = lines.map((line) => {
    const [, before = '', name = '', after = ''] = settingLine.exec(line) ?? [];
    const value = settings[name];
    if (value === undefined) return line;
    found.add(name);
    return `${before}${name}=${quote(name, value)}${after}`;
  });
  const missing = Object.entries(settings).filter(([name, value]) => !found.has(name) && value !== '');
  const gap = text === '' || text.endsWith('\n') ? '' : '\n';
  const result = `${merged.join('')}${missing.length > 0 ? gap : ''}${missing.map(([name, value]) => `${name}=${quote(name, value)}\n`).join('')}`;
  // such as a value of several lines, one of which looks like a setting
  const others = ([name]: [string, string]) => settings[name] === undefined;
  const kept = (of: string) => Object.entries(dotenv.parse(of)).filter(others);
  const isRight = Object.entries(settings).every(([name, value]) => (dotenv.parse(result)[name] ?? '') === value);
  if (!isRight || !isDeepStrictEqual(kept(result), kept(text))) {
    throw new ConfigurationError(['.env: it cannot be changed without changing other settings. Change it by hand.']);
  }
  return result;
}

function quote(name: string, value: string): string {
  if (/^[\w.,:/@%+=-]*$/.test(value)) return value;
  const mark = ["'", '"', '`'].find((each) => !value.includes(each) && !/[\r\n\\]/.test(value));
  if (mark) return mark + value + mark;
  throw new ConfigurationError([`${name}: .env cannot hold this value. Set it in the environment of the app instead.`]);
}

/** For its owner alone. In one step, so that no half of a file is ever there. */
export function writeEnvFile(folder: string, text: string): void {
  const path = join(folder, '.env');
  const target = existsSync(path) ? realpathSync(path) : path;
  const draft = `${target}.new`;
  explained(() => {
    rmSync(draft, { force: true });
    try {
      writeFileSync(draft, text, { mode: 0o600, flag: 'wx' });
      renameSync(draft, target);
    } catch (error) {
      rmSync(draft, { force: true });
      throw error;
    }
  });
}

/** Runs what touches the disk. */
function explained<Result>(run: () => Result): Result {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    throw new ConfigurationError([
      `.env: it must be a file that you may read, in a folder that you may write to (${error.code}).`,
    ]);
  }
}
