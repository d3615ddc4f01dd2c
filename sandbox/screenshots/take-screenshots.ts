import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { findChromium } from '../find-chromium.js';
import { film } from './film.js';
import { batchScenes } from './scenes/batch.js';
import { choiceScenes } from './scenes/choice.js';
import { conversationScenes } from './scenes/conversation.js';
import { operationScenes } from './scenes/operations.js';
import { privateScenes } from './scenes/private.js';
import type { Scene } from './scenes/scene.js';
import { openStage, type Stage, type View } from './stage.js';

const usage = `npm run screenshots -- [--scene <name>]... [--every-size <folder>]

Takes the images of README and docs from the running sandbox.

  --scene       only this one; may be given several times
  --every-size  takes each at 1280, 1000 and 380 pixels, light and dark, into this folder instead`;

const scenes = [...batchScenes, ...choiceScenes, ...operationScenes, ...privateScenes, ...conversationScenes];
const colorSchemes = ['light', 'dark'] as const;
const sizes = [1280, 1000, 380].flatMap((width) => colorSchemes.map((colorScheme) => ({ width, colorScheme })));

function readOptions() {
  const { values } = parseArgs({
    options: {
      scene: { type: 'string', multiple: true, default: [] },
      'every-size': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  const unknown = values.scene.filter((name) => name !== 'film' && !scenes.some((scene) => scene.name === name));
  if (values.help || unknown.length > 0) return undefined;
  return { names: values.scene, folder: values['every-size'] };
}

/** No message may have scrolled away. What opens over the page keeps the size of a usual window. */
const heights: Record<View, number> = { messages: 2400, 'last message': 2400, menu: 1100, dialog: 1100, page: 900 };

async function takeScene(stage: Stage, { name, play, shows = 'messages' }: Scene, folder: string | undefined) {
  stage.bedrock.setLatency(0);
  await stage.page.setViewportSize({ width: 1280, height: heights[shows] });
  await stage.page.emulateMedia({ colorScheme: 'light' });
  await play(stage);
  if (!folder) {
    await stage.settle();
    const clip = await stage.clip(shows);
    await stage.page.screenshot({ path: join('docs/screens', `${name}.png`), ...(clip && { clip }) });
  }
  for (const { width, colorScheme } of folder ? sizes : []) {
    await stage.page.setViewportSize({ width, height: 900 });
    await stage.page.emulateMedia({ colorScheme });
    await stage.settle();
    await stage.page.screenshot({ path: join(folder ?? '', `${name}-${width}-${colorScheme}.png`) });
  }
  if (shows === 'menu' || shows === 'dialog') await stage.page.keyboard.press('Escape'); // what is open would cover the next scene
}

async function take(executablePath: string, names: readonly string[], folder: string | undefined): Promise<void> {
  await mkdir(folder ?? 'docs/screens', { recursive: true });
  const wanted = scenes.filter(({ name }) => names.length === 0 || names.includes(name));
  const isPlain = ({ settings }: Scene) => !settings;
  const groups = [wanted.filter(isPlain), ...wanted.filter((scene) => !isPlain(scene)).map((scene) => [scene])];
  for (const together of groups.filter(({ length }) => length > 0)) {
    const stage = await openStage(executablePath, together[0]?.settings);
    try {
      for (const scene of together) {
        await takeScene(stage, scene, folder);
        console.log(scene.name);
      }
    } finally {
      await stage.close();
    }
  }
  if (folder || (names.length > 0 && !names.includes('film'))) return;
  const stage = await openStage(executablePath);
  await film(stage, 'docs/imagine.webp').finally(stage.close);
  console.log('film');
}

const executablePath = findChromium();
const options = readOptions();
if (!options) {
  console.log(`${usage}\n\nScenes: ${[...scenes.map(({ name }) => name), 'film'].join(', ')}.`);
} else if (executablePath) {
  await take(executablePath, options.names, options.folder);
} else {
  console.error('Chromium is needed to take screenshots: set CHROMIUM to its path.');
  process.exitCode = 1;
}
