import { monitorEventLoopDelay } from 'node:perf_hooks';
import { onStage, usual } from './stage.js';
import { usageOf } from './usage.js';

export interface Burst {
  /** Milliseconds to each acknowledgement while the batches ran. */
  acknowledgements: number[];
  /** How late this process, which holds the watch, was itself: the p99 of its event loop's delay, in milliseconds. */
  watchDelay: number;
  /** The most memory that the app's process had. */
  peakMegabytes: number;
}

/** How often somebody types something else while the batches run. Milliseconds. */
const probeGap = 25;

/**
 * So many batches at once, typed into a fresh process. All the while `/imagine help` is typed too, at a steady pace whether
 * or not the last one was answered, so that a moment in which the app answers nobody counts for all who would have asked.
 */
export function measureBurst(batches: number): Promise<Burst> {
  return onStage(usual, async ({ app, type, runBatches }) => {
    const probes: Promise<number>[] = [];
    const delay = monitorEventLoopDelay({ resolution: 5 });
    delay.enable();
    const timer = setInterval(() => probes.push(type('help')), probeGap);
    const typed = await runBatches(batches).finally(() => clearInterval(timer));
    const { peakMegabytes } = await usageOf(app);
    const acknowledgements = [...typed, ...(await Promise.all(probes))];
    return { acknowledgements, watchDelay: delay.percentile(99) / 1e6, peakMegabytes };
  });
}
