import type { OperationName } from '../image-model.js';
import type { Log } from '../log.js';
import type { Operation } from '../model-catalog.js';
import type { OfferedOperations } from './deps.js';

/** An operation that the account may not call is withdrawn at its first failure, and the log says so once. */
export function createOfferedOperations(offered: readonly Operation[], log: Log): OfferedOperations {
  const withdrawn = new Set<OperationName>();
  return {
    list: () => offered.filter(({ name }) => !withdrawn.has(name)),
    withdraw(name, reason) {
      if (withdrawn.has(name)) return;
      withdrawn.add(name);
      log.error('operation no longer offered until the app starts again', { operation: name, reason });
    },
  };
}
