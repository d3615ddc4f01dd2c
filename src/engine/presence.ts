import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import type { Heartbeats } from '../core/batch/deps.js';
import type { ProcessReference } from '../core/batch/job.js';
import type { Log } from '../core/log.js';

/** Milliseconds. A job of a process that died elsewhere goes on after `lapse` and the next look of another process. */
const times = {
  /** Without a beat for so long, a process is taken for dead. */
  lapse: 12_000,
  /** Beats of a process that takes its first job come this often from then on: the last one must not be older. */
  fresh: 5_000,
  /** A process that beat so recently needs not ask whether others took it for dead. */
  trust: 8_000,
  /** An idle process beats only to be counted. */
  idle: 60_000,
  /** Longer than a deployment keeps an old and a new process side by side. */
  crowd: 10 * 60_000,
  /** What a dead process left behind is removed. */
  forget: 60 * 60_000,
};

export interface PresenceOptions {
  heartbeats: Heartbeats;
  self: ProcessReference;
  /** Whether this process works on jobs. */
  isBusy(): boolean;
  /** Other processes are expected: they share a queue. */
  isShared: boolean;
  now(): Date;
  log: Log;
}

export type Presence = ReturnType<typeof createPresence>;

/** Tells other processes that this one lives, and learns which of them do. Ages are by the bucket's clock. */
export function createPresence({ heartbeats, self, isBusy, isShared, now, log }: PresenceOptions) {
  let lastBeat = Number.NEGATIVE_INFINITY; // when it was sent
  let trustedFrom = 0;
  let crowdedSince: number | undefined;

  /** Infinite if the clock was set back: then nothing is known. */
  function age(): number {
    const milliseconds = now().getTime() - lastBeat;
    return milliseconds < 0 ? Number.POSITIVE_INFINITY : milliseconds;
  }

  async function beat(): Promise<void> {
    const sent = now().getTime();
    const wasSilent = isBusy() && age() > times.trust;
    await heartbeats.beat(self);
    // Another process that took this one for dead may be about to claim its jobs.
    if (wasSilent) trustedFrom = sent + times.lapse;
    lastBeat = sent;
  }

  async function remove(process: ProcessReference): Promise<void> {
    await heartbeats.remove(process).catch((error: unknown) => log.warn('heartbeat not removed', { error }));
  }

  function warnOfCrowd(others: number): void {
    const time = now().getTime();
    crowdedSince = others > 0 ? (crowdedSince ?? time) : undefined;
    if (isShared || crowdedSince === undefined || time - crowdedSince < times.crowd) return;
    log.warn('several processes run without a shared queue, and each spends the whole quota; set REDIS_URL', {
      others,
    });
    crowdedSince = Number.POSITIVE_INFINITY; // said once
  }

  return {
    id: self.id,
    beat,
    /** Before this process takes its first job, others must know that it lives. */
    ensure: () => (age() < times.fresh ? Promise.resolve() : beat()),
    isDue: () => isBusy() || age() >= times.idle,
    /** False if others may have taken this process for dead and claimed its jobs: only the bucket can say. */
    isTrusted: () => age() < times.trust && now().getTime() >= trustedFrom,
    /** IDs of the other processes that live. One whose heartbeat is gone has stopped. */
    async findOthers(): Promise<ReadonlySet<string>> {
      await beat();
      const found = await heartbeats.list(self.workspaceId);
      const clock = found.find(({ id }) => id === self.id)?.beatAt ?? now();
      const others = found
        .filter(({ id }) => id !== self.id)
        .map((other) => ({ ...other, age: clock.getTime() - other.beatAt.getTime() }));
      await Promise.all(others.filter((other) => other.age > times.forget).map(remove));
      const running = others.filter((other) => !isGone(self, other));
      warnOfCrowd(running.filter((other) => other.age < times.idle + times.lapse).length);
      return new Set(running.filter((other) => other.age < times.lapse).map(({ id }) => id));
    },
    leave: () => remove(self),
  };
}

/** Known at once on the same machine. Other machines are judged by their heartbeats alone. */
function isGone(self: ProcessReference, { host, pid }: ProcessReference): boolean {
  if (host !== self.host) return false;
  try {
    process.kill(pid, 0); // sends nothing
    return false;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'ESRCH';
  }
}

/** This process, as others know it. */
export function describeProcess(workspaceId: string, id: string): ProcessReference {
  const machine = [hostname(), read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'))];
  const container = read(() => readlinkSync('/proc/self/ns/pid'));
  const host = createHash('sha256')
    .update([...machine, container].join('\n'))
    .digest('hex')
    .slice(0, 16);
  return { workspaceId, id, host, pid: process.pid };
}

/** Empty on systems other than Linux: there the host name has to do. */
function read(file: () => string): string {
  try {
    return file();
  } catch {
    return '';
  }
}
