import type { LimitRefusal } from '../errors.js';
import type { Log } from '../log.js';
import type { Batch } from './batch.js';
import { judgeDay, judgePlace, type Limits, type Place } from './limits.js';
import {
  type CountedBatch,
  claimBatch,
  countPictures,
  countRunning,
  dayOf,
  isRepeated,
  settleBatch,
  type Usage,
  type UsageReference,
  type UsageStore,
} from './usage.js';

export interface GateOptions {
  limits: Limits;
  usage: UsageStore;
  /** A batch that began longer ago than this died with its process, and holds up nobody. */
  longestBatchMilliseconds: number;
  now(): Date;
  log: Log;
}

/** One person's day so far. */
export interface UsageToday {
  pictures: number;
  running: number;
  limit: number | undefined;
}

/** Why a batch is not begun. One that is repeated is no fault of its person's, who has what they asked for. */
export type NotAdmitted = LimitRefusal | { kind: 'repeated' };

export type Gate = ReturnType<typeof createGate>;

/**
 * Who may ask for how much. A person's pictures are always counted, so that the count is true on the day on which a
 * limit is set; the workspace's only while it has a limit, as every command would write the one object.
 */
export function createGate({ limits, usage, longestBatchMilliseconds, now, log }: GateOptions) {
  const notBefore = () => new Date(now().getTime() - longestBatchMilliseconds);

  function judgePerson(
    counted: Usage,
    { id, images }: Batch,
    requestHash: string | undefined,
  ): NotAdmitted | undefined {
    if (isRepeated(counted, id, requestHash)) return { kind: 'repeated' };
    const { batchesPerUser, imagesPerUserPerDay } = limits;
    const running = countRunning(counted, notBefore(), id);
    if (running >= batchesPerUser) return { kind: 'too_many_running', running, limit: batchesPerUser };
    const spent = { used: countPictures(counted, id), asked: images.length, limit: imagesPerUserPerDay };
    return judgeDay('person_day', spent);
  }

  function judgeWorkspace(counted: Usage, { id, images }: Batch): LimitRefusal | undefined {
    const spent = { used: countPictures(counted, id), asked: images.length, limit: limits.imagesPerWorkspacePerDay };
    return judgeDay('workspace_day', spent);
  }

  /** Judges and counts in one write, so that of two that come at once only one can have the last picture. */
  async function claim(
    reference: UsageReference,
    judge: (counted: Usage) => NotAdmitted | undefined,
    count: (counted: Usage) => Usage,
  ): Promise<NotAdmitted | undefined> {
    let refusal: NotAdmitted | undefined;
    await usage.change(reference, (counted) => {
      refusal = judge(counted);
      return refusal ? counted : count(counted);
    });
    return refusal;
  }

  async function claimAll(batch: Batch, requestHash: string | undefined): Promise<NotAdmitted | undefined> {
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
    if (wholeRefusal) await settle(batch);
    return wholeRefusal;
  }

  async function settle(batch: CountedBatch): Promise<void> {
    const { workspace, person } = countersOf(batch);
    const counters = limits.imagesPerWorkspacePerDay === undefined ? [person] : [person, workspace];
    await Promise.all(
      counters.map((counter) =>
        usage
          .change(counter, (counted) => settleBatch(counted, batch))
          .catch((error: unknown) => log.error('pictures not given back', { batch: batch.id, error })),
      ),
    );
  }

  return {
    /** Whether this person may ask here at all. */
    judgePlace: (place: Place): LimitRefusal | undefined => judgePlace(limits, place),

    /**
     * Counts a new batch, or says why not, or fails: in neither case is anything counted.
     * @param requestHash one that the person's day has already, of another batch, is not admitted again, in whichever process
     */
    async admit(batch: Batch, requestHash?: string): Promise<NotAdmitted | undefined> {
      const misplaced = judgePlace(limits, batch);
      if (misplaced) return misplaced;
      try {
        return await claimAll(batch, requestHash);
      } catch (error) {
        await settle(batch); // what was counted, or may have been: nobody draws it
        throw error;
      }
    },

    /** From now on only pictures that are stored count. Never fails: at worst somebody is counted a few too many. */
    settle,

    async today(workspaceId: string, userId: string): Promise<UsageToday> {
      const counted = await usage.load({ workspaceId, userId, day: dayOf(now().toISOString()) });
      return {
        pictures: countPictures(counted),
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
