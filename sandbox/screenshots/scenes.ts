import type { Stage } from './stage.js';

/** A state that users see, in a conversation of its own. */
export interface Scene {
  /** Of the file that shows it. */
  name: string;
  shows?: 'messages' | 'dialog' | 'page';
  settings?: Record<string, string>;
  play(stage: Stage): Promise<unknown>;
}

const fox = 'a red fox in the snow, soft morning light';

/** Milliseconds: longer than it takes to make an image of the page in every size. */
const slow = 20_000;

const batch: readonly Scene[] = [
  {
    name: 'running',
    async play({ bedrock, enter, say, last }) {
      bedrock.setLatency(slow);
      await enter('ideas');
      await say(`/imagine ${fox}`);
      await last.getByRole('button', { name: 'Stop' }).waitFor();
    },
  },
  {
    name: 'waiting',
    settings: { BEDROCK_REQUESTS_PER_MINUTE: '4' },
    async play({ enter, imagine, say, last }) {
      await enter('queue');
      await imagine('a blue whale');
      await say(`/imagine ${fox}`);
      await last.getByText('Waiting').waitFor();
    },
  },
  {
    name: 'finished',
    async play({ enter, imagine }) {
      await enter('winter');
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
    async play({ bedrock, enter, imagine }) {
      bedrock.faults.add({ kind: 'filtered image' }, { times: 4 });
      await enter('filters');
      await imagine('a garden in May');
    },
  },
  {
    name: 'prompt-refused',
    async play({ bedrock, enter, say, last }) {
      bedrock.faults.add({ kind: 'filtered prompt' }, { times: 4 });
      await enter('refusals');
      await say('/imagine something that the model will not draw');
      await last.getByText('Only visible to you').waitFor();
    },
  },
  {
    name: 'stopped',
    settings: { BEDROCK_REQUESTS_PER_MINUTE: '4' },
    async play({ enter, say, last, press, isDone }) {
      await enter('stops');
      await say('/imagine a blue whale');
      await say(`/imagine ${fox}`);
      await last.getByText('Waiting').waitFor();
      await press('Stop');
      await isDone();
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
      await enter('recipes');
      await imagine(`${fox} --seed 7 --no people --style watercolor`);
      await choose('Details');
      await dialog.getByText('Batch').waitFor();
    },
  },
  {
    name: 'carousel',
    settings: { PREVIEW_LAYOUT: 'carousel' },
    async play({ enter, imagine }) {
      await enter('cards');
      await imagine(fox);
    },
  },
];

const choice: readonly Scene[] = [
  {
    name: 'picked',
    async play({ enter, pickTwo }) {
      await enter('newsletter');
      await pickTwo(fox);
    },
  },
  {
    name: 'image-menu',
    shows: 'page',
    async play({ enter, pickTwo, openImageMenu }) {
      await enter('second-thoughts');
      await pickTwo(fox);
      await openImageMenu();
    },
  },
  {
    name: 'other-images',
    async play({ enter, pickTwo, openImageMenu, page, last }) {
      await enter('third-thoughts');
      await pickTwo(fox);
      await openImageMenu();
      await page.getByRole('option', { name: 'Other images' }).click();
      await last.getByText('is chosen').waitFor();
    },
  },
];

const alone: readonly Scene[] = [
  {
    name: 'private-running',
    async play({ bedrock, enter, say, last }) {
      bedrock.setLatency(slow);
      await enter('quiet');
      await say(`/imagine ${fox} --private`);
      await last.getByText('Only you see them').waitFor();
    },
  },
  {
    name: 'private',
    async play({ enter, imagine }) {
      await enter('drafts');
      await imagine(`${fox} --private`);
    },
  },
  {
    name: 'private-choice',
    async play({ enter, imagine, press, last }) {
      await enter('choices');
      await imagine(`${fox} --private`);
      await press('2: use image 2');
      await last.getByRole('button', { name: 'Keep private' }).waitFor();
    },
  },
  {
    name: 'private-kept',
    async play({ enter, imagine, press, last }) {
      await enter('keepsakes');
      await imagine(`${fox} --private`);
      await press('2: use image 2');
      await press('Keep private');
      await last.getByRole('button', { name: 'Keep private' }).waitFor({ state: 'detached' });
    },
  },
  {
    name: 'shared',
    async play({ enter, imagine, press, page }) {
      await enter('team');
      await imagine(`${fox} --private`);
      await press('2: use image 2');
      await press('Share');
      await page.locator('.messages img[src^="/file?id=F"]').waitFor();
    },
  },
  {
    name: 'history',
    async play({ enter, imagine, say, last }) {
      await enter('archive');
      await imagine(fox);
      await say('/imagine history');
      await last.getByText('Your latest images').waitFor();
    },
  },
  {
    name: 'shown-again',
    async play({ enter, imagine, say, last, isDone }) {
      await enter('memories');
      await imagine(fox);
      await say('/imagine history');
      await last.getByRole('button', { name: 'Show batch' }).first().click();
      await isDone();
    },
  },
];

const around: readonly Scene[] = [
  {
    name: 'not-a-member',
    async play({ enter, say, isDone }) {
      await enter('board', 'private', false);
      await say(`/imagine ${fox}`);
      await isDone();
    },
  },
  {
    name: 'link-only',
    async play({ enter, imagine, press, last }) {
      await enter('council', 'private', false);
      await imagine(fox);
      await press('2: use image 2');
      await last.getByText('This image is a link').waitFor();
    },
  },
  {
    name: 'mistakes',
    async play({ enter, say, page }) {
      await enter('typos');
      await say('/imagine histroy');
      await page.getByRole('button', { name: 'Show history' }).waitFor();
      await say('/imagine a red fox --style watercolr --ar 16:10');
      await page.getByRole('button', { name: 'Use watercolor' }).waitFor();
    },
  },
  {
    name: 'form-from-a-post',
    shows: 'dialog',
    async play({ enter, openPostForm, dialog }) {
      await enter('launch');
      await openPostForm('Our roof garden is open. Come and see the city from above.');
      await dialog.getByLabel('Aspect ratio').waitFor();
    },
  },
  {
    name: 'images-for-a-post',
    async play({ enter, openPostForm, dialog, page }) {
      await enter('opening');
      await openPostForm('Our roof garden is open. Come and see the city from above.');
      await dialog.getByRole('button', { name: 'Draw' }).click();
      await page.getByText('Open the thread').waitFor();
      await page.getByText('1 reply').waitFor();
    },
  },
  {
    name: 'settings',
    shows: 'dialog',
    async play({ enter, say, dialog }) {
      await enter('defaults');
      await say('/imagine settings');
      await dialog.getByLabel('Aspect ratio').waitFor();
    },
  },
];

export const scenes: readonly Scene[] = [...batch, ...choice, ...alone, ...around];
