import { fox, type Scene, slow } from './scene.js';

/** What one user alone sees. */
export const privateScenes: readonly Scene[] = [
  {
    name: 'private-running',
    async play({ bedrock, enter, say, last }) {
      bedrock.setLatency(slow);
      await enter('copywriting');
      await say(`/imagine ${fox} --private`);
      await last.getByText('Only you see them').waitFor();
    },
  },
  {
    name: 'private',
    shows: 'last message',
    async play({ enter, imagine }) {
      await enter('drafts');
      await imagine(`${fox} --private`);
    },
  },
  {
    name: 'private-menu',
    shows: 'menu',
    async play({ enter, imagine, openMenu }) {
      await enter('merch');
      await imagine(`${fox} --private`);
      await openMenu();
    },
  },
  {
    name: 'private-choice',
    shows: 'last message',
    async play({ enter, imagine, press, last }) {
      await enter('onboarding');
      await imagine(`${fox} --private`);
      await press('2: use image 2');
      await last.getByRole('button', { name: 'Keep private' }).waitFor();
    },
  },
  {
    name: 'private-kept',
    shows: 'last message',
    async play({ enter, imagine, press, last }) {
      await enter('office');
      await imagine(`${fox} --private`);
      await press('2: use image 2');
      await press('Keep private');
      await last.getByRole('button', { name: 'Keep private' }).waitFor({ state: 'detached' });
    },
  },
  {
    name: 'shared',
    shows: 'last message',
    async play({ enter, imagine, press, page }) {
      await enter('team-brand');
      await imagine(`${fox} --private`);
      await press('2: use image 2');
      await press('Share');
      await page.locator('.messages img[src^="/file?id=F"]').waitFor();
    },
  },
  {
    name: 'history',
    shows: 'last message',
    settings: {}, // a history of its own
    async play({ enter, imagine, pickTwo, openImageMenu, page, messages, say, last }) {
      await enter('press');
      await imagine('a lighthouse at dusk --style watercolor');
      await pickTwo('a blue whale under the ice');
      await openImageMenu();
      await page.getByRole('option', { name: /^Remove background/ }).click();
      await messages.nth(2).locator('img[src^="/file?id=F"]').waitFor();
      await imagine(fox);
      await say('/imagine history');
      await last.getByText('Your latest images').waitFor();
    },
  },
  {
    name: 'shown-again',
    shows: 'last message',
    async play({ enter, imagine, say, last, isDone }) {
      await enter('webinars');
      await imagine(fox);
      await say('/imagine history');
      await last.getByRole('button', { name: 'Show batch' }).first().click();
      await isDone();
    },
  },
];
