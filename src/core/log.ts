export type LogFields = Record<string, unknown>;

/** Structured log: an event in a few words, and its fields. The log itself removes secrets. */
export interface Log {
  /** Fields can be a function if they are worth making only when the line is written. */
  debug(event: string, fields?: LogFields | (() => LogFields)): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
