import { type Batch, type BatchPick, type BatchReference, findImage } from './batch.js';
import { type BatchStore, UnreadableBatchError } from './batch-store.js';

export type WhoMayPick = 'requester' | 'anyone';

/** What became of a click. */
export type PickOutcome =
  | { kind: 'picked'; batch: Batch; pick: BatchPick }
  | { kind: 'already_picked'; batch: Batch; pick: BatchPick }
  | { kind: 'not_yours'; batch: Batch }
  | { kind: 'not_there' }
  | { kind: 'unknown_batch' }
  | { kind: 'unreadable_batch' };

export interface PickImageDependencies {
  batches: BatchStore;
  whoMayPick: WhoMayPick;
  now(): Date;
}

export type PickImage = (reference: BatchReference, number: number, userId: string) => Promise<PickOutcome>;

/** The first allowed click wins. What a click may do is decided from the record, never from what the click carries. */
export function createPickImage({ batches, whoMayPick, now }: PickImageDependencies): PickImage {
  return async (reference, number, userId) => {
    try {
      const stored = await batches.load(reference);
      if (!stored) return { kind: 'unknown_batch' };
      const click: BatchPick = { number, pickedBy: userId, pickedAt: now().toISOString() };
      const changed = await batches.change(stored, (batch) =>
        judgeClick(batch, click, whoMayPick) === 'picked' ? { ...batch, pick: click } : batch,
      );
      return outcomeOf(changed.batch, click, whoMayPick);
    } catch (error) {
      if (error instanceof UnreadableBatchError) return { kind: 'unreadable_batch' };
      throw error;
    }
  };
}

function judgeClick(batch: Batch, click: BatchPick, whoMayPick: WhoMayPick): PickOutcome['kind'] {
  if (whoMayPick === 'requester' && click.pickedBy !== batch.requesterId) return 'not_yours';
  if (batch.pick) return 'already_picked';
  return findImage(batch, click.number)?.state === 'stored' ? 'picked' : 'not_there';
}

function outcomeOf(batch: Batch, click: BatchPick, whoMayPick: WhoMayPick): PickOutcome {
  const { pick } = batch;
  if (pick && isSameClick(pick, click)) return { kind: 'picked', batch, pick };
  const kind = judgeClick(batch, click, whoMayPick);
  if (kind === 'already_picked' && pick) return { kind, batch, pick };
  return kind === 'not_yours' ? { kind, batch } : { kind: 'not_there' };
}

/** Also true where our own write succeeded but its answer was lost, and the record was read again. */
function isSameClick(pick: BatchPick, click: BatchPick): boolean {
  return pick.number === click.number && pick.pickedBy === click.pickedBy && pick.pickedAt === click.pickedAt;
}
