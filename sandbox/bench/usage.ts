import type { ChildProcess, Serializable } from 'node:child_process';
import { once } from 'node:events';
import { z } from 'zod';
import type { RunningApp } from '../start-app.js';

const usageSchema = z.object({
  /** User and system time of all threads since the process began. */
  cpuMilliseconds: z.number(),
  /** The most memory (RSS) that it ever had. 1 MB is 1024 * 1024 bytes. */
  peakMegabytes: z.number(),
});

export type Usage = z.infer<typeof usageSchema>;

export async function usageOf({ process }: RunningApp): Promise<Usage> {
  return usageSchema.parse(await ask(process, 'usage'));
}

/** Bytes that the app holds and cannot let go of. */
export async function memoryOf({ process }: RunningApp): Promise<number> {
  return z.number().parse(await ask(process, 'memory'));
}

/** Sends one message to a process and resolves to its next one. One question at a time. */
export async function ask(child: ChildProcess, question: Serializable): Promise<unknown> {
  const answered = once(child, 'message');
  child.send(question);
  const [answer] = await answered;
  return answer;
}
