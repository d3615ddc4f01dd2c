import pino, { type DestinationStream, type Level } from 'pino';
import { ConfigurationError } from './core/errors.js';
import type { Log, LogFields } from './core/log.js';
import { redact } from './core/redact.js';

/** One JSON object a line, on standard output unless told. Every text in it has lost its secrets, whoever wrote it. */
export function createLog(level: Level, destination: DestinationStream = pino.destination({ sync: true })): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  const write =
    (severity: Level) =>
    (event: string, fields: LogFields = {}): void =>
      logger[severity](redactFields(fields), redact(event));
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

function redactFields(fields: LogFields): LogFields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, redactValue(value)]));
}

function redactValue(value: unknown): unknown {
  if (value instanceof Error) return describeError(value);
  return typeof value === 'string' ? redact(value) : value;
}

/** Name, message, code and causes: other properties of vendors' errors can hold whole requests. */
function describeError(error: Error): unknown {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const isExpected = error instanceof ConfigurationError;
  return {
    name: error.name,
    message: redact(error.message),
    ...(code && { code }),
    ...(error.stack && !isExpected && { stack: redact(error.stack) }),
    ...(error.cause instanceof Error && { cause: describeError(error.cause) }),
  };
}
