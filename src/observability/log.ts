import { inspect } from 'node:util';
import pino, { type DestinationStream, type Level } from 'pino';
import { ConfigurationError } from '../core/errors.js';
import type { Log, LogFields } from '../core/log.js';
import { redact } from '../core/redact.js';

/** One JSON object a line, on standard output unless told. Every text in it has lost its secrets, whoever wrote it. */
export function createLog(level: Level, destination: DestinationStream = createStandardOutput()): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  function write(severity: Level): Log['debug'] {
    if (!logger.isLevelEnabled(severity)) return () => undefined; // redacting what nobody will read costs milliseconds an image
    return (event, fields = {}) => {
      logger[severity](redactFields(typeof fields === 'function' ? fields() : fields), redact(event));
    };
  }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** A full disk or a reader that is gone must not stop the app: a line that cannot be written is dropped. */
function createStandardOutput(): DestinationStream {
  let output = open();
  function open() {
    const opened = pino.destination({ sync: true });
    opened.on('error', () => {
      output = open(); // the old one keeps every line that failed, and after EPIPE writes none
    });
    return opened;
  }
  return { write: (line) => output.write(line) };
}

function redactFields(fields: LogFields): LogFields {
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, redactValue(value)]));
}

function redactValue(value: unknown): unknown {
  if (value instanceof Error) return describeError(value);
  if (typeof value === 'string') return redact(value);
  if (Array.isArray(value)) return value.map(redactValue);
  return typeof value === 'object' && value !== null ? redact(inspect(value)) : value; // rare: something thrown that is no error
}

/** Name, message, code and causes: other properties of vendors' errors can hold whole requests. */
function describeError(error: Error, outer: readonly Error[] = []): unknown {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const { cause } = error;
  const seen = [...outer, error]; // a cause can lead back to its own error
  const isExpected = error instanceof ConfigurationError;
  return {
    name: error.name,
    message: redact(error.message),
    ...(code && { code }),
    ...(error.stack && !isExpected && { stack: redact(error.stack) }),
    ...(cause instanceof Error && !seen.includes(cause) && { cause: describeError(cause, seen) }),
  };
}
