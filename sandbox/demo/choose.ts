import { mkdir, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import type { SeenMessage } from '../workspace/seen.js';
import type { FindMessage } from './ask.js';
import { lastLine, type Stage } from './stage.js';

/** The image that Ana picks where there are so many: any would do. */
const favourite = 2;
const folder = 'demo-images';

/** The images come, Ana picks one, and all of them are left in a folder. */
export async function chooseImage(stage: Stage, findMessage: FindMessage): Promise<void> {
  const { sandbox, ana: user, channel, tell } = stage;
  const stopTelling = tellLines(stage, findMessage);
  const complete = await sandbox.workspace.waitFor(() => findFinished(findMessage()), {
    timeoutMs: 60_000,
    describe: 'images to choose from',
  });
  const numbers = numbersToPick(complete);
  const number = numbers.includes(favourite) ? favourite : numbers[0];
  if (number === undefined) {
    tell(complete.text);
    return stopTelling();
  }
  tell(`Ana clicks "Use this one" under image ${number}`);
  await sandbox.workspace.click({ user, channel, messageTs: complete.ts, actionId: `pick_image_${number}` });
  const isKept = () => findMessage()?.images.some(({ fileId, problem }) => fileId && !problem);
  const describe = 'the picked image as a file that Slack keeps';
  await sandbox.workspace.waitFor(isKept, { timeoutMs: 30_000, describe });
  stopTelling();
  tell('  the message is now that image, kept as a file in Slack');
  await saveImages(stage);
}

/** Tells each new last line of the message, such as "2 of 4 ready". */
function tellLines({ sandbox, tell }: Stage, findMessage: FindMessage): () => void {
  let told = '';
  const tellLine = () => {
    const line = lastLine(findMessage());
    if (line && line !== told) tell(`  ${line}`);
    told = line ?? told;
  };
  tellLine();
  return sandbox.workspace.subscribe(tellLine);
}

/** The message once its last line is the recipe. */
function findFinished(message: SeenMessage | undefined): SeenMessage | undefined {
  return lastLine(message)?.includes(' · batch ') ? message : undefined;
}

function numbersToPick({ blocks }: SeenMessage): number[] {
  return [...JSON.stringify(blocks).matchAll(/"pick_image_(\d+)"/g)].map(([, number]) => Number(number));
}

async function saveImages({ sandbox: { s3, bucket }, tell }: Stage): Promise<void> {
  const images = s3.objects(bucket).filter(({ contentType }) => contentType.startsWith('image/'));
  await mkdir(folder, { recursive: true });
  for (const { key, bytes } of images) await writeFile(join(folder, basename(key)), bytes);
  tell(`all ${images.length} images are in the folder ${folder}`);
}
