import { availableParallelism, cpus, loadavg } from 'node:os';
import { createFigure, type Figure, quantile } from './figures.js';
import { type BatchTimes, measureBatch } from './measure-batch.js';
import { type Burst, measureBurst } from './measure-burst.js';
import { measureProcessor, type ProcessorTimes } from './measure-processor.js';
import { measureStart } from './measure-start.js';
import { formatTable } from './table.js';

/*
 * `npm run bench`: how fast the app is, measured from outside it against the stand-ins. JSON goes to standard output and a
 * table of it to standard error. A measurement, no gate: it fails only where something did not run.
 */

const batchesAtOnce = 20;

async function bench(): Promise<Figure[]> {
  const starts = await measureStart(5);
  const batchTimes = await measureBatch(5);
  const bursts: Burst[] = [];
  for (let run = 0; run < 3; run += 1) bursts.push(await measureBurst(batchesAtOnce));
  const processorTimes: ProcessorTimes[] = [];
  for (let run = 0; run < 3; run += 1) processorTimes.push(await measureProcessor());
  return [
    ...batchFigures(batchTimes),
    ...burstFigures(bursts),
    ...processorFigures(processorTimes),
    createFigure('start to connected socket', 'ms', starts, 1500),
  ];
}

function batchFigures({ fourImages, oneImage }: BatchTimes): Figure[] {
  const typicalOne = quantile(oneImage, 0.5);
  const ratios = fourImages.map((milliseconds) => milliseconds / typicalOne);
  return [
    createFigure('batch of four over batch of one', 'times', ratios, 1.15),
    createFigure('  batch of four', 'ms', fourImages),
    createFigure('  batch of one', 'ms', oneImage),
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
  const ratios = times.map(({ image, floor }) => image / floor);
  return [
    createFigure('CPU of an image over its floor', 'times', ratios, 3),
    createFigure(
      '  CPU of an image',
      'ms',
      times.map(({ image }) => image),
    ),
    createFigure(
      '  its floor',
      'ms',
      times.map(({ floor }) => floor),
    ),
  ];
}

const machine = { cpu: cpus()[0]?.model, cores: availableParallelism(), node: process.version };
/** Over the last minute before the measures began: where it is near the number of cores, others took part in every figure. */
const loadBefore = loadavg()[0];
const figures = await bench();
console.log(JSON.stringify({ measuredAt: new Date().toISOString(), machine, loadBefore, figures }, undefined, 2));
console.error(`\n${formatTable(figures)}`);
