import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../core/log.js';

/** Where a debug line of Slack's libraries goes on with a whole payload, and so with what people wrote. */
const payload = /(?<=\(body: |\(will ignore\): ).+|[{[].*$/s;

/** Bolt's own log lines through ours, so that the same care for secrets, and for people's words, holds for them. */
export function createBoltLogger(log: Log): Logger {
  let level = LogLevel.INFO;
  const write =
    (severity: keyof Log) =>
    (...messages: unknown[]): void =>
      log[severity]('slack', { message: messages.map(String).join(' ') });
  return {
    debug: (...messages) =>
      log.debug('slack', () => ({ message: messages.map(String).join(' ').replace(payload, '…') })),
    info: write('info'),
    warn: write('warn'),
    error: write('error'),
    setLevel: (next) => {
      level = next;
    },
    getLevel: () => level,
    setName: () => undefined, // one name for all of Slack's libraries
  };
}
