import { availableParallelism, cpus, loadavg } from 'node:os';
import { parseArgs } from 'node:util';
import { z } from 'zod';
import { findRedisProblem } from '../start-redis.js';
import { createFigure, type Figure, formatTable, quantile } from './figures.js';
import {
  type Burst,
  measureBatch,
  measureBurst,
  measureDownloads,
  measureProcessor,
  measureStart,
  type ProcessorTimes,
} from './measures.js';
import { benchProcesses } from './processes.js';

/*
 * `npm run bench`: how fast the app is, measured from outside against the stand-ins. JSON goes to standard output and a
 * table of it to standard error. It fails only if something did not run. With `-- --processes 3` it measures several
 * processes over one Redis instead: see processes.ts.
 */

const batchesAtOnce = 20;

async function repeat<Result>(times: number, measure: () => Promise<Result>): Promise<Result[]> {
  const results: Result[] = [];
  for (let run = 0; run < times; run += 1) results.push(await measure());
  return results;
}

async function bench(): Promise<Figure[]> {
  const starts = await repeat(5, measureStart);
  const { fourImages, oneImage } = await measureBatch(5);
  const bursts = await repeat(3, () => measureBurst(batchesAtOnce));
  const times = await repeat(3, measureProcessor);
  const downloads = [await measureDownloads()];
  const ratios = fourImages.map((milliseconds) => milliseconds / quantile(oneImage, 0.5));
  return [
    createFigure('batch of four over batch of one', 'times', ratios, 1.15),
    createFigure('  batch of four', 'ms', fourImages),
    createFigure('  batch of one', 'ms', oneImage),
    ...burstFigures(bursts),
    ...processorFigures(times),
    createFigure('downloads of Slack, a batch and its pick', 'MB', downloads, 1.5),
    createFigure('start to connected socket', 'ms', starts, 1500),
  ];
}

function burstFigures(bursts: readonly Burst[]): Figure[] {
  const quantiles = (share: number) => bursts.map(({ acknowledgements }) => quantile(acknowledgements, share));
  const delays = bursts.map(({ watchDelay }) => watchDelay);
  const peaks = bursts.map(({ peakMegabytes }) => peakMegabytes);
  return [
    createFigure(`acknowledgement p50, ${batchesAtOnce} batches`, 'ms', quantiles(0.5)),
    createFigure(`acknowledgement p99, ${batchesAtOnce} batches`, 'ms', quantiles(0.99), 200),
    createFigure('  delay of the watch itself, p99', 'ms', delays),
    createFigure(`peak memory, ${batchesAtOnce} batches`, 'MB', peaks, 300),
  ];
}

function processorFigures(times: readonly ProcessorTimes[]): Figure[] {
  const images = times.map(({ image }) => image);
  const floors = times.map(({ floor }) => floor);
  const ratios = times.map(({ image, floor }) => image / floor);
  return [
    createFigure('CPU of an image over its floor', 'times', ratios, 3),
    createFigure('  CPU of an image', 'ms', images),
    createFigure('  its floor', 'ms', floors),
  ];
}

/** Slack opens at most ten connections to an app: https://docs.slack.dev/apis/events-api/using-socket-mode */
const processesSchema = z.coerce.number().int().min(1).max(10).optional();

/** How many processes are asked for, undefined for the usual bench; or why it cannot run. */
function readArguments(): { processes?: number | undefined; problem?: string | undefined } {
  try {
    const { values } = parseArgs({ options: { processes: { type: 'string' } } });
    const { success, data } = processesSchema.safeParse(values.processes);
    if (!success) return { problem: '--processes: give a whole number from 1 to 10.' };
    return { processes: data, problem: data === undefined ? undefined : findRedisProblem() };
  } catch (error) {
    return { problem: error instanceof Error ? error.message : String(error) };
  }
}

const { processes, problem } = readArguments();
if (problem !== undefined) {
  console.error(problem);
  process.exit(1);
}
const machine = { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version };
/** Over the minute before the measures began. If it is near the number of cores, others took part in every figure. */
const loadBefore = loadavg()[0];
const figures = await (processes === undefined ? bench() : benchProcesses(processes));
console.log(JSON.stringify({ measuredAt: new Date().toISOString(), machine, loadBefore, figures }, undefined, 2));
console.error(`\n${formatTable(figures)}`);
