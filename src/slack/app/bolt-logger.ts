import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../../core/log.js';

/** The part of a debug line of Slack's libraries that is a payload, and so holds what users wrote. */
const payload = /(?<=\(body: |\(will ignore\): ).+|[{[].*$/s;

/** Sends Bolt's log lines through ours, which removes secrets. What users wrote is cut off. */
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
