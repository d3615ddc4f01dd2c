import type { Log } from '../log.js';
import { type Batch, forgetResponseUrl, isPostedOnce } from './batch.js';
import type { BatchStore } from './batch-store.js';
import type { ClickPlace } from './click.js';
import type { OpenWork, Task } from './job.js';
import type { KeepPick } from './keep-pick.js';
import type { RunBatch } from './run-batch.js';
import type { CountedBatch } from './usage.js';

/** A try a minute makes an hour: whoever has not seen the images by then is told another way. */
export const maxFailures = 60;

export interface TakeUpDependencies {
  batches: BatchStore;
  /** Makes the batch to be found by its name and by who asked for it, if it is not yet. Never fails. */
  enterHistory(batch: Batch): Promise<void>;
  /** Images that were not drawn no longer count for the user who asked. Never fails. */
  reconcileUsage(batch: CountedBatch): Promise<void>;
  runBatch: RunBatch;
  keepPick: KeepPick;
  /** Shows a batch to its requester alone, by whatever way is open. */
  notifyRequester(batch: Batch, responseUrl: string | undefined): Promise<void>;
  log: Log;
}

/** Goes on with what another process, or an earlier try, left unfinished: the record says what that is. */
export function createTakeUp(dependencies: TakeUpDependencies): (work: OpenWork) => Promise<void> {
  return (work) => work.carryOut(() => goOn(dependencies, work));
}

async function goOn(dependencies: TakeUpDependencies, work: OpenWork): Promise<void> {
  const { batches, enterHistory, reconcileUsage, runBatch } = dependencies;
  const { task, responseUrl } = work;
  if (work.failures >= maxFailures) return giveUp(dependencies, work);
  const stored = await batches.load(work.batch);
  if (!stored) {
    if (task.kind === 'draw' && task.counted) await reconcileUsage({ ...work.batch, ...task.counted, images: [] });
    return; // refused before its record was written
  }
  if (task.kind === 'pick') return goOnWithPick(dependencies, stored.batch, placeOf(task, responseUrl), responseUrl);
  if (stored.batch.discardedAt && stored.batch.finishedAt) return; // its end is for nobody to see
  const change = batches.change(stored, (found) => redirect(found, responseUrl));
  const [{ batch }] = await Promise.all([change, enterHistory(stored.batch)]);
  await runBatch(batch, work);
}

/** A pick that was made in a private copy may have no message that can show it: then whoever picked is told. */
async function goOnWithPick(
  { keepPick, notifyRequester }: TakeUpDependencies,
  batch: Batch,
  place: ClickPlace | undefined,
  responseUrl: string | undefined,
): Promise<void> {
  if (!batch.pick) return;
  const isShown = await keepPick(batch, place);
  if (!isShown && !place) await notifyRequester(batch, responseUrl);
}

function placeOf(
  { clicked }: Extract<Task, { kind: 'pick' }>,
  responseUrl: string | undefined,
): ClickPlace | undefined {
  if (!clicked || !responseUrl) return undefined;
  return { channelId: clicked.channelId, messageTs: clicked.messageTs, responseUrl, isPrivate: false };
}

async function giveUp({ batches, notifyRequester, log }: TakeUpDependencies, { batch, responseUrl }: OpenWork) {
  log.error('batch could not be finished', { batch: batch.id });
  try {
    const stored = await batches.load(batch);
    if (!stored) return;
    await batches.change(stored, forgetResponseUrl);
    await notifyRequester(stored.batch, responseUrl);
  } catch (error) {
    log.error('the person could not be told', { batch: batch.id, error });
  }
}

/**
 * Where a batch that was left unfinished is shown, so that the channel never gets a second message.
 *
 * A message of the bot's own is known by its ts, and changing it twice does no harm; the same holds for an answer that
 * replaces a message. But a process that dies between posting and recording cannot be told from one that died just
 * before posting: Slack takes no key that would make a post safe to repeat, and looking for the message would want the
 * right to read the channel. That is so for a record without a destination (it is written before the post, the
 * destination after it) and for a response_url once the batch has ended (the end is recorded before the one post that
 * its address is for, and the address forgotten after it). Then only the requester is answered, in private: at worst
 * the channel keeps a message that says "Drawing…", or the requester sees twice what the channel saw once.
 */
export function redirect(batch: Batch, responseUrl: string | undefined): Batch {
  const { destination, finishedAt } = batch;
  if (!destination) return answerPrivately(batch, responseUrl);
  if (!isPostedOnce(destination) || !destination.url || !finishedAt) return batch;
  return answerPrivately(batch, destination.url);
}

function answerPrivately(batch: Batch, url: string | undefined): Batch {
  return { ...batch, destination: { kind: 'response_url', isPrivate: true, ...(url && { url }) } };
}
