import type { Log } from '../log.js';
import { type Batch, type BatchReference, type Destination, findImage, messageOf } from './batch.js';
import { type BatchStore, type StoredBatch, UnreadableBatchError } from './batch-store.js';
import type { OpenBatchWork, OpenWork, Task } from './job.js';

export type WhoMayPick = 'requester' | 'anyone';

/** Why a click does nothing. */
export type Refusal = 'not_yours' | 'already_picked' | 'already_drawn' | 'not_there' | 'still_drawing';

/** What a button wants of a batch, as pure functions of its record: never of what the click carries. */
export interface Click {
  judge(batch: Batch): Refusal | undefined;
  apply(batch: Batch): Batch;
  /** True where this very click is in the record already: our own write, whose answer was lost. */
  isApplied?(batch: Batch): boolean;
  /**
   * Of a click that costs: counts it before it is recorded. Answers how to give that back.
   * @throws RequestError that says why it may not
   */
  reserve?(batch: Batch): Promise<() => Promise<void>>;
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
      return await reserveAndRecord({ batches, openWork }, reference, stored, click);
    } catch (error) {
      if (!(error instanceof UnreadableBatchError)) throw error;
      log.warn('batch record cannot be read', { batch: reference.id, error });
      return { kind: 'unreadable_batch' };
    }
  };
}

async function reserveAndRecord(
  { batches, openWork }: Pick<DecideClickDependencies, 'batches' | 'openWork'>,
  reference: BatchReference,
  stored: StoredBatch,
  click: Click,
): Promise<ClickOutcome> {
  const { leavesWork } = click;
  // Before anything is counted, so that a crash in between leaves work behind, and the process that takes it up gives back the count.
  const work = leavesWork && (await openWork(reference, leavesWork.task, leavesWork.responseUrl));
  const giveBack = await reserve(stored.batch, click, work);
  try {
    const outcome = await recordClick(batches, stored, click, work);
    if (outcome.kind !== 'done') await giveBack?.();
    return outcome;
  } catch (error) {
    await giveBack?.(); // if it is recorded after all, it counts once it is drawn
    throw error;
  }
}

async function reserve(
  batch: Batch,
  click: Click,
  work: OpenWork | undefined,
): Promise<(() => Promise<void>) | undefined> {
  try {
    return await click.reserve?.(batch);
  } catch (error) {
    await work?.close();
    throw error;
  }
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

/** The message that was clicked: a batch can stand in several, of which one is its own. */
export interface ClickPlace {
  channelId: string;
  messageTs: string | undefined;
  /** Changes that very message, whoever may post there. */
  responseUrl: string;
  /** Only the clicker sees it. */
  isPrivate: boolean;
}

export function isOwnMessage(batch: Batch, { channelId, messageTs }: ClickPlace): boolean {
  const own = messageOf(batch);
  return own !== undefined && own.ts === messageTs && own.channelId === channelId;
}

interface Clicker {
  userId: string;
  whoMayPick: WhoMayPick;
}

function isAllowed(batch: Batch, { userId, whoMayPick }: Clicker): boolean {
  return whoMayPick === 'anyone' || userId === batch.requesterId;
}

/** "Use this one": the first allowed click wins. */
export function pickClick(
  number: number,
  clicker: Clicker,
  place: ClickPlace,
  { clickId, now }: { clickId: string; now: Date },
): Click {
  const pick = { number, pickedBy: clicker.userId, pickedAt: now.toISOString(), clickId };
  return {
    leavesWork: pickWork(place),
    judge(batch) {
      if (!isAllowed(batch, clicker)) return 'not_yours';
      if (batch.pick) return 'already_picked';
      return findImage(batch, number)?.state === 'stored' ? undefined : 'not_there';
    },
    apply: ({ discardedAt: _, ...batch }) => ({ ...batch, pick }), // chosen from a message that is still there
    isApplied: (batch) => batch.pick?.clickId === clickId,
  };
}

/**
 * What only the clicker saw becomes a post for all, which Slack takes no key to make safe to repeat: where that was is left
 * out, so that nobody posts it a second time.
 */
function pickWork({ channelId, messageTs, responseUrl, isPrivate }: ClickPlace): { task: Task; responseUrl: string } {
  const clicked = { channelId, ...(messageTs && { messageTs }) };
  return { task: { kind: 'pick', ...(!isPrivate && { clicked }) }, responseUrl };
}

/** "Try again" under an image that failed: it is drawn anew, and it alone, with another seed. */
export function retryClick(number: number, clicker: Clicker, seed: number, place: ClickPlace, now: Date): Click {
  return {
    leavesWork: { task: { kind: 'draw', seeds: [seed] }, responseUrl: place.responseUrl },
    judge(batch) {
      if (!isAllowed(batch, clicker)) return 'not_yours';
      if (batch.pick) return 'already_picked';
      const state = findImage(batch, number)?.state;
      if (state === 'pending' || (state === 'failed' && !batch.finishedAt)) return 'still_drawing';
      if (state === 'stored') return 'already_drawn';
      return state === 'failed' ? undefined : 'not_there';
    },
    apply({ finishedAt: _, discardedAt: __, ...batch }) {
      const images = batch.images.map((image): Batch['images'][number] =>
        image.number === number ? { number, modelId: image.modelId, seed, state: 'pending' } : image,
      );
      const again = refresh({ ...batch, images }, now); // the links to the others may have expired long ago
      return isOwnMessage(batch, place) ? again : { ...again, destination: clickAddress(place.responseUrl) };
    },
    isApplied(batch) {
      const image = findImage(batch, number);
      return image?.state === 'pending' && image.seed === seed;
    },
  };
}

function clickAddress(url: string): Destination {
  return { kind: 'response_url', url, replaces: true };
}

/** "Discard": the message goes, the images stay in the bucket. */
export function discardClick(userId: string, now: Date): Click {
  return {
    judge(batch) {
      if (userId !== batch.requesterId) return 'not_yours';
      return batch.pick ? 'already_picked' : undefined; // what somebody chose stays, whatever an old message still offers
    },
    apply: (batch) => (batch.discardedAt ? batch : { ...batch, discardedAt: now.toISOString() }),
  };
}

/** The batch with links to its previews that live from now on. A picked image is signed each time it is shown. */
export function refresh(batch: Batch, now: Date): Batch {
  return batch.pick ? batch : { ...batch, refreshedAt: now.toISOString() };
}

/** "Show again": anybody's, as it changes nothing but the links. */
export function refreshClick(now: Date): Click {
  return {
    judge: (batch) => (batch.finishedAt ? undefined : 'still_drawing'),
    apply: (batch) => refresh(batch, now),
  };
}

/** For buttons that read a batch and change nothing of it. */
export const lookClick: Click = { judge: () => undefined, apply: (batch) => batch };
