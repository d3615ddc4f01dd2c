import sharp from 'sharp';
import type { Stage } from './stage.js';

const size = { width: 860, height: 760 };
const text = '/imagine a red fox in the snow';

/** Typing, filling in, choosing: an animated WebP that repeats. */
export async function film({ page, bedrock, last, press, enter, settle, isDone }: Stage, path: string): Promise<void> {
  const frames: { image: Buffer; milliseconds: number }[] = [];
  const shoot = async (milliseconds: number) => frames.push({ image: await page.screenshot(), milliseconds });
  // further apart than Imagine's updates of a message
  for (const milliseconds of [2000, 6000, 10_000, 14_000]) bedrock.faults.add({ kind: 'slow', milliseconds });
  await page.setViewportSize(size);
  await enter('campaign');
  const composer = page.getByRole('combobox', { name: 'Message' });
  await composer.focus();
  await shoot(600);
  for (const part of text.match(/..?/g) ?? []) {
    await page.keyboard.type(part);
    await shoot(110);
  }
  await page.keyboard.press('Escape'); // closes the list of commands
  await composer.press('Enter');
  await last.getByRole('img').waitFor();
  await settle();
  await shoot(900);
  for (const ready of [1, 2, 3]) {
    await last
      .getByRole('button', { name: /use image/ })
      .nth(ready - 1)
      .waitFor();
    await settle();
    await shoot(900);
  }
  await isDone();
  await settle();
  await shoot(2200);
  await last.getByRole('button', { name: '3: use image 3' }).hover();
  await shoot(500);
  await press('3: use image 3');
  await page.locator('img[src^="/file?id=F"]').waitFor();
  await settle();
  await shoot(3000);
  const images = frames.map(({ image }) => image);
  const delay = frames.map(({ milliseconds }) => milliseconds);
  await sharp(images, { join: { animated: true } })
    .webp({ loop: 0, delay, quality: 75, effort: 6 })
    .toFile(path);
}
