import { onStage, type Stage, usual } from './stage.js';

export interface BatchTimes {
  /** Milliseconds from the typed command to the message with the recipe. */
  fourImages: number[];
  oneImage: number[];
}

/**
 * A batch of four images beside a batch of one. The product always asks for four, so in a batch of one the model's
 * filter keeps back the other three, in the same second that the one takes: all that is missing is their bytes, to be
 * decoded, stored, shown and downloaded by Slack. Both kinds go the same way, in turns, through the same warm process.
 */
export async function measureBatch(runs: number): Promise<BatchTimes> {
  return onStage(usual, async (stage) => {
    const times: BatchTimes = { fourImages: [], oneImage: [] };
    await timeBatch(stage); // loads and compiles what only the first batch has to
    for (let run = 0; run < runs; run += 1) {
      times.fourImages.push(await timeBatch(stage));
      await stage.cloud.filterNext(3);
      times.oneImage.push(await timeBatch(stage));
    }
    return times;
  });
}

async function timeBatch({ runBatches }: Stage): Promise<number> {
  const started = performance.now();
  await runBatches(1);
  return performance.now() - started;
}
