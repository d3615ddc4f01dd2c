import { parseArgs } from 'node:util';
import dotenv from 'dotenv';
import { judgeSetting, readConfig, type Variables } from '../config.js';
import { ConfigurationError } from '../core/errors.js';
import { readExample, type Settings } from './env-file.js';

const modes = ['socket', 'http'] as const;
/** Those that answer a question. */
type Flags = { mode?: (typeof modes)[number] | undefined } & {
  [name in 'name' | 'command' | 'url' | 'region' | 'bucket']?: string | undefined;
};
export type SetupOptions = Exclude<ReturnType<typeof readOptions>, 'help'>;

export const help = `npm run setup              asks for what it needs, and checks it at once
npm run setup -- --yes …   asks nothing: takes the flags, the environment, .env and the defaults

  --mode socket|http       how Slack reaches the app (default: socket)
  --url https://…          the app's public address, for http
  --name NAME              of the Slack app (default: Imagine)
  --command /NAME          the slash command (default: /imagine)
  --region REGION          of the bucket
  --bucket NAME            created if it does not exist
  --unpicked-days DAYS     the bucket deletes images that were not chosen after this many days
  --all                    also asks for the command, an OpenAI key, Redis, and when to delete unchosen images
  --tokens-stdin           reads NAME=value lines, such as tokens, from standard input and writes them to .env
  --overwrite              with --yes: may change settings that .env has already
  --draw                   with --yes: pays for one image at the end
  --no-browser             only prints Slack's address

Tokens are never flags, which other users of a machine can see. Set SLACK_BOT_TOKEN and SLACK_APP_TOKEN, or
SLACK_SIGNING_SECRET for http, in the environment, or pass them on standard input.`;

const flags = {
  yes: { type: 'boolean', short: 'y' },
  all: { type: 'boolean' },
  overwrite: { type: 'boolean' },
  draw: { type: 'boolean' },
  'no-browser': { type: 'boolean' },
  'tokens-stdin': { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  name: { type: 'string' },
  command: { type: 'string' },
  mode: { type: 'string' },
  url: { type: 'string' },
  region: { type: 'string' },
  bucket: { type: 'string' },
  'unpicked-days': { type: 'string' },
} as const;

function parse(words: readonly string[]) {
  try {
    return parseArgs({ args: [...words], options: flags }).values;
  } catch (error) {
    // its message quotes the word, which may be a token
    if (error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS')) {
      throw new ConfigurationError(['One of the flags is unknown, or lacks its value. Try --help.']);
    }
    throw error;
  }
}

/** @throws ConfigurationError; 'help' if that is asked for */
export function readOptions(words: readonly string[]) {
  const values = parse(words);
  if (values.help) return 'help';
  const { yes = false, mode, name, 'unpicked-days': days } = values;
  const problems = Object.entries(judges).flatMap(([flag, judge]) => {
    const value = Object.entries(values).find(([given]) => given === flag)?.[1];
    const problem = typeof value === 'string' ? judge(value) : undefined;
    return problem === undefined ? [] : [`--${flag}: ${problem}.`];
  });
  if (values['tokens-stdin'] && !yes) {
    problems.push('--tokens-stdin: add --yes, since standard input cannot also answer questions.');
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  const { command, url, region, bucket } = values;
  const flags: Flags = { name, command, url, region, bucket, mode: modes.find((each) => each === mode) };
  return {
    isAttended: !yes,
    asksForAll: values.all ?? false,
    overwrites: values.overwrite ?? false,
    draws: values.draw ?? false,
    opensBrowser: !values['no-browser'],
    readsTokens: values['tokens-stdin'] ?? false,
    unpickedDays: days === undefined ? undefined : Number(days),
    flags,
  };
}

const judges: Record<string, (value: string) => string | undefined> = {
  command: (value) => judgeSetting('SLACK_COMMAND', value),
  region: (value) => judgeSetting('AWS_REGION', value),
  bucket: (value) => judgeSetting('S3_BUCKET', value),
  mode: (value) => (modes.some((mode) => mode === value) ? undefined : 'set socket or http'),
  url: judgeUrl,
  name: judgeName,
  'unpicked-days': judgeDays,
};

/** Settings that came by standard input. @throws ConfigurationError if one is misspelled, or is wrong */
export function readGiven(text: string, variables: Variables): Settings {
  const given = dotenv.parse(text);
  const example = readExample();
  const names = Object.keys(given).filter((name) => given[name]);
  const unknown = names.filter((name) => !name.startsWith('AWS_') && !new RegExp(`^#?${name}=`, 'm').test(example));
  const problems = unknown.map((name) => `${name}: there is no such setting. Check its spelling.`);
  try {
    readConfig({ ...variables, ...given });
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    problems.push(...error.problems.filter((problem) => names.some((name) => problem.startsWith(`${name}: `))));
  }
  if (problems.length > 0) throw new ConfigurationError(problems);
  return given;
}

/** Slack's limit: https://docs.slack.dev/reference/app-manifest */
export function judgeName(name: string): string | undefined {
  return name.trim() !== '' && name.length <= 35 ? undefined : 'set a name of at most 35 characters';
}

export function judgeUrl(url: string): string | undefined {
  const isWhole = /^https:\/\/[^\s/?#]+[^\s?#]*$/.test(url) && URL.canParse(url);
  return isWhole ? undefined : 'set a full address that begins with https://';
}

export function judgeDays(days: string): string | undefined {
  return /^[1-9]\d{0,4}$/.test(days) ? undefined : 'set a whole number of days';
}
