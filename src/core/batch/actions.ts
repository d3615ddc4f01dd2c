import { isWorthRetrying, RequestError } from '../errors.js';
import type { BatchReference } from '../ids.js';
import { type Stored, UnreadableRecordError } from '../records.js';
import {
  type Batch,
  type ClickedMessage,
  differencesOf,
  findImage,
  isHiddenFrom,
  isOwnMessage,
  isSeenByOthers,
  isStored,
  messageOf,
} from './batch.js';
import { checkInput } from './check-input.js';
import type { BatchDeps } from './deps.js';
import type { Job, Retry, Task } from './job.js';
import { type ReserveDeps, reconcileImages, reserveImages, retriedImages } from './quota.js';

export type WhoMayPick = 'requester' | 'anyone';

/** Why a click does nothing. */
export type Refusal =
  | 'not_yours'
  | 'not_your_pick'
  | 'already_picked'
  | 'already_drawn'
  | 'already_shared'
  | 'not_there'
  | 'still_drawing'
  | 'already_asked'
  | 'nothing_to_stop'
  | 'menu_too_old';

/** What a button asks of a batch, as pure functions of its record, never of what the click carries. */
export interface Click {
  judge(batch: Batch): Refusal | undefined;
  apply(batch: Batch): Batch;
  /** What the record does not tell. @throws RequestError */
  verify?(batch: Batch): Promise<void>;
  /** True if this very click is already in the record: our own write, whose answer was lost. */
  isApplied?(batch: Batch): boolean;
  /** Work that follows once the click is recorded, which a crash must not lose. */
  job?(batch: Batch): { task: Task; responseUrl: string };
}

export type ClickOutcome =
  | { kind: 'done'; stored: Stored<Batch>; job: Job | undefined }
  | { kind: Refusal; batch: Batch }
  | { kind: 'unknown_batch' | 'unreadable_batch' };

export type RefusedClick = Exclude<ClickOutcome, { kind: 'done' }>;

export type DecideClickDeps = ReserveDeps & Pick<BatchDeps, 'batches' | 'inputs' | 'operations' | 'openJob'>;

/**
 * Decides a click by the record: of two that come at once, here or in two processes, the first to be written wins.
 * @throws RequestError if the click costs something that limits or the content policy refuse
 */
export async function decideClick(
  deps: DecideClickDeps,
  reference: BatchReference,
  click: Click,
): Promise<ClickOutcome> {
  try {
    const stored = await deps.batches.load(reference);
    if (!stored) return { kind: 'unknown_batch' };
    const refusal = click.judge(stored.value);
    if (refusal) return { kind: refusal, batch: stored.value };
    await click.verify?.(stored.value);
    return await reserveAndRecord(deps, reference, stored, click);
  } catch (error) {
    if (!(error instanceof UnreadableRecordError)) throw error;
    deps.log.warn('batch record cannot be read', { batch: reference.id, error });
    return { kind: 'unreadable_batch' };
  }
}

/**
 * The job comes first: after a crash, the process that claims it gives back what was counted. Limits and content policy
 * are those of now: both may be stricter than when the batch began.
 */
async function reserveAndRecord(
  deps: DecideClickDeps,
  reference: BatchReference,
  stored: Stored<Batch>,
  click: Click,
): Promise<ClickOutcome> {
  const work = click.job?.(stored.value);
  const counted = work && retriedImages(stored.value, work.task);
  if (counted?.input) await checkInput(deps, counted, counted.input);
  const job = work && (await deps.openJob(reference, work.task, work.responseUrl));
  try {
    if (counted) await reserveImages(deps, counted);
  } catch (error) {
    await job?.close();
    throw error;
  }
  const { refusal, changed } = await recordClick(deps, stored, click).catch(async (error: unknown) => {
    await job?.release(); // the record tells the next attempt whether the write arrived
    if (counted) await reconcileImages(deps, counted); // if it did, the image counts once it is drawn
    throw error;
  });
  if (!refusal) return { kind: 'done', stored: changed, job };
  await job?.close();
  if (counted) await reconcileImages(deps, counted);
  return { kind: refusal, batch: changed.value };
}

async function recordClick({ batches }: Pick<BatchDeps, 'batches'>, stored: Stored<Batch>, click: Click) {
  let refusal: Refusal | undefined;
  const changed = await batches.change(stored, (current) => {
    const isApplied = click.isApplied?.(current) ?? false;
    refusal = isApplied ? undefined : click.judge(current);
    return isApplied || refusal ? current : click.apply(current);
  });
  return { refusal, changed };
}

export interface Clicker {
  userId: string;
  whoMayPick: WhoMayPick;
}

function isAllowed(batch: Batch, { userId, whoMayPick }: Clicker): boolean {
  return whoMayPick === 'anyone' || userId === batch.requesterId;
}

/** The click for the user who made it: another user's private batch is not for them, whatever a value names. */
export function clickBy(userId: string, click: Click): Click {
  return { ...click, judge: (batch) => (isHiddenFrom(batch, userId) ? 'not_yours' : click.judge(batch)) };
}

/** The click, if the bucket still has the image: rules of the bucket may delete what was not chosen. */
export function withImage({ images }: Pick<BatchDeps, 'images'>, number: number, click: Click): Click {
  return {
    ...click,
    async verify(batch) {
      const image = findImage(batch, number);
      const isGone = image?.state === 'stored' && !(await images.isThere(batch, image));
      if (isGone) throw new RequestError({ kind: 'image_gone' });
    },
  };
}

/** Why this user cannot choose this image. */
function judgePick(batch: Batch, number: number, clicker: Clicker): Refusal | undefined {
  if (!isAllowed(batch, clicker)) return 'not_yours';
  if (batch.pick) return 'already_picked';
  return findImage(batch, number)?.state === 'stored' ? undefined : 'not_there';
}

/** A number in a private message: the choice is shown before it is made. */
export function previewClick(number: number, clicker: Clicker): Click {
  return { judge: (batch) => judgePick(batch, number, clicker), apply: (batch) => batch };
}

/** "Use this one", "Share" or "Keep private": the first allowed click wins. */
export function pickClick(
  number: number,
  clicker: Clicker,
  clicked: ClickedMessage,
  { clickId, now, keepsPrivate = false }: { clickId: string; now: Date; keepsPrivate?: boolean },
): Click {
  const pick = { number, pickedBy: clicker.userId, pickedAt: now.toISOString(), clickId };
  const { channelId, messageTs, responseUrl, isPrivate } = clicked;
  // a private message becomes a post, which Slack gives no key to make safe to repeat: so the job does not name it
  const named = !isPrivate && { clicked: { channelId, ...(messageTs && { messageTs }) } };
  return {
    job: () => ({ task: { kind: 'pick', ...named }, responseUrl }),
    judge(batch) {
      const refusal = judgePick(batch, number, clicker);
      return !refusal && keepsPrivate && isSeenByOthers(batch) ? 'already_shared' : refusal;
    },
    apply(batch) {
      if (isPrivate && !keepsPrivate) return { ...batch, pick }; // for everyone once it is posted: see keep-pick.ts
      const { discardedAt: _, visibility: __, ...shown } = batch; // chosen from a message that is still there
      return { ...shown, pick, ...(keepsPrivate && { visibility: 'private' }) };
    },
    isApplied: (batch) => batch.pick?.clickId === clickId,
  };
}

/** Whose images are drawn again, and with which seeds. */
export interface RetryOptions extends Omit<Retry, 'number' | 'numbers' | 'isCopy'> {
  /** 0 for every image that failed and may be drawn the next time. */
  number: number;
  newSeed(): number;
}

/** "Retry failed", or "Try again" below one image in messages of earlier releases: other seeds, the rest as it was. */
export function retryClick(clicker: Clicker, clicked: ClickedMessage, options: RetryOptions): Click {
  const { number: wanted, newSeed, ...asked } = options;
  /** By number; of the images that had failed when the click was first judged. */
  let seeds: ReadonlyMap<number, number> | undefined;

  function seedsFor(batch: Batch): ReadonlyMap<number, number> {
    const failed = batch.images.flatMap((image) =>
      image.state === 'failed' && isWorthRetrying(image.reason) ? image.number : [],
    );
    seeds ??= new Map((wanted === 0 ? failed : [wanted]).map((number) => [number, newSeed()]));
    return seeds;
  }

  /** The click was in a private copy: the batch's own message, which others see, stays that. */
  function isCopyOf(batch: Batch): boolean {
    return clicked.isPrivate && !batch.discardedAt && messageOf(batch) !== undefined;
  }

  return {
    job(batch) {
      const numbers = [...seedsFor(batch).keys()];
      const more = { ...(numbers.length > 1 && { numbers }), ...(isCopyOf(batch) && { isCopy: true }) };
      const again = { ...asked, number: numbers[0] ?? 0, ...more };
      const task: Task = { kind: 'draw', seeds: [...seedsFor(batch).values()], again };
      return { task, responseUrl: clicked.responseUrl };
    },
    judge(batch) {
      if (!isAllowed(batch, clicker)) return 'not_yours';
      if (batch.pick) return 'already_picked';
      const states = [...seedsFor(batch).keys()].map((number) => findImage(batch, number)?.state);
      const isDrawing = !batch.finishedAt && states.every((state) => state === 'failed'); // or none failed so far
      if (states.includes('pending') || isDrawing) return 'still_drawing';
      if (states.includes('stored') || states.length === 0) return 'already_drawn';
      return states.includes(undefined) ? 'not_there' : undefined;
    },
    apply(before) {
      const { finishedAt: _, discardedAt: __, stoppedAt: ___, ...batch } = before;
      const images = batch.images.map((image): Batch['images'][number] => {
        const seed = seedsFor(batch).get(image.number);
        const { number, modelId } = image;
        return seed === undefined ? image : { number, modelId, seed, state: 'pending', ...differencesOf(image) };
      });
      const again = refresh({ ...batch, images }, new Date(asked.requestedAt)); // the other links may have expired long ago
      if (isOwnMessage(batch, clicked) || isCopyOf(before)) return again;
      const { responseUrl: url, isPrivate } = clicked;
      return { ...again, destination: { kind: 'response_url', url, replaces: true, ...(isPrivate && { isPrivate }) } };
    },
    isApplied: (batch) =>
      [...seedsFor(batch)].every(([number, seed]) => {
        const image = findImage(batch, number);
        return image?.state === 'pending' && image.seed === seed;
      }),
  };
}

/** "Stop": what has not begun is given up. */
export function stopClick(userId: string, now: Date): Click {
  return {
    judge(batch) {
      if (userId !== batch.requesterId) return 'not_yours';
      return batch.finishedAt ? 'nothing_to_stop' : undefined;
    },
    apply: (batch) => (batch.stoppedAt ? batch : { ...batch, stoppedAt: now.toISOString() }),
  };
}

/** "Discard": the message goes, the images stay in the bucket. */
export function discardClick(userId: string, now: Date): Click {
  return {
    judge(batch) {
      if (userId !== batch.requesterId) return 'not_yours';
      return batch.pick ? 'already_picked' : undefined; // a chosen image stays, whatever an old message still offers
    },
    apply: (batch) => (batch.discardedAt ? batch : { ...batch, discardedAt: now.toISOString() }),
  };
}

/** The batch with preview links that are valid from now on. The link to a picked image is signed whenever it is shown. */
export function refresh(batch: Batch, now: Date): Batch {
  return batch.pick ? batch : { ...batch, refreshedAt: now.toISOString() };
}

/** "Show again": open to everyone, as it changes nothing but the links. */
export function refreshClick(now: Date): Click {
  return {
    judge: (batch) => (batch.finishedAt ? undefined : 'still_drawing'),
    apply: (batch) => refresh(batch, now),
  };
}

/** How long a second press counts as a double click. If the first had come to nothing, it may be pressed again after that. */
const doubleClickMilliseconds = 60_000;

function wasPressed({ pressed }: Batch, { messageTs }: ClickedMessage, now: Date): boolean {
  if (!pressed || pressed.messageTs !== messageTs) return false;
  return now.getTime() - Date.parse(pressed.at) < doubleClickMilliseconds;
}

function press(batch: Batch, { messageTs }: ClickedMessage, now: Date): Batch {
  return messageTs ? { ...batch, pressed: { messageTs, at: now.toISOString() } } : batch;
}

/** What the button asked for did not come about: it may be pressed again. */
export function releasePress(batch: Batch): Batch {
  const { pressed, ...released } = batch;
  return pressed ? released : batch;
}

/** "Share" in a private message: everyone may see the batch once it is posted. */
export function shareClick(clicked: ClickedMessage, now: Date): Click {
  return {
    judge(batch) {
      if (wasPressed(batch, clicked, now)) return 'already_shared';
      return batch.images.some(isStored) ? undefined : 'not_there';
    },
    apply: (batch) => press(refresh(batch, now), clicked, now),
  };
}

/** "Again": a private message gives way to the new batch, so that a double click must not pay for two. */
export function againClick(clicked: ClickedMessage, now: Date): Click {
  if (!clicked.isPrivate) return lookClick;
  return {
    judge: (batch) => (wasPressed(batch, clicked, now) ? 'still_drawing' : undefined),
    apply: (batch) => press(batch, clicked, now),
  };
}

/** For buttons that read a batch and change nothing. */
export const lookClick: Click = { judge: () => undefined, apply: (batch) => batch };
