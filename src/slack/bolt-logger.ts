import { type Logger, LogLevel } from '@slack/bolt';
import type { Log } from '../core/log.js';

/** Bolt's own log lines through ours, so that the same care for secrets holds for them. */
export function createBoltLogger(log: Log): Logger {
  let level = LogLevel.INFO;
  const write =
    (severity: keyof Log) =>
    (...messages: unknown[]): void =>
      log[severity]('slack', { message: messages.map(String).join(' ') });
  return {
    debug: write('debug'),
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
