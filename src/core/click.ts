import { type Batch, type BatchReference, type Destination, findImage } from './batch.js';
import { type BatchStore, type StoredBatch, UnreadableBatchError } from './batch-store.js';
import type { Log } from './log.js';
import type { OpenBatchWork, OpenWork, Task } from './open-work.js';

export type WhoMayPick = 'requester' | 'anyone';

/** Why a click does nothing. */
export type Refusal = 'stranger' | 'not_yours' | 'already_picked' | 'already_drawn' | 'not_there' | 'still_drawing';

/** What a button wants of a batch, as pure functions of its record: never of what the click carries. */
export interface Click {
  judge(batch: Batch): Refusal | undefined;
  apply(batch: Batch): Batch;
  /** True where this very click is in the record already: our own write, whose answer was lost. */
  isApplied?(batch: Batch): boolean;
  /** Of a click that is not done with once it is recorded: a crash must not lose what follows. */
  leavesWork?: { task: Task; responseUrl: string };
}

/** What became of a click. */
export type ClickOutcome =
  | { kind: 'done'; batch: Batch; work: OpenWork | undefined }
  | { kind: Refusal; batch: Batch }
  | { kind: 'unknown_batch' }
  | { kind: 'unreadable_batch' };

/** What became of a click that did nothing. */
export type RefusedClick = Exclude<ClickOutcome, { kind: 'done' }>;

export interface DecideClickDependencies {
  batches: BatchStore;
  openWork: OpenBatchWork;
  log: Log;
}

export type DecideClick = (reference: BatchReference, click: Click) => Promise<ClickOutcome>;

/** Decides clicks by the record: of two that come at once, here or in two processes, the first to be written wins. */
export function createDecideClick({ batches, openWork, log }: DecideClickDependencies): DecideClick {
  return async (reference, click) => {
    try {
      const stored = await batches.load(reference);
      if (!stored) return { kind: 'unknown_batch' };
      const refusal = click.judge(stored.batch);
      if (refusal) return { kind: refusal, batch: stored.batch };
      const { leavesWork } = click;
      const work = leavesWork && (await openWork(reference, leavesWork.task, leavesWork.responseUrl));
      return await recordClick(batches, stored, click, work);
    } catch (error) {
      if (!(error instanceof UnreadableBatchError)) throw error;
      log.warn('batch record cannot be read', { batch: reference.id, error });
      return { kind: 'unreadable_batch' };
    }
  };
}

/** Where nobody knows whether the record has the click, its work is left to whoever reads the record next. */
async function recordClick(
  batches: BatchStore,
  stored: StoredBatch,
  click: Click,
  work: OpenWork | undefined,
): Promise<ClickOutcome> {
  let refusal: Refusal | undefined;
  const change = batches.change(stored, (current) => {
    const isApplied = click.isApplied?.(current) ?? false;
    refusal = isApplied ? undefined : click.judge(current);
    return isApplied || refusal ? current : click.apply(current);
  });
  const { batch } = await change.catch(async (error: unknown) => {
    await work?.leave();
    throw error;
  });
  if (!refusal) return { kind: 'done', batch, work };
  await work?.close();
  return { kind: refusal, batch };
}

interface Clicker {
  userId: string;
  whoMayPick: WhoMayPick;
}

function isAllowed(batch: Batch, { userId, whoMayPick }: Clicker): boolean {
  return whoMayPick === 'anyone' || userId === batch.requesterId;
}

/** "Use this one": the first allowed click wins. */
export function pickClick(number: number, clicker: Clicker, now: Date, responseUrl: string): Click {
  const pick = { number, pickedBy: clicker.userId, pickedAt: now.toISOString() };
  return {
    leavesWork: { task: { kind: 'pick' }, responseUrl },
    judge(batch) {
      if (!isAllowed(batch, clicker)) return 'not_yours';
      if (batch.pick) return 'already_picked';
      return findImage(batch, number)?.state === 'stored' ? undefined : 'not_there';
    },
    apply: (batch) => ({ ...batch, pick }),
    isApplied: (batch) =>
      batch.pick?.number === number && batch.pick.pickedBy === pick.pickedBy && batch.pick.pickedAt === pick.pickedAt,
  };
}

/**
 * "Try again" under a picture that failed: it is drawn anew, and it alone, with another seed.
 * @param responseUrl the click's, which may change the message where the bot may not
 */
export function retryClick(number: number, clicker: Clicker, seed: number, responseUrl: string): Click {
  return {
    leavesWork: { task: { kind: 'draw', seeds: [seed] }, responseUrl },
    judge(batch) {
      if (!isAllowed(batch, clicker)) return 'not_yours';
      if (batch.pick) return 'already_picked';
      const state = findImage(batch, number)?.state;
      if (state === 'pending' || (state === 'failed' && !batch.finishedAt)) return 'still_drawing';
      if (state === 'stored') return 'already_drawn';
      return state === 'failed' ? undefined : 'not_there';
    },
    apply({ finishedAt: _, ...batch }) {
      const images = batch.images.map((image): Batch['images'][number] =>
        image.number === number ? { number, modelId: image.modelId, seed, state: 'pending' } : image,
      );
      const isOwnMessage = batch.destination?.kind === 'message';
      return { ...batch, images, ...(isOwnMessage ? {} : { destination: clickAddress(responseUrl) }) };
    },
  };
}

function clickAddress(url: string): Destination {
  return { kind: 'response_url', url, replaces: true };
}

/** "Discard": the message goes, the pictures stay in the bucket. */
export function discardClick(userId: string, now: Date): Click {
  return {
    judge: (batch) => (userId === batch.requesterId ? undefined : 'not_yours'),
    apply: (batch) => (batch.discardedAt ? batch : { ...batch, discardedAt: now.toISOString() }),
  };
}

/** For those whom the app does not serve: whatever the button, nothing happens. */
export const strangersClick: Click = { judge: () => 'stranger', apply: (batch) => batch };

/** For buttons that read a batch and change nothing of it. */
export const lookClick: Click = { judge: () => undefined, apply: (batch) => batch };
