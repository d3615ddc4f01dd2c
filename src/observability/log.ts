import { inspect } from 'node:util';
import pino, { type DestinationStream, type Level } from 'pino';
import { ConfigurationError } from '../core/errors.js';
import type { Log, LogFields } from '../core/log.js';

/** One JSON object per line; defaults to standard output. Secrets are removed from every text in it. */
export function createLog(level: Level, destination: DestinationStream = createStandardOutput()): Log {
  const logger = pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
  function write(severity: Level): Log['debug'] {
    if (!logger.isLevelEnabled(severity)) return () => undefined; // redacting lines that are not written would cost milliseconds per image
    return (event, fields = {}) => {
      logger[severity](redactFields(typeof fields === 'function' ? fields() : fields), redact(event));
    };
  }
  return { debug: write('debug'), info: write('info'), warn: write('warn'), error: write('error') };
}

/** A full disk or a closed pipe must not stop the app: a line that cannot be written is dropped. */
function createStandardOutput(): DestinationStream {
  let output = open();
  function open() {
    const opened = pino.destination({ sync: true });
    opened.on('error', () => {
      output = open(); // the old one keeps every line that failed, and writes none after EPIPE
    });
    return opened;
  }
  return { write: (line) => output.write(line) };
}

/** Names of fields that hold nothing but a secret. */
const secretName = /token$|secret|password|authorization|cookie/i;

function redactFields(fields: object, outer: readonly object[] = []): LogFields {
  const redacted = Object.entries(fields).map(([name, value]) => [
    name,
    secretName.test(name) && typeof value === 'string' ? '[removed]' : redactValue(value, [...outer, fields]),
  ]);
  return Object.fromEntries(redacted);
}

/** @param outer the objects that hold this one: it can be one of them */
function redactValue(value: unknown, outer: readonly object[]): unknown {
  if (typeof value === 'string') return redact(value);
  if (typeof value !== 'object' || value === null) return value;
  if (outer.includes(value)) return '[circular]';
  if (value instanceof Error) return describeError(value, outer);
  if (Array.isArray(value)) return value.map((item) => redactValue(item, [...outer, value]));
  const isPlain = [Object.prototype, null].includes(Object.getPrototypeOf(value));
  return isPlain ? redactFields(value, outer) : redact(inspect(value, { breakLength: Number.POSITIVE_INFINITY }));
}

/** Name, message, code and cause: other properties of vendors' errors can hold whole requests. */
function describeError(error: Error, outer: readonly object[]): unknown {
  const code = 'code' in error && typeof error.code === 'string' ? error.code : undefined;
  const isExpected = error instanceof ConfigurationError;
  return {
    name: error.name,
    message: redact(error.message),
    ...(code && { code }),
    ...(error.stack && !isExpected && { stack: redact(error.stack) }),
    ...(error.cause !== undefined && { cause: redactValue(error.cause, [...outer, error]) }),
  };
}

/** What must never appear in a log, even inside a library's message. */
const secrets: readonly RegExp[] = [
  /\bx(?:ox[a-z](?:\.xox[a-z])?|app|wfp)-[\w-]+/gi, // Slack's bot, user, app-level and refresh tokens
  // The secret part of a response_url or webhook. Only after a host: many containers keep an app's code in /app/.
  /(?<=https?:\/\/[^\s/"'<>]+\/(?:commands|actions|app|app-actions|services|triggers|workflows|response)\/)[\w/%.-]+/gi,
  /(?<=\bX-Amz-(?:Signature|Credential|Security-Token)=)[^&\s"'<>]+/gi, // signed links
  /(?<=[?&](?:ticket|token)=)[^&\s"'<>]+/gi, // socket tickets
  /(?<="token":")[^"]+/g, // Slack's verification token, in each payload
  /(?<=\bBearer )[\w.~+/=-]{16,}/gi,
  /\b(?:AKIA|ASIA)[A-Z0-9]{12,}/g, // AWS access key ids
  /\bsk-[\w-]{8,}/g, // OpenAI keys
  /(?<=\brediss?:\/\/)[^\s/]+(?=@)/gi, // the user and password of REDIS_URL
];

/** The text without tokens, signatures and secret addresses. */
export function redact(text: string): string {
  return secrets.reduce((safe, secret) => safe.replace(secret, '[removed]'), text);
}
