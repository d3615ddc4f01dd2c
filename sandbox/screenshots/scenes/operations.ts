import { drawImage } from '../../images/draw-image.js';
import type { Stage } from '../stage.js';
import { fox, type Scene } from './scene.js';

/** Chooses in the menu of the second image of a fox. */
async function begin({ enter, pickTwo, openImageMenu, page }: Stage, channel: string, option: string | RegExp) {
  await enter(channel);
  await pickTwo(fox);
  await openImageMenu();
  await page.getByRole('option', { name: option }).click();
}

/** The form has what a user fills in. */
async function fill({ dialog }: Stage, fields: Record<string, string>) {
  for (const [label, text] of Object.entries(fields)) await dialog.getByLabel(label).fill(text);
}

const draw = ({ dialog }: Stage) => dialog.getByRole('button', { name: 'Draw' }).click();
const isKept = ({ messages }: Stage) => messages.nth(1).locator('img[src^="/file?id=F"]').waitFor();

/** The new batch, complete. */
async function isDrawn(stage: Stage) {
  await stage.messages.nth(1).waitFor();
  await stage.isDone();
}

/** The form, with a photo from disk. */
async function openWithImage({ enter, say, prompt, dialog }: Stage, channel: string) {
  await enter(channel);
  await say('/imagine');
  await prompt.fill('a lighthouse on a cliff at dusk, in watercolor');
  const buffer = await drawImage({ prompt: 'a lighthouse', seed: 7, width: 1200, height: 800, format: 'jpeg' });
  await dialog.locator('input[type=file]').setInputFiles({ name: 'harbor.jpg', mimeType: 'image/jpeg', buffer });
}

const replaced = { 'What to replace': 'fox', 'Replace with': 'owl' };
const recolored = { 'What to recolor': 'fox', 'New color': 'cobalt blue' };

/** What is made of a chosen image. */
export const operationScenes: readonly Scene[] = [
  {
    name: 'variations-form',
    shows: 'dialog',
    async play(stage) {
      await begin(stage, 'spring-launch', /^Subtle variations/);
      await stage.dialog.getByText('Draws 4 images').waitFor();
    },
  },
  {
    name: 'variations',
    shows: 'last message',
    async play(stage) {
      await begin(stage, 'summer-launch', /^Strong variations/);
      await draw(stage);
      await isDrawn(stage);
    },
  },
  {
    name: 'larger',
    shows: 'last message',
    async play(stage) {
      await begin(stage, 'posters', /^Larger/);
      await isKept(stage);
    },
  },
  {
    name: 'aspect-ratios-form',
    shows: 'dialog',
    async play(stage) {
      await begin(stage, 'banners', /^Other aspect ratio/);
      for (const ratio of ['16:9', '4:5', '9:16']) await stage.dialog.getByLabel(ratio, { exact: true }).check();
    },
  },
  {
    name: 'aspect-ratios',
    shows: 'last message',
    async play(stage) {
      await begin(stage, 'all-channels', /^Other aspect ratio/);
      for (const ratio of ['16:9', '4:5', '9:16']) await stage.dialog.getByLabel(ratio, { exact: true }).check();
      await draw(stage);
      await isDrawn(stage);
    },
  },
  {
    name: 'no-background',
    shows: 'last message',
    async play(stage) {
      await begin(stage, 'stickers', /^Remove background/);
      await isKept(stage);
    },
  },
  {
    name: 'replace-form',
    shows: 'dialog',
    async play(stage) {
      await begin(stage, 'animals', /^Replace/);
      await fill(stage, replaced);
    },
  },
  {
    name: 'replace',
    shows: 'last message',
    async play(stage) {
      await begin(stage, 'birds', /^Replace/);
      await fill(stage, replaced);
      await draw(stage);
      await isDrawn(stage);
    },
  },
  {
    name: 'recolor',
    shows: 'last message',
    async play(stage) {
      await begin(stage, 'brand-colors', /^Recolor/);
      await fill(stage, recolored);
      await draw(stage);
      await isDrawn(stage);
    },
  },
  {
    name: 'in-this-style',
    shows: 'last message',
    async play(stage) {
      await begin(stage, 'series', /^In this style/);
      await fill(stage, { 'What to draw': 'a lighthouse on a cliff' });
      await draw(stage);
      await isDrawn(stage);
    },
  },
  {
    name: 'edit-in-words',
    shows: 'last message',
    async play(stage) {
      await begin(stage, 'evening-edition', /^Edit in words/);
      await fill(stage, { 'What to change': 'make it evening, with a moon' });
      await draw(stage);
      await isDrawn(stage);
    },
  },
  {
    name: 'form-with-image',
    shows: 'dialog',
    settings: { IMAGE_INPUT: 'on' },
    async play(stage) {
      await openWithImage(stage, 'sketches');
    },
  },
  {
    name: 'from-an-image',
    settings: { IMAGE_INPUT: 'on' },
    async play(stage) {
      await openWithImage(stage, 'from-sketches');
      await draw(stage);
      await stage.isDone();
    },
  },
];
