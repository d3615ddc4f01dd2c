import { type LimitRefusal, RequestError } from '../errors.js';
import type { Person } from '../ids.js';
import type { Batch } from './batch.js';
import type { BatchDeps, Limits } from './deps.js';
import {
  type CountedBatch,
  claimBatch,
  countImages,
  countRunning,
  dayOf,
  reconcileBatch,
  type Usage,
  type UsageReference,
} from './usage.js';

export type QuotaDeps = Pick<BatchDeps, 'usage' | 'limits' | 'maxBatchMilliseconds' | 'now' | 'log'>;
export type ReserveDeps = QuotaDeps & Pick<BatchDeps, 'observe'>;

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
 * Counts the images of a new batch; if it rejects, nothing is counted. A user's images are always counted, so that the
 * count is right on the day a limit is set; the workspace's only while it has a limit, as every command would write that
 * one object.
 * @throws RequestError if access rules or a limit refuse the batch
 */
export async function reserveImages(deps: ReserveDeps, batch: Batch): Promise<void> {
  let refusal = checkAccess(deps.limits, batch);
  try {
    refusal ??= await claimAll(deps, batch);
  } catch (error) {
    await reconcileImages(deps, batch); // what was counted, or may have been
    throw error;
  }
  if (refusal) refuse(deps, refusal);
}

/** @throws RequestError always */
export function refuse({ observe }: Pick<BatchDeps, 'observe'>, refusal: LimitRefusal): never {
  observe({ kind: 'request refused', reason: refusal.kind });
  throw new RequestError(refusal);
}

async function claimAll(deps: QuotaDeps, batch: Batch): Promise<LimitRefusal | undefined> {
  const { workspace, person } = countersOf(batch);
  const refusal = await claim(deps, person, batch, (counted) => judgePerson(deps, counted, batch));
  if (refusal || deps.limits.imagesPerWorkspacePerDay === undefined) return refusal;
  const limit = deps.limits.imagesPerWorkspacePerDay;
  const workspaceRefusal = await claim(deps, workspace, batch, (counted) =>
    judgeDay('workspace_day', counted, batch, limit),
  );
  if (workspaceRefusal) await reconcileImages(deps, batch);
  return workspaceRefusal;
}

/** Judges and counts in one write, so that of two that come at once only one gets the last image. */
async function claim(
  { usage }: QuotaDeps,
  reference: UsageReference,
  batch: Batch,
  judge: (counted: Usage) => LimitRefusal | undefined,
): Promise<LimitRefusal | undefined> {
  let refusal: LimitRefusal | undefined;
  await usage.change(reference, (counted) => {
    refusal = judge(counted);
    return refusal ? counted : claimBatch(counted, batch);
  });
  return refusal;
}

function judgePerson(deps: QuotaDeps, counted: Usage, batch: Batch): LimitRefusal | undefined {
  const { batchesPerUser, imagesPerUserPerDay } = deps.limits;
  const running = countRunning(counted, notBefore(deps), batch.id);
  if (running >= batchesPerUser) return { kind: 'too_many_running', running, limit: batchesPerUser };
  return judgeDay('person_day', counted, batch, imagesPerUserPerDay);
}

function judgeDay(
  kind: 'person_day' | 'workspace_day',
  counted: Usage,
  { id, images }: Batch,
  limit: number | undefined,
): LimitRefusal | undefined {
  const [used, asked] = [countImages(counted, id), images.length];
  return limit !== undefined && used + asked > limit ? { kind, used, asked, limit } : undefined;
}

function notBefore({ now, maxBatchMilliseconds }: QuotaDeps): Date {
  return new Date(now().getTime() - maxBatchMilliseconds);
}

/** From now on only stored images count. Never rejects: at worst a user is counted a few too many. */
export async function reconcileImages(deps: QuotaDeps, batch: CountedBatch): Promise<void> {
  const { workspace, person } = countersOf(batch);
  const counters = deps.limits.imagesPerWorkspacePerDay === undefined ? [person] : [person, workspace];
  await Promise.all(
    counters.map((counter) =>
      deps.usage
        .change(counter, (counted) => reconcileBatch(counted, batch))
        .catch((error: unknown) => deps.log.error('images not given back', { batch: batch.id, error })),
    ),
  );
}

/** One user's day so far. */
export interface UsageToday {
  images: number;
  running: number;
  limit: number | undefined;
}

export async function usageToday(deps: QuotaDeps, person: Person): Promise<UsageToday> {
  const counted = await deps.usage.load({ ...person, day: dayOf(deps.now().toISOString()) });
  return {
    images: countImages(counted),
    running: countRunning(counted, notBefore(deps)),
    limit: deps.limits.imagesPerUserPerDay,
  };
}

function countersOf({ workspaceId, requesterId, requestedAt }: CountedBatch) {
  const workspace: UsageReference = { workspaceId, day: dayOf(requestedAt) };
  return { workspace, person: { ...workspace, userId: requesterId } };
}
