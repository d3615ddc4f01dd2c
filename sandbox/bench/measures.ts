import { createHash } from 'node:crypto';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import sharp from 'sharp';
import { onStage, type Stage } from './stage.js';
import { usageOf } from './usage.js';

/** Milliseconds from the start of the app's process to its connected socket. */
export const measureStart = (): Promise<number> => onStage(async ({ startMilliseconds }) => startMilliseconds);

/**
 * Milliseconds from the typed command to the finished message, for a batch of four images and a batch of one. The
 * product always asks for four, so in a batch of one the model's filter keeps back the other three, in the same second that
 * the one takes. Both kinds go the same way, in turns, through the same warm process.
 */
export async function measureBatch(runs: number): Promise<{ fourImages: number[]; oneImage: number[] }> {
  return onStage(async (stage) => {
    const fourImages: number[] = [];
    const oneImage: number[] = [];
    await timeBatch(stage); // loads and compiles what only the first batch has to
    for (let run = 0; run < runs; run += 1) {
      fourImages.push(await timeBatch(stage));
      await stage.filterNext(3);
      oneImage.push(await timeBatch(stage));
    }
    return { fourImages, oneImage };
  });
}

async function timeBatch({ runBatches }: Stage): Promise<number> {
  const started = performance.now();
  await runBatches(1);
  return performance.now() - started;
}

/**
 * Megabytes that Slack downloads for a batch whose images arrive one by one, until one of them is picked. The images have their
 * real width and height: that is what the size of a contact sheet depends on.
 */
export function measureDownloads(): Promise<number> {
  return onStage(
    async ({ workspace, slowNext, downloadedBytes, runBatches }) => {
      await slowNext(0, 1500, 3000, 4500);
      await runBatches(1);
      const channel = workspace.channels.marketing.id;
      const [message] = workspace.messages(channel);
      if (!message) throw new Error('There is no message to pick from.');
      const user = workspace.people.ana.id;
      await workspace.click({ user, channel, messageTs: message.ts, actionId: 'pick_image_2' });
      const isKept = () => workspace.messages(channel).some(({ images }) => images.some(({ fileId }) => fileId));
      await workspace.waitFor(isKept, { timeoutMs: 30_000, describe: 'the picked image as a file' });
      return (await downloadedBytes()) / 1e6;
    },
    { imageScale: 1 },
  );
}

export interface Burst {
  /** Milliseconds to each acknowledgement while the batches ran. */
  acknowledgements: number[];
  /** How late this process, which holds the watch, was itself: the p99 of its event loop's delay, in milliseconds. */
  watchDelay: number;
  /** The most memory that the app's process had. */
  peakMegabytes: number;
}

/** How often someone types something else while the batches run, in milliseconds. */
const probeGap = 25;

/**
 * So many batches at once, typed into a fresh process. All the while `/imagine help` is typed too, at a steady pace whether
 * or not the last one was answered, so that a moment without answers counts for everyone who would have asked.
 */
export function measureBurst(batches: number): Promise<Burst> {
  return onStage(async ({ app, type, runBatches }) => {
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

export interface ProcessorTimes {
  /** CPU milliseconds of the app's process for one image, with its share of everything else that a batch takes. */
  image: number;
  /** CPU milliseconds that any program needs for the same answer. */
  floor: number;
}

/** 80 images. */
const batches = 20;
/** V8 compiles hot code in steps, some of it only after hundreds of images. */
const warmUpBursts = 4;

/** What the app's process spends on a burst of batches, once its code is compiled. */
export function measureProcessor(): Promise<ProcessorTimes> {
  return onStage(
    async (stage) => {
      for (let burst = 0; burst < warmUpBursts; burst += 1) await stage.runBatches(batches);
      const before = await usageOf(stage.app);
      await stage.runBatches(batches);
      const after = await usageOf(stage.app);
      const image = (after.cpuMilliseconds - before.cpuMilliseconds) / (batches * 4);
      return { image, floor: await measureFloor(await answerOf(stage)) };
    },
    { latencyMs: 200 }, // the time in which the model draws is not the app's
  );
}

/** The model's answer with an image that the app has stored: byte for byte what Bedrock's stand-in sent. */
async function answerOf({ storedImage }: Stage): Promise<Buffer> {
  return Buffer.from(JSON.stringify({ seeds: [1], finish_reasons: [null], images: [await storedImage()] }));
}

/**
 * To read the answer as JSON, to decode its image twice, from base64 and into pixels, without which there is no sheet of
 * four, and to hash it with SHA-256, without which S3 takes no signed write.
 */
async function measureFloor(answer: Buffer): Promise<number> {
  const rounds = batches * 4;
  for (let round = 0; round < 10; round += 1) await handle(answer);
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) await handle(answer);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / rounds;
}

async function handle(answer: Buffer): Promise<void> {
  const { images } = JSON.parse(answer.toString());
  const image = Buffer.from(images[0], 'base64');
  createHash('sha256').update(image).digest();
  await sharp(image).raw().toBuffer();
}
