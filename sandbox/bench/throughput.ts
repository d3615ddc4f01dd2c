import { cpus } from 'node:os';
import { setTimeout as wait } from 'node:timers/promises';
import { onStage, type Stage } from './stage.js';
import { usageOf } from './usage.js';

/** How many calls to a model a process of the app has under way at most, whatever its quota. */
export const callsPerProcess = 250;
/** Some images always wait, so that no call is missing for want of an image. */
const askedPerCall = 1.25;
/** They ask in turns: each has a record of its own that counts what they asked for. */
const askers = 100;
/** Between two looks at what is finished, in milliseconds. With each, someone types `/imagine help` too. */
const lookGap = 100;
/** By when the first images are stored and shown, once the model has drawn them. In milliseconds. */
const showing = 3000;
/** A batch is four images. */
const imagesOfBatch = 4;

export interface Throughput {
  imagesPerSecond: number;
  /** What the calls that may be under way and the model's time allow. */
  mostImagesPerSecond: number;
  /** Milliseconds to each acknowledgement. */
  acknowledgements: number[];
  /** CPU milliseconds of all the app's processes for one image, with its share of everything else. */
  processorTime: number;
  /** How busy all the machine's processors were with this and anything else, in percent. */
  busyPercent: number;
}

export interface ThroughputOptions {
  processes: number;
  /** undefined for one process that needs no queue outside of it. */
  redisUrl: string | undefined;
  /** How long the model takes over an image. */
  latencyMs: number;
}

/**
 * Keeps the processes as busy as they let themselves be: so many batches are asked for that every process always has all its
 * calls under way, and another one as soon as one is finished. Once the first images are there, it counts for as long as the
 * model takes, which evens out that calls began in waves.
 */
export function measureThroughput({ processes, redisUrl, latencyMs }: ThroughputOptions): Promise<Throughput> {
  const calls = processes * callsPerProcess;
  return onStage(
    async (stage) => {
      const load = startLoad(stage, {
        batches: Math.ceil((calls * askedPerCall) / imagesOfBatch),
        rampMilliseconds: latencyMs,
      });
      await load.keepUp(latencyMs + showing);
      const before = await take(stage);
      load.acknowledgements.length = 0;
      await load.keepUp(latencyMs);
      const after = await take(stage);
      await Promise.all(stage.apps.map(({ stop }) => stop('SIGKILL'))); // else they finish what is under way
      const images = (after.finished - before.finished) * imagesOfBatch;
      const busyPercent = (100 * (after.busy - before.busy)) / (after.all - before.all);
      if (images === 0) throw new Error(`No batch ended, with the processors ${Math.round(busyPercent)} % busy.`);
      return {
        imagesPerSecond: (images * 1000) / (after.at - before.at),
        mostImagesPerSecond: (calls * 1000) / latencyMs,
        acknowledgements: load.acknowledgements,
        processorTime: (after.cpuMilliseconds - before.cpuMilliseconds) / images,
        busyPercent,
      };
    },
    { processes, latencyMs, imageBytes: 100_000, ...(redisUrl !== undefined && { redisUrl }) },
  );
}

function startLoad(stage: Stage, { batches, rampMilliseconds }: { batches: number; rampMilliseconds: number }) {
  const people = addPeople(stage);
  const acknowledgements: number[] = [];
  const began = performance.now();
  let typed = 0;
  let failure: unknown;

  function type(text: string, user?: string): void {
    stage.type(text, user).then(
      (milliseconds) => acknowledgements.push(milliseconds),
      (error: unknown) => {
        failure = error;
      },
    );
  }

  return {
    acknowledgements,
    async keepUp(milliseconds: number): Promise<void> {
      const end = performance.now() + milliseconds;
      while (performance.now() < end) {
        if (failure) throw failure;
        const share = Math.min(1, (performance.now() - began) / rampMilliseconds);
        const wanted = stage.countFinished() + batches * share;
        for (; typed < wanted; typed += 1) type('a red fox in the snow', people[typed % askers]);
        type('help');
        await wait(lookGap);
      }
    },
  };
}

function addPeople({ workspace }: Stage): string[] {
  return Array.from({ length: askers }, (_, number) => {
    const { id } = workspace.addPerson({ name: `person${number}` });
    workspace.channels.marketing.members.add(id);
    return id;
  });
}

/** What has been finished and used so far. */
async function take({ apps, countFinished }: Stage) {
  const usages = await Promise.all(apps.map(usageOf));
  const times = cpus().map((processor) => processor.times);
  const all = times.flatMap((time) => Object.values(time)).reduce((sum, time) => sum + time, 0);
  return {
    at: performance.now(),
    finished: countFinished(),
    cpuMilliseconds: usages.reduce((sum, { cpuMilliseconds }) => sum + cpuMilliseconds, 0),
    all,
    busy: all - times.reduce((sum, { idle }) => sum + idle, 0),
  };
}
