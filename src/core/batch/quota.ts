import type { LimitRefusal } from '../errors.js';
import type { Log } from '../log.js';
import type { Batch } from './batch.js';
import { checkAccess, judgeDay, type Limits, type Place } from './limits.js';
import {
  type CountedBatch,
  claimBatch,
  countImages,
  countRunning,
  dayOf,
  isRepeated,
  reconcileBatch,
  type Usage,
  type UsageReference,
  type UsageStore,
} from './usage.js';

export interface QuotaOptions {
  limits: Limits;
  usage: UsageStore;
  /** A batch that began longer ago than this died with its process, and holds up nobody. */
  maxBatchMilliseconds: number;
  now(): Date;
  log: Log;
}

/** One person's day so far. */
export interface UsageToday {
  images: number;
  running: number;
  limit: number | undefined;
}

/** Why a batch is not begun. One that is repeated is no fault of its person's, who has what they asked for. */
export type QuotaRefusal = LimitRefusal | { kind: 'repeated' };

export type Quota = ReturnType<typeof createQuota>;

/**
 * Who may ask for how much. A person's images are always counted, so that the count is true on the day on which a
 * limit is set; the workspace's only while it has a limit, as every command would write the one object.
 */
export function createQuota({ limits, usage, maxBatchMilliseconds, now, log }: QuotaOptions) {
  const notBefore = () => new Date(now().getTime() - maxBatchMilliseconds);

  function judgePerson(
    counted: Usage,
    { id, images }: Batch,
    requestHash: string | undefined,
  ): QuotaRefusal | undefined {
    if (isRepeated(counted, id, requestHash)) return { kind: 'repeated' };
    const { batchesPerUser, imagesPerUserPerDay } = limits;
    const running = countRunning(counted, notBefore(), id);
    if (running >= batchesPerUser) return { kind: 'too_many_running', running, limit: batchesPerUser };
    const spent = { used: countImages(counted, id), asked: images.length, limit: imagesPerUserPerDay };
    return judgeDay('person_day', spent);
  }

  function judgeWorkspace(counted: Usage, { id, images }: Batch): LimitRefusal | undefined {
    const spent = { used: countImages(counted, id), asked: images.length, limit: limits.imagesPerWorkspacePerDay };
    return judgeDay('workspace_day', spent);
  }

  /** Judges and counts in one write, so that of two that come at once only one can have the last image. */
  async function claim(
    reference: UsageReference,
    judge: (counted: Usage) => QuotaRefusal | undefined,
    count: (counted: Usage) => Usage,
  ): Promise<QuotaRefusal | undefined> {
    let refusal: QuotaRefusal | undefined;
    await usage.change(reference, (counted) => {
      refusal = judge(counted);
      return refusal ? counted : count(counted);
    });
    return refusal;
  }

  async function claimAll(batch: Batch, requestHash: string | undefined): Promise<QuotaRefusal | undefined> {
    const { workspace, person } = countersOf(batch);
    const refusal = await claim(
      person,
      (counted) => judgePerson(counted, batch, requestHash),
      (counted) => claimBatch(counted, batch, requestHash),
    );
    if (refusal || limits.imagesPerWorkspacePerDay === undefined) return refusal;
    const wholeRefusal = await claim(
      workspace,
      (counted) => judgeWorkspace(counted, batch),
      (counted) => claimBatch(counted, batch),
    );
    if (wholeRefusal) await reconcile(batch);
    return wholeRefusal;
  }

  async function reconcile(batch: CountedBatch): Promise<void> {
    const { workspace, person } = countersOf(batch);
    const counters = limits.imagesPerWorkspacePerDay === undefined ? [person] : [person, workspace];
    await Promise.all(
      counters.map((counter) =>
        usage
          .change(counter, (counted) => reconcileBatch(counted, batch))
          .catch((error: unknown) => log.error('images not given back', { batch: batch.id, error })),
      ),
    );
  }

  return {
    /** Whether this person may ask here at all. */
    checkAccess: (place: Place): LimitRefusal | undefined => checkAccess(limits, place),

    /**
     * Counts a new batch, or says why not, or fails: in neither case is anything counted.
     * @param requestHash one that the person's day has already, of another batch, is not admitted again, in whichever process
     */
    async reserve(batch: Batch, requestHash?: string): Promise<QuotaRefusal | undefined> {
      const misplaced = checkAccess(limits, batch);
      if (misplaced) return misplaced;
      try {
        return await claimAll(batch, requestHash);
      } catch (error) {
        await reconcile(batch); // what was counted, or may have been: nobody draws it
        throw error;
      }
    },

    /** From now on only images that are stored count. Never fails: at worst somebody is counted a few too many. */
    reconcile,

    async today(workspaceId: string, userId: string): Promise<UsageToday> {
      const counted = await usage.load({ workspaceId, userId, day: dayOf(now().toISOString()) });
      return {
        images: countImages(counted),
        running: countRunning(counted, notBefore()),
        limit: limits.imagesPerUserPerDay,
      };
    },
  };
}

function countersOf({
  workspaceId,
  requesterId,
  requestedAt,
}: CountedBatch): Record<'workspace' | 'person', UsageReference> {
  const workspace = { workspaceId, day: dayOf(requestedAt) };
  return { workspace, person: { ...workspace, userId: requesterId } };
}
