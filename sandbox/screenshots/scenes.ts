import type { Stage } from './stage.js';

/** A state that users see, in a conversation of its own. */
export interface Scene {
  /** Of the file that shows it. */
  name: string;
  shows?: 'messages' | 'dialog' | 'page';
  layout?: 'carousel';
  play(stage: Stage): Promise<unknown>;
}

const fox = 'a red fox in the snow, soft morning light';

/** Of the sandbox, in milliseconds: longer than it takes to make an image of the page in every size. */
const slow = 20_000;

export const scenes: readonly Scene[] = [
  {
    name: 'running',
    async play({ bedrock, enter, say, last }) {
      bedrock.setLatency(slow);
      await enter('ideas');
      await say(`/imagine ${fox}`);
      await last.getByRole('img').waitFor();
    },
  },
  {
    name: 'finished',
    async play({ enter, imagine }) {
      await enter('marketing');
      await imagine(fox);
    },
  },
  {
    name: 'comparison',
    async play({ enter, imagine }) {
      await enter('comparing');
      await imagine('a lighthouse at dusk --ar 16:9 --style watercolor --no boats --model core,ultra');
    },
  },
  {
    name: 'one-failed',
    async play({ bedrock, enter, imagine }) {
      bedrock.faults.add({ kind: 'filtered image' });
      await enter('posters');
      await imagine('a garden in May --ar 9:16');
    },
  },
  {
    name: 'nothing-drawn',
    async play({ bedrock, enter, say, isDone }) {
      bedrock.faults.add({ kind: 'filtered image' }, { times: 4 });
      await enter('blocked');
      await say('/imagine a garden in May');
      await isDone();
    },
  },
  {
    name: 'picked',
    async play({ enter, imagine, press, page }) {
      await enter('newsletter');
      await imagine(fox);
      await press('2: use image 2');
      await page.locator('img[src^="/file?id=F"]').waitFor();
    },
  },
  {
    name: 'image-menu',
    shows: 'page',
    async play({ enter, imagine, press, page }) {
      await enter('second-thoughts');
      await imagine(fox);
      await press('2: use image 2');
      await page.locator('img[src^="/file?id=F"]').last().waitFor();
      await press('More…');
      await page.getByRole('option', { name: 'Other images' }).waitFor();
    },
  },
  {
    name: 'other-images',
    async play({ enter, imagine, press, page }) {
      await enter('third-thoughts');
      await imagine(fox);
      await press('2: use image 2');
      await page.locator('img[src^="/file?id=F"]').last().waitFor();
      await press('More…');
      await page.getByRole('option', { name: 'Other images' }).click();
      await page.getByRole('button', { name: '3: use image 3' }).waitFor();
    },
  },
  {
    name: 'menu',
    shows: 'page',
    async play({ enter, imagine, page, press }) {
      await enter('menus');
      await imagine(fox);
      await press('More options');
      await page.getByRole('menuitem', { name: 'Details' }).waitFor();
    },
  },
  {
    name: 'full-size',
    shows: 'dialog',
    async play({ enter, imagine, choose, dialog }) {
      await enter('large');
      await imagine(fox);
      await choose('Open full size');
      await dialog.getByRole('img').nth(3).waitFor();
    },
  },
  {
    name: 'details',
    shows: 'dialog',
    async play({ enter, imagine, choose, dialog }) {
      await enter('details');
      await imagine(`${fox} --seed 7 --no people --style watercolor`);
      await choose('Details');
      await dialog.getByText('Batch').waitFor();
    },
  },
  {
    name: 'carousel',
    layout: 'carousel',
    async play({ enter, imagine }) {
      await enter('cards');
      await imagine(fox);
    },
  },
];
