import type { BatchReference } from '../../src/core/batch/batch.js';
import type { OpenBatchWork, OpenWork, Task } from '../../src/core/batch/job.js';

export interface RecordingWork {
  openWork: OpenBatchWork;
  /** What became of the work, in order. */
  events: string[];
}

/** Work that only tells what is done with it. */
export function createRecordingWork(differences: Partial<OpenWork> = {}): RecordingWork {
  const events: string[] = [];
  return {
    events,
    async openWork(batch, task, responseUrl) {
      events.push('opened');
      return createWork(batch, task, responseUrl, events, differences);
    },
  };
}

function createWork(
  batch: BatchReference,
  task: Task,
  responseUrl: string | undefined,
  events: string[],
  differences: Partial<OpenWork>,
): OpenWork {
  const close = async () => void events.push('closed');
  const leave = async () => void events.push('left');
  return {
    batch,
    task,
    responseUrl,
    failures: 0,
    isTakenUp: false,
    isHeld: async () => true,
    close,
    leave,
    async carryOut(job) {
      await job().catch(async (error: unknown) => {
        await leave();
        throw error;
      });
      await close();
    },
    ...differences,
  };
}
