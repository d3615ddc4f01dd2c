export type LogFields = Record<string, unknown>;

/** Structured log: an event in a few words and its fields. What is secret is taken out by the log itself. */
export interface Log {
  /** Fields that are worth making only where somebody reads them can be a function. */
  debug(event: string, fields?: LogFields | (() => LogFields)): void;
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
  error(event: string, fields?: LogFields): void;
}
