import type { Heartbeats, JobRecords } from '../core/batch/deps.js';
import { type Job, JobLostError, type JobReference } from '../core/batch/job.js';
import type { Log, Observe } from '../core/log.js';
import { createJobs } from './jobs.js';
import { createModelQueues, type Lines } from './model-queues.js';
import { createPresence, describeProcess } from './presence.js';
import { createRepeat } from './repeat.js';

/** Milliseconds. */
const times = {
  /** One of them may fail before other processes take this one for dead: see presence.ts. */
  beat: 5_000,
  /** How often to look for orphaned jobs: more often while other processes hold some, or may. */
  busyLook: 5_000,
  idleLook: 60_000,
  tick: 500,
};

/** There can be thousands of open jobs, and the process can be stopped meanwhile. */
const claimedAtOnce = 5;

export interface EngineOptions {
  workspaceId: string;
  jobs: JobRecords;
  heartbeats: Heartbeats;
  lines: Lines;
  /** Models that users may choose: if the lines are shared, this process draws with each from the start. */
  modelIds: readonly string[];
  /** Goes on with a job that no process holds. */
  resume(job: Job): Promise<void>;
  newId(): string;
  observe: Observe;
  now(): Date;
  log: Log;
}

export type Engine = ReturnType<typeof createEngine>;

/**
 * Runs jobs, and the queues of the models that they draw with. The bucket says which jobs are open and who works on them;
 * `lines` is where images wait for their model: in this process, or in Redis for all processes.
 */
export function createEngine(options: EngineOptions) {
  const { workspaceId, jobs: records, heartbeats, lines, modelIds, resume, newId, observe, now, log } = options;
  const { isShared } = lines;
  const self = describeProcess(workspaceId, newId());
  const presence = createPresence({ heartbeats, self, isBusy: () => jobs.count() > 0, isShared, now, log });
  const jobs = createJobs({ records, presence, newId, now, log });
  const queues = createModelQueues(lines, { observe, now, log });
  const running = new Set<Promise<void>>();
  /** IDs of jobs whose failure was reported: a broken record stays until an operator deletes it. */
  const failing = new Set<string>();
  let nextLook = Number.NEGATIVE_INFINITY;
  let lastLook = Number.NEGATIVE_INFINITY;

  function add(job: Job, work: () => Promise<void>): void {
    const run = job
      .run(work)
      .catch((error: unknown) => {
        if (error instanceof JobLostError) log.info('job left to another process', { batch: job.batch.id });
        else log.error('job failed', { batch: job.batch.id, error });
      })
      .finally(() => {
        queues.release(job.batch.id);
        running.delete(run);
      });
    running.add(run);
  }

  /** Runs orphaned jobs. Loaded first, so that any process that claims one in between is among the others. */
  async function claim(references: readonly JobReference[]): Promise<void> {
    const loaded = await Promise.all(references.map((reference) => tryFor(reference, () => jobs.load(reference))));
    const others = await presence.findOthers();
    await Promise.all(
      loaded.map(async (found) => {
        const job = found && (await tryFor(found.value, () => jobs.claim(found, others)));
        if (!job) return;
        log.info('resuming an open job', { batch: job.batch.id, attempts: job.attempts });
        add(job, () => resume(job));
      }),
    );
  }

  async function tryFor<Result>({ id }: JobReference, step: () => Promise<Result>): Promise<Result | undefined> {
    try {
      const result = await step();
      failing.delete(id);
      return result;
    } catch (error) {
      if (!failing.has(id)) log.warn('open job not resumed', { job: id, error });
      failing.add(id);
      return undefined;
    }
  }

  async function look(stopped: AbortSignal): Promise<void> {
    const began = now().getTime();
    const isTooSoon = began >= lastLook && began < nextLook; // not if the clock was set back
    if (isTooSoon && !jobs.hasRetrySince(lastLook)) return;
    lastLook = began;
    nextLook = began + times.busyLook; // also if the bucket fails
    const open = await records.list(workspaceId);
    const isEveryJobHere = open.every(jobs.holds);
    if (isShared && isEveryJobHere) return; // another process may open one at any time, and die
    const others = await presence.findOthers();
    const candidates = jobs.candidates(open, others);
    for (let first = 0; first < candidates.length && !stopped.aborted; first += claimedAtOnce) {
      await claim(candidates.slice(first, first + claimedAtOnce));
    }
    if (!isShared && others.size === 0 && isEveryJobHere) nextLook = began + times.idleLook;
  }

  const beating = createRepeat({
    name: 'heartbeat',
    gapMilliseconds: times.beat,
    work: async () => (presence.isDue() ? presence.beat() : undefined),
    log,
  });
  const looking = createRepeat({ name: 'resuming open jobs', gapMilliseconds: times.tick, work: look, log });

  return {
    queues,
    openJob: jobs.open,
    add,
    start() {
      if (isShared) queues.open(modelIds);
      beating.start();
      looking.start();
    },
    /** No further job is resumed; those that run go on. */
    stop: looking.stop,
    /** Resolves once no job runs here. */
    async finish(): Promise<void> {
      await lines.drain();
      while (running.size > 0) await Promise.all(running);
      await lines.close();
      await beating.stop();
      await presence.leave();
    },
  };
}
