import { RequestError } from '../errors.js';
import type { Observe } from '../observation.js';
import type { Batch } from './batch.js';
import type { Click } from './click.js';
import type { DrawAgain, Task } from './job.js';
import type { Quota } from './quota.js';
import { type CheckPrompt, textsOf } from './start-batch.js';

export interface CountDrawAgainDependencies {
  quota: Pick<Quota, 'reserve' | 'reconcile'>;
  checkPrompt?: CheckPrompt | undefined;
  observe: Observe;
}

/** The click, within the limits and the check of the words as they are today: both may be stricter than when its batch began. */
export type CountDrawAgain = (click: Click, again: DrawAgain) => Click;

export function createCountDrawAgain({ quota, checkPrompt, observe }: CountDrawAgainDependencies): CountDrawAgain {
  return ({ leavesWork, ...click }, again) => ({
    ...click,
    ...(leavesWork && { leavesWork: { ...leavesWork, task: { ...leavesWork.task, again } } }),
    async reserve(batch) {
      const counted = countedAlone(batch, again);
      const refusal = await quota.reserve(counted);
      if (refusal && refusal.kind !== 'repeated') {
        observe({ kind: 'request refused', reason: refusal.kind });
        throw new RequestError(refusal);
      }
      try {
        await checkPrompt?.(textsOf(batch));
      } catch (error) {
        await quota.reconcile(counted);
        throw error;
      }
      return () => quota.reconcile(counted);
    },
  });
}

/** What work on a batch counts as: the batch, or the one image that is drawn again. */
export function countedFor(batch: Batch, task: Task): Batch {
  return task.kind === 'draw' && task.again ? countedAlone(batch, task.again) : batch;
}

/** As a batch of that image alone, of the person who asked for it again and of the day on which they did. */
function countedAlone(batch: Batch, { number, ...counted }: DrawAgain): Batch {
  return { ...batch, ...counted, images: batch.images.filter((image) => image.number === number) };
}
