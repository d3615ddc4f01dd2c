import { InputError, RequestError } from '../errors.js';
import type { InputImage } from '../image-model.js';
import { type Batch, type BatchInput, isHiddenFrom } from './batch.js';
import type { BatchDeps } from './deps.js';
import { requireOffered } from './offered-operations.js';

/**
 * The image to work from, before anything is counted or shown.
 * @throws RequestError if this is not offered, not for this user, or not possible with this image
 */
export async function checkInput(
  { batches, inputs, operations }: Pick<BatchDeps, 'batches' | 'inputs' | 'operations'>,
  { workspaceId, requesterId }: Pick<Batch, 'workspaceId' | 'requesterId'>,
  { operation, source }: Pick<BatchInput, 'operation' | 'source'>,
): Promise<InputImage> {
  requireOffered(operations, operation);
  const { channelId, id } = source;
  const from = (await batches.load({ workspaceId, channelId, id }))?.value; // none yet for an image that its user gives
  if (from && isHiddenFrom(from, requesterId)) throw new RequestError({ kind: 'input_private' });
  const isOwn = source.number === 0 && from?.requesterId === requesterId;
  if (from?.discardedAt && !isOwn) throw new RequestError({ kind: 'input_discarded' });
  return refuseInput(inputs.load(workspaceId, source, operation));
}

/** What is wrong with an image is for its user to read. */
export function refuseInput<Value>(work: Promise<Value>): Promise<Value> {
  return work.catch((error: unknown) => {
    if (!(error instanceof InputError)) throw error;
    throw new RequestError({ kind: `input_${error.problem}` }, { cause: error });
  });
}
