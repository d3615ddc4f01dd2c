import { availableParallelism, cpus, loadavg } from 'node:os';
import { createFigure, type Figure, formatTable, quantile } from './figures.js';
import {
  type Burst,
  measureBatch,
  measureBurst,
  measureProcessor,
  measureStart,
  type ProcessorTimes,
} from './measures.js';

/*
 * `npm run bench`: how fast the app is, measured from outside against the stand-ins. JSON goes to standard output and a
 * table of it to standard error. It fails only if something did not run.
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
  const ratios = fourImages.map((milliseconds) => milliseconds / quantile(oneImage, 0.5));
  return [
    createFigure('batch of four over batch of one', 'times', ratios, 1.15),
    createFigure('  batch of four', 'ms', fourImages),
    createFigure('  batch of one', 'ms', oneImage),
    ...burstFigures(bursts),
    ...processorFigures(times),
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

const machine = { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version };
/** Over the minute before the measures began. If it is near the number of cores, others took part in every figure. */
const loadBefore = loadavg()[0];
const figures = await bench();
console.log(JSON.stringify({ measuredAt: new Date().toISOString(), machine, loadBefore, figures }, undefined, 2));
console.error(`\n${formatTable(figures)}`);
