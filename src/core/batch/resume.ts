import type { Stored } from '../records.js';
import { type Batch, forgetResponseUrl, isPickDeleted, isPostedOnce } from './batch.js';
import type { BatchDeps } from './deps.js';
import type { Job, Task } from './job.js';
import { type KeepPickDeps, keepPick } from './keep-pick.js';
import { reconcileImages } from './quota.js';
import { type RunBatchDeps, runBatch } from './run-batch.js';
import { enterHistory } from './start-batch.js';

/** They take an hour: a requester who has not seen the images by then is told in another way. */
export const maxAttempts = 60;
/** A batch that ends each process that draws it must not be paid for again and again. */
const maxTakeovers = 10;

type PickTask = Extract<Task, { kind: 'pick' }>;

export type ResumeDeps = RunBatchDeps & KeepPickDeps & Pick<BatchDeps, 'history'>;

/** Goes on with what another process, or an earlier attempt, left unfinished: the record says what that is. */
export async function resumeJob(deps: ResumeDeps, job: Job): Promise<void> {
  const { task, responseUrl } = job;
  if (job.attempts >= maxAttempts || job.takeovers >= maxTakeovers) return giveUp(deps, job);
  const stored = await deps.batches.load(job.batch);
  if (!stored) {
    if (task.kind === 'draw' && task.counted)
      await reconcileImages(deps, { ...job.batch, ...task.counted, images: [] });
    return; // refused before its record was written
  }
  if (task.kind === 'pick') return resumePick(deps, stored, task, responseUrl);
  if (stored.value.discardedAt && stored.value.finishedAt) return; // its end is shown to no one
  const change = deps.batches.change(stored, (found) => redirect(found, responseUrl));
  const [redirected] = await Promise.all([change, enterHistory(deps, stored.value)]);
  await runBatch(deps, job, redirected);
}

/** A pick made in a private copy may have no message that can show it: then the requester is told. */
async function resumePick(
  deps: ResumeDeps,
  stored: Stored<Batch>,
  { clicked }: PickTask,
  responseUrl?: string,
): Promise<void> {
  if (!stored.value.pick || isPickDeleted(stored.value)) return;
  const message = clicked && responseUrl ? { ...clicked, responseUrl, isPrivate: false } : undefined;
  const isShown = await keepPick(deps, stored, message);
  if (!isShown && !message) await deps.messages.notifyRequester(stored.value, responseUrl);
}

async function giveUp({ batches, messages, log }: ResumeDeps, { batch, responseUrl }: Job): Promise<void> {
  log.error('batch could not be finished', { batch: batch.id });
  try {
    const stored = await batches.load(batch);
    if (!stored) return;
    await batches.change(stored, forgetResponseUrl);
    await messages.notifyRequester(stored.value, responseUrl);
  } catch (error) {
    log.error('the requester could not be notified', { batch: batch.id, error });
  }
}

/**
 * Where a batch that was left unfinished is shown, so that the channel never gets a second message. A message of the bot's
 * own can be updated twice, and an answer that replaces a message can be repeated. But a process that died between posting
 * and recording cannot be told from one that died just before posting: Slack takes no key that would make a post safe to
 * repeat, and looking for the message would take permission to read the channel. That is so for a record without a
 * destination (written before the post, the destination after it), and for a response_url once the batch has ended (the
 * end is recorded before its one post, and the URL forgotten after it). Then only the requester is answered, in private:
 * at worst the channel keeps a message that says "Drawing…", or the requester sees twice what the channel saw once.
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
