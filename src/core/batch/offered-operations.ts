import { RequestError } from '../errors.js';
import type { OperationName } from '../image-model.js';
import type { Log } from '../log.js';
import type { Operation } from '../model-catalog.js';
import type { OfferedOperations } from './deps.js';

/** @throws RequestError if it is not offered at the moment */
export function requireOffered(operations: Pick<OfferedOperations, 'list'>, name: OperationName): Operation {
  const operation = operations.list().find((offered) => offered.name === name);
  if (!operation) throw new RequestError({ kind: 'operation_not_offered' });
  return operation;
}

/** Then it is offered again: the account's policy may have been corrected. */
const disabledMilliseconds = 60 * 60_000;

/** What a model makes is not offered for an hour after the account was refused it, and the log says so once. */
export function createOfferedOperations(
  offered: readonly Operation[],
  { log, now }: { log: Log; now(): Date },
): OfferedOperations {
  const disabledAt = new Map<string, number>();
  function isDisabled(modelId: string): boolean {
    const at = disabledAt.get(modelId);
    return at !== undefined && now().getTime() - at < disabledMilliseconds;
  }

  return {
    list: () => offered.filter(({ model }) => !isDisabled(model.modelId)),
    disable(modelId, reason) {
      if (isDisabled(modelId)) return;
      disabledAt.set(modelId, now().getTime());
      const names = offered.flatMap(({ name, model }) => (model.modelId === modelId ? name : []));
      log.error('operations not offered for an hour', { modelId, operations: names, reason });
    },
  };
}
