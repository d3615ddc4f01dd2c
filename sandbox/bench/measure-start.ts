import { onStage, usual } from './stage.js';

/** Milliseconds from the start of the app's process to its connected socket, for so many starts one after another. */
export async function measureStart(runs: number): Promise<number[]> {
  const times: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    times.push(await onStage(usual, async ({ startMilliseconds }) => startMilliseconds));
  }
  return times;
}
