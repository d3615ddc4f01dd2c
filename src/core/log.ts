import type { FailureReason, LimitRefusal } from './errors.js';
import type { WriteFailure } from './prompt/writer.js';

export type LogFields = Record<string, unknown>;

/** Structured log: an event in a few words, and its fields. The log itself removes secrets. */
export interface Log {
  /** Fields can be a function if they are worth making only when the line is written. */
  debug(event: string, fields?: LogFields | (() => LogFields)): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}

/** Something worth counting. Never words, names or ids of users: every value comes from a short list. */
export type Observation =
  | { kind: 'request refused'; reason: LimitRefusal['kind'] }
  | { kind: 'batch begun' }
  | { kind: 'batch ended'; outcome: 'all' | 'some' | 'none' }
  | { kind: 'image ended'; modelId: string; outcome: 'stored' | FailureReason }
  /** What takes time while users wait. */
  | { kind: 'step ended'; step: 'acknowledging' | 'drawing' | 'storing' | 'showing'; milliseconds: number }
  /** By the model that writes prompts; `dollars` is an estimate. */
  | { kind: 'prompts written'; outcome: 'written' | WriteFailure; dollars: number }
  /** Slack's own word for it, `http_503`, or `no_answer`. */
  | { kind: 'slack error'; code: string };

export type Observe = (observation: Observation) => void;
