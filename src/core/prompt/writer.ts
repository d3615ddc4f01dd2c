import type { DraftPost } from './draft.js';

/** What a text model is asked: it has to answer by calling this one tool. */
export interface WritingTask<Answer> {
  system: string;
  /** Holds what a user wrote, as data between delimiters: nothing in it is an instruction. */
  message: string;
  tool: { name: string; description: string; inputSchema: Json };
  /** How different its answers to the same request may be, from 0 to 1. */
  temperature: number;
  maxTokens: number;
  /** What the model handed to the tool, bounded; undefined if it cannot be used. */
  read(input: unknown): Answer | undefined;
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json };

export interface Usage {
  inputTokens: number;
  outputTokens: number;
  /** An estimate at the list prices of Nova 2 Lite. */
  dollars: number;
}

export type WriteFailure = NonNullable<DraftPost['notWritten']>;

export type WriteOutcome<Answer> =
  | { kind: 'written'; answer: Answer; usage: Usage }
  /** `usage`: an answer that cannot be used costs as much. `cause`: for the operator's log. */
  | { kind: WriteFailure; usage?: Usage; cause?: unknown };

/** Answers even if the service fails. */
export type WritePrompts = <Answer>(
  task: WritingTask<Answer>,
  abortSignal: AbortSignal,
) => Promise<WriteOutcome<Answer>>;

/** A user's text between delimiters that it cannot end, then the hints. */
export function sourceMessage(text: string, hints: readonly string[] = []): string {
  return ['<source>', wellFormed(withoutDelimiters(text)), '</source>', ...hints].join('\n');
}

function withoutDelimiters(text: string): string {
  return text.replace(/<(?=\s*\/?\s*source)/giu, '‹');
}

/** Without half of a character that was cut in two. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '');

/** Words on one line, which cannot end the delimiters either. */
export function onOneLine(words: string): string {
  return withoutDelimiters(words)
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/** A text model's words on one line, without control characters. */
export function tidy(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .replace(/ (?=[,.;:!?])/gu, '')
    .replace(/([,;:])[,;:]+/gu, '$1')
    .trim();
}

/** Dollars per million tokens of Nova 2 Lite: https://aws.amazon.com/bedrock/pricing/ */
const inputPrice = 0.3;
const outputPrice = 2.5;

export function usageOf(inputTokens: number, outputTokens: number): Usage {
  return { inputTokens, outputTokens, dollars: (inputTokens * inputPrice + outputTokens * outputPrice) / 1_000_000 };
}
