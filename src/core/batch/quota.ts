import { type LimitRefusal, RequestError } from '../errors.js';
import type { Person } from '../ids.js';
import { costOf, findOperation } from '../model-catalog.js';
import { type Batch, isStored } from './batch.js';
import type { BatchDeps, Limits } from './deps.js';
import type { Task } from './job.js';
import { sentFor } from './plan-batch.js';
import type { Usage, UsageReference } from './usage.js';

type CountedBatch = Pick<Batch, 'workspaceId' | 'id' | 'requesterId' | 'requestedAt' | 'images'>;

export type QuotaDeps = Pick<BatchDeps, 'usage' | 'limits' | 'maxBatchMilliseconds' | 'now' | 'log'>;
export type ReserveDeps = QuotaDeps & Pick<BatchDeps, 'checkPrompt' | 'observe'>;

/**
 * Blocked comes before allowed: a user in both lists is blocked.
 * @param asker without a channel for what belongs to no conversation
 */
export function checkAccess(
  limits: Limits,
  { requesterId, channelId }: { requesterId: string; channelId?: string | undefined },
): LimitRefusal | undefined {
  if (limits.blockedUsers.includes(requesterId)) return { kind: 'person_blocked' };
  const isHere = channelId !== undefined;
  if (isHere && limits.blockedChannels.includes(channelId)) return { kind: 'channel_blocked' };
  if (!isAllowed(limits.allowedUsers, requesterId)) return { kind: 'person_not_allowed' };
  if (isHere && !isAllowed(limits.allowedChannels, channelId)) return { kind: 'channel_not_allowed' };
  return undefined;
}

function isAllowed(allowed: readonly string[], id: string): boolean {
  return allowed.length === 0 || allowed.includes(id);
}

/**
 * Counts the images of a new batch, then has its texts checked. If it rejects, nothing is counted.
 * @throws RequestError if access rules, a limit or the content policy refuse the batch
 */
export async function reserveImages(deps: ReserveDeps, batch: Batch): Promise<void> {
  let refusal = checkAccess(deps.limits, batch);
  try {
    for (const counter of countersOf(deps, batch)) {
      if (refusal) break;
      refusal = await claim(deps, counter, batch);
    }
    const texts = refusal ? [] : textsOf(batch);
    if (texts.length > 0) await deps.checkPrompt?.(texts);
  } catch (error) {
    await reconcileImages(deps, batch); // what was counted, or may have been
    throw error;
  }
  if (!refusal) return;
  if (refusal.kind === 'workspace_day') await reconcileImages(deps, batch); // the user's counter has them
  refuse(deps, refusal);
}

/** Every text that models will read: the prompts as sent, and what else can be misused as well. */
function textsOf(batch: Batch): string[] {
  const { sent, images, settings, input } = batch;
  if (input && !findOperation(input.operation).isPrompted) return [];
  const prompts = [...sent, ...images.map((image) => sentFor(batch, image))].map(({ prompt }) => prompt);
  const texts = [...prompts, settings.negativePrompt, input?.target];
  return [...new Set(texts.flatMap((text) => text || []))];
}

export function refuse({ observe }: Pick<BatchDeps, 'observe'>, refusal: LimitRefusal): never {
  observe({ kind: 'request refused', reason: refusal.kind });
  throw new RequestError(refusal);
}

/**
 * A user's images are always counted, so that the count is right on the day a limit is set; the workspace's only while it
 * has a limit, as every command would write that one object.
 */
function countersOf({ limits }: QuotaDeps, { workspaceId, requesterId, requestedAt }: CountedBatch): UsageReference[] {
  const workspace = { workspaceId, day: dayOf(requestedAt) };
  const person = { ...workspace, userId: requesterId };
  return limits.imagesPerWorkspacePerDay === undefined ? [person] : [person, workspace];
}

/** The day in UTC on which a batch was asked for: it counts there, whenever it ends. */
function dayOf(isoTime: string): string {
  return isoTime.slice(0, 10);
}

/** Judges and counts in one write, so that of two that come at once only one gets the last image. */
async function claim(deps: QuotaDeps, counter: UsageReference, batch: Batch): Promise<LimitRefusal | undefined> {
  const { id, images, requestedAt } = batch;
  const claimed = { ...countImages(images), runningSince: requestedAt };
  let refusal: LimitRefusal | undefined;
  await deps.usage.change(counter, (usage) => {
    refusal = judge(deps, counter, usage, batch);
    return refusal || usage.batches[id] ? usage : { ...usage, batches: { ...usage.batches, [id]: claimed } };
  });
  return refusal;
}

function judge(deps: QuotaDeps, { userId }: UsageReference, usage: Usage, batch: Batch): LimitRefusal | undefined {
  const { id, images } = batch;
  const { batchesPerUser, imagesPerUserPerDay, imagesPerWorkspacePerDay } = deps.limits;
  const { images: used, running } = sumUp(deps, usage, id);
  if (userId && running >= batchesPerUser) return { kind: 'too_many_running', running, limit: batchesPerUser };
  const limit = userId ? imagesPerUserPerDay : imagesPerWorkspacePerDay;
  if (limit === undefined || used + images.length <= limit) return undefined;
  return { kind: userId ? 'person_day' : 'workspace_day', used, asked: images.length, limit };
}

/**
 * Batches that wait or run, and images. A batch that began longer ago than one takes was abandoned by a process that died.
 * @param exceptId left out, as it is the batch that asks
 */
function sumUp({ now, maxBatchMilliseconds }: QuotaDeps, { batches }: Usage, exceptId?: string) {
  const notBefore = now().getTime() - maxBatchMilliseconds;
  const counted = Object.entries(batches).flatMap(([id, batch]) => (id === exceptId ? [] : batch));
  return {
    images: counted.reduce((sum, { pictures }) => sum + pictures, 0),
    /** In US dollars; undefined if any of it is unknown. */
    cost: counted.reduce<number | undefined>(
      (sum, { cost }) => (sum !== undefined && cost !== undefined ? sum + cost : undefined),
      0,
    ),
    running: counted.filter(({ runningSince }) => runningSince && Date.parse(runningSince) >= notBefore).length,
  };
}

/** From now on only stored images count. Never rejects: at worst a user is counted a few too many. */
export async function reconcileImages(deps: QuotaDeps, batch: CountedBatch): Promise<void> {
  await Promise.all(
    countersOf(deps, batch).map((counter) =>
      deps.usage
        .change(counter, (usage) => reconcileBatch(usage, batch))
        .catch((error: unknown) => deps.log.error('images not given back', { batch: batch.id, error })),
    ),
  );
}

/** The batch has ended: images that were refused or failed are given back. One that is retried later counts then. */
function reconcileBatch(usage: Usage, { id, images }: CountedBatch): Usage {
  const counted = countImages(images.filter(isStored));
  const { [id]: before, ...others } = usage.batches;
  if ((before?.pictures ?? 0) === counted.pictures && !before?.runningSince) return usage;
  return { ...usage, batches: counted.pictures > 0 ? { ...others, [id]: counted } : others };
}

function countImages(images: Batch['images']) {
  const cost = costOf(images);
  return { pictures: images.length, ...(cost !== undefined && { cost }) };
}

/** The images that are drawn again, as a batch of their own, of the user who clicked and of that day. */
export function retriedImages(batch: Batch, task: Task): Batch | undefined {
  if (task.kind !== 'draw' || !task.again) return undefined;
  const { number, numbers = [number], ...counted } = task.again;
  return { ...batch, ...counted, images: batch.images.filter((image) => numbers.includes(image.number)) };
}

export type UsageToday = Awaited<ReturnType<typeof usageToday>>;

export async function usageToday(deps: QuotaDeps, person: Person) {
  const usage = await deps.usage.load({ ...person, day: dayOf(deps.now().toISOString()) });
  return { ...sumUp(deps, usage), limit: deps.limits.imagesPerUserPerDay };
}
