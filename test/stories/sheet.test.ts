import sharp from 'sharp';
import { expect, it } from 'vitest';
import { countImages, lastLine, type Story, startStory } from './story.js';

/** The addresses of all images that Slack was given in messages, in order. */
function shownUrls({ workspace }: Story): string[] {
  const messages = workspace.calls().filter(({ method, ok }) => ok && /^chat\.|^response_url$/.test(method));
  const urls = messages.flatMap(({ arguments: message }) => [
    ...JSON.stringify(message).matchAll(/\\?"image_url\\?":\\?"([^"\\]*)/g),
  ]);
  return [...new Set(urls.map(([, url = '']) => url))];
}

function download({ workspace }: Story, url: string): Buffer {
  const image = workspace.imageOf(url);
  if (!image) throw new Error(`Slack has not downloaded ${url}`);
  return image.bytes;
}

/** Of the four cells of a square sheet, those that have an image: the others are gray. */
async function filledCells(sheet: Buffer): Promise<number[]> {
  const { data, info } = await sharp(sheet).raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  const isGray = (x: number, y: number) => {
    const [red = 0, green = 0, blue = 0] = data.subarray((y * width + x) * channels);
    return Math.max(Math.abs(red - 0xe9), Math.abs(green - 0xe9), Math.abs(blue - 0xec)) < 4;
  };
  return [1, 2, 3, 4].filter((number) => {
    const left = number % 2 === 1 ? 0 : width / 2;
    const top = number <= 2 ? 0 : height / 2;
    const spots = [0.2, 0.5, 0.8].map((part) => [left + (part * width) / 2, top + 0.9 * (height / 2)] as const);
    return !spots.every(([x, y]) => isGray(Math.round(x), Math.round(y)));
  });
}

/** Draws a red fox. Each image is let into the bucket once Slack shows the one before. */
async function drawOneByOne(story: Story, order: readonly number[]) {
  const releases = order.map((number) => {
    let release = () => {};
    const until = new Promise<void>((resolve) => {
      release = resolve;
    });
    story.planS3({ kind: 'held', until }, 'PutObject', new RegExp(`/${number}\\.png$`));
    return release;
  });
  await story.imagine('a red fox');
  const seen = [await story.see('the placeholders', ({ images }) => images.length === 1)];
  for (const [index, release] of releases.slice(0, -1).entries()) {
    release();
    const line = `${index + 1} of 4 ready · Stable Image Core`;
    seen.push(await story.see(line, (message) => lastLine(message) === line));
  }
  releases.at(-1)?.();
  seen.push(await story.seeImages());
  await story.settled();
  return seen;
}

it('four placeholders come first, fill in one by one, and can be chosen from at once', async () => {
  const story = await startStory({ bedrock: { sameImage: false } });
  const seen = await drawOneByOne(story, [3, 1, 4, 2]);
  const altText = '4 images, numbered 1 to 4: a red fox';
  expect(seen.flatMap(({ images }) => images)).toMatchObject(Array(5).fill({ altText, problem: undefined }));
  expect(seen.slice(1).map(countImages)).toEqual([1, 2, 3, 4]);
  const sheets = shownUrls(story).map((url) => download(story, url));
  expect(await Promise.all(sheets.map(filledCells))).toEqual([[], [3], [1, 3], [1, 3, 4], [1, 2, 3, 4]]);
});

it('Slack downloads at most 1.5 MB for a whole batch and its choice, no sheet over 300 KB, and nothing twice', async () => {
  const story = await startStory({ bedrock: { sameImage: false, imageScale: 1 } });
  const [message] = (await drawOneByOne(story, [1, 2, 3, 4])).slice(-1);
  const sheets = shownUrls(story);
  if (message) await story.click(message, 2);
  await story.seeKept();
  await story.settled();
  const sizes = shownUrls(story).map((url) => download(story, url).length);
  expect(sheets).toHaveLength(5);
  expect(Math.max(...sizes.slice(0, 5))).toBeLessThanOrEqual(300_000);
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThanOrEqual(1_500_000);
  expect(story.s3.requests().filter(({ presigned }) => presigned)).toHaveLength(sizes.length);
});
