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
  message: string;
  /** What Enter alone answers. Without it, the answer must be typed. */
  initial?: string | undefined;
  /** What is wrong with an answer, and what to do. */
  judge(answer: string): string | undefined;
}

export interface Choice<Value extends string> {
  value: Value;
  label: string;
}

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
  choose<Value extends string>(message: string, choices: readonly Choice<Value>[]): Promise<Value>;
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
      const validate = (answer = '') => judge(answer.trim() || (initial ?? ''));
      const shown = initial === undefined ? {} : { placeholder: initial, defaultValue: initial };
      return answered(clack.text({ message, ...shown, validate, ...terminal })).then((answer) => answer.trim());
    },
    askSecret({ message, judge, isOptional = false }) {
      const validate = (answer = '') => (isOptional && !answer.trim() ? undefined : judge(answer.trim()));
      const prompt = clack.password({ message, validate, clearOnError: true, ...terminal });
      return answered(prompt).then((answer = '') => answer.trim());
    },
    confirm: (message, initialValue) => answered(clack.confirm({ message, initialValue, ...terminal })),
    async choose(message, choices) {
      const options = choices.map(({ value, label }) => ({ value: String(value), label }));
      const chosen = await answered(clack.select({ message, options, ...terminal }));
      const choice = choices.find(({ value }) => value === chosen);
      if (!choice) throw new StoppedError();
      return choice.value;
    },
  };
}

/** `--yes`: every answer is a flag, a setting or a default. */
export function createSilentDialog(write: (line: string) => void): Dialog {
  const missing = (message: string) =>
    new ConfigurationError([`With --yes, this needs a flag or a setting: ${message}`]);
  return {
    begin: write,
    step: write,
    tell: (results) => {
      for (const result of results) write(toLine(result));
    },
    print: write,
    end: (text) => write(`\n${text}`),
    async ask({ message, initial }) {
      if (initial === undefined) throw missing(message);
      return initial;
    },
    async askSecret({ message, isOptional }) {
      if (!isOptional) throw missing(message);
      return '';
    },
    confirm: async (_message, initial) => initial,
    async choose(message, [first]) {
      if (!first) throw missing(message);
      return first.value;
    },
  };
}
