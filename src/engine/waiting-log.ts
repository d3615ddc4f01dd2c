import type { Log } from '../core/log.js';
import type { Queues } from './model-queues.js';
import { createRepeat } from './repeat.js';

/** Shorter waits are the ordinary life of a queue. */
const minSeconds = 60;

/** Once a minute, for how long images have waited: an alarm on the log can tell that a line does not move. */
export function createWaitingLog(queues: Pick<Queues, 'waiting'>, log: Log, gapMilliseconds = 60_000) {
  return createRepeat({
    name: 'waiting log',
    gapMilliseconds,
    async work() {
      const lines = await queues.waiting().catch(() => []); // that Redis is away is a line of its own
      for (const { modelId, count, oldestSeconds } of lines) {
        if (oldestSeconds < minSeconds) continue;
        log.info('images wait', { modelId, count, oldestSeconds: Math.round(oldestSeconds) });
      }
    },
    log,
  });
}
