import type { Readable, Writable } from 'node:stream';
import * as clack from '@clack/prompts';
import type { CheckResult } from '../core/check-result.js';
import { ConfigurationError } from '../core/errors.js';
import { toLine } from '../doctor/report.js';

/** Ctrl+C or Escape. */
export class StoppedError extends Error {
  override readonly name = 'StoppedError';
}

export interface Question {
  /** The flag or the setting that answers it with `--yes`. */
  name: string;
  message: string;
  /** What Enter alone answers. Without it, the answer must be typed. */
  initial?: string | undefined;
  /** What is wrong with an answer, and what to do. */
  judge(answer: string): string | undefined;
}

interface Choice<Value extends string> {
  value: Value;
  label: string;
}

type Choices<Value extends string> = readonly [Choice<Value>, ...Choice<Value>[]];

/** How the wizard speaks with the person who runs it, or with no one. */
export interface Dialog {
  begin(title: string): void;
  /** One line before a step. */
  step(text: string): void;
  tell(results: readonly CheckResult[]): void;
  /** As it is, to be copied. */
  print(text: string): void;
  end(text: string): void;
  ask(question: Question): Promise<string>;
  /** What is typed is not shown. An empty answer is one if `isOptional`. */
  askSecret(question: Omit<Question, 'initial'> & { isOptional?: boolean }): Promise<string>;
  confirm(message: string, initial: boolean): Promise<boolean>;
  choose<Value extends string>(message: string, choices: Choices<Value>): Promise<Value>;
}

export interface Terminal {
  input: Readable;
  output: Writable;
}

export function createTerminalDialog(terminal: Terminal): Dialog {
  async function answered<Value>(prompt: Promise<Value | typeof clack.CANCEL_SYMBOL>): Promise<Value> {
    const answer = await prompt;
    if (clack.isCancel(answer)) throw new StoppedError();
    return answer;
  }
  return {
    begin: (title) => clack.intro(title, terminal),
    step: (text) => clack.log.step(text, terminal),
    tell(results) {
      for (const { kind, text } of results) {
        const log = { ok: clack.log.success, fix: clack.log.error, note: clack.log.warn }[kind];
        log(text, { ...terminal, spacing: 0 });
      }
    },
    print: (text) => void terminal.output.write(`\n${text}\n\n`), // without a bar beside it
    end: (text) => clack.outro(text, terminal),
    ask({ message, initial, judge }) {
      const meant = (answer = '') => answer.trim() || (initial ?? '');
      const validate = (answer?: string) => judge(meant(answer));
      const shown = initial === undefined ? {} : { placeholder: initial, defaultValue: initial };
      return answered(clack.text({ message, ...shown, validate, ...terminal })).then(meant);
    },
    askSecret({ message, judge, isOptional = false }) {
      const validate = (answer = '') => (isOptional && !answer.trim() ? undefined : judge(answer.trim()));
      const prompt = clack.password({ message, validate, clearOnError: true, ...terminal });
      return answered(prompt).then((answer = '') => answer.trim());
    },
    confirm: (message, initialValue) => answered(clack.confirm({ message, initialValue, ...terminal })),
    async choose(message, choices) {
      const chosen = await answered(clack.select<string>({ message, options: [...choices], ...terminal }));
      const choice = choices.find(({ value }) => value === chosen);
      if (!choice) throw new StoppedError();
      return choice.value;
    },
  };
}

/** `--yes`: every answer is a flag, a setting or a default. */
export function createSilentDialog(write: (line: string) => void): Dialog {
  return {
    begin: write,
    step: write,
    tell: (results) => {
      for (const result of results) write(toLine(result));
    },
    print: write,
    end: (text) => write(`\n${text}`),
    async ask({ name, initial = '', judge }) {
      const problem = judge(initial);
      if (problem !== undefined) throw new ConfigurationError([`${name}: ${problem}.`]);
      return initial;
    },
    async askSecret({ name, isOptional }) {
      if (isOptional) return '';
      throw new ConfigurationError([`${name} is not set. Put it in the environment, or use --tokens-stdin.`]);
    },
    confirm: async (_message, initial) => initial,
    choose: async (_message, [first]) => first.value,
  };
}
