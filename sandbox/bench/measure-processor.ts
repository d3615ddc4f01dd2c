import { createHash } from 'node:crypto';
import { onStage, type Stage, usual } from './stage.js';
import { usageOf } from './usage.js';

export interface ProcessorTimes {
  /** CPU milliseconds of the app's process for one image, with its share of all else that a batch takes. */
  image: number;
  /** CPU milliseconds that the same answer takes whoever handles it. */
  floor: number;
}

/** 80 images. */
const batches = 20;
/** The time in which the model draws is not the app's; a short one keeps the measure short. */
const latencyMs = 200;

/** Bursts before the one that counts: V8 compiles hot code in steps, some of it only after hundreds of images. */
const warmUpBursts = 4;

/** What the app's process spends on a burst of batches, once its code is compiled, as in a process that has run for a while. */
export function measureProcessor(): Promise<ProcessorTimes> {
  return onStage({ ...usual, latencyMs }, async (stage) => {
    const { app, runBatches } = stage;
    for (let burst = 0; burst < warmUpBursts; burst += 1) await runBatches(batches);
    const before = await usageOf(app);
    await runBatches(batches);
    const after = await usageOf(app);
    const image = (after.cpuMilliseconds - before.cpuMilliseconds) / (batches * 4);
    return { image, floor: measureFloor(answerOf(stage)) };
  });
}

/** The model's answer with an image that the app has stored: byte for byte what Bedrock's stand-in sent. */
function answerOf({ workspace }: Stage): Buffer {
  const url = workspace
    .messages(workspace.channels.marketing.id)
    .flatMap(({ images }) => images)
    .findLast((image) => image.url)?.url; // the latest: Slack's cache forgets the oldest
  const bytes = url && workspace.imageOf(url)?.bytes;
  if (!bytes) throw new Error('No message shows an image.');
  return Buffer.from(JSON.stringify({ seeds: [1], finish_reasons: [null], images: [bytes.toString('base64')] }));
}

/** To read the answer as JSON, to decode the image, and the one checksum without which S3 takes no signed write: SHA-256. */
function measureFloor(answer: Buffer): number {
  const rounds = batches * 4;
  for (let round = 0; round < 10; round += 1) handle(answer);
  const before = process.cpuUsage();
  for (let round = 0; round < rounds; round += 1) handle(answer);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1000 / rounds;
}

function handle(answer: Buffer): Buffer {
  const { images } = JSON.parse(answer.toString());
  return createHash('sha256').update(Buffer.from(images[0], 'base64')).digest();
}
