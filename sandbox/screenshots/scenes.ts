import type { Stage, View } from './stage.js';

/** A state that users see, in a conversation of its own. */
export interface Scene {
  /** Of the file that shows it. */
  name: string;
  shows?: View;
  /** The app is started anew for them. */
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
      await enter('campaign-ideas');
      await say(`/imagine ${fox}`);
      await last.getByRole('button', { name: 'Stop' }).waitFor();
    },
  },
  {
    name: 'half-ready',
    async play({ bedrock, enter, say, last }) {
      bedrock.faults.add({ kind: 'slow', milliseconds: slow }, { times: 2, when: ({ seed = 0 }) => seed % 4 > 1 });
      await enter('blog');
      await say(`/imagine ${fox} --seed 4`);
      await last.getByText('2 of 4 ready').waitFor();
    },
  },
  {
    name: 'waiting',
    settings: { BEDROCK_REQUESTS_PER_MINUTE: '4' },
    shows: 'last message',
    async play({ enter, imagine, say, last }) {
      await enter('social-media');
      await imagine('a blue whale');
      await say('/imagine a green frog');
      await last.getByText('Waiting').waitFor();
      await say(`/imagine ${fox}`);
      await last.getByText('ahead of yours').waitFor();
    },
  },
  {
    name: 'finished',
    async play({ enter, imagine }) {
      await enter('winter-campaign');
      await imagine(fox);
    },
  },
  {
    name: 'comparison',
    async play({ enter, imagine }) {
      await enter('illustration');
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
      await enter('garden-club');
      await imagine('a garden in May');
    },
  },
  {
    name: 'prompt-refused',
    async play({ bedrock, enter, say, last }) {
      bedrock.faults.add({ kind: 'filtered prompt' }, { times: 4 });
      await enter('events');
      await say('/imagine something that the model will not draw');
      await last.getByText('Only visible to you').waitFor();
    },
  },
  {
    name: 'stopped',
    shows: 'last message',
    settings: { BEDROCK_REQUESTS_PER_MINUTE: '4' },
    async play({ enter, imagine, say, last, press, isDone }) {
      await enter('social-media');
      await imagine('a blue whale');
      await say(`/imagine ${fox}`);
      await last.getByText('Waiting').waitFor();
      await press('Stop');
      await isDone();
    },
  },
  {
    name: 'stopping',
    settings: { BEDROCK_REQUESTS_PER_MINUTE: '2' },
    async play({ bedrock, enter, say, last, press }) {
      bedrock.setLatency(slow);
      await enter('social-media');
      await say(`/imagine ${fox}`);
      const before = await last.getByRole('img').getAttribute('src');
      await press('Stop');
      await last.getByText('Stopping').waitFor();
      await last.locator(`img:not([src="${before}"])`).waitFor(); // the sheet says which were stopped
    },
  },
  {
    name: 'some-stopped',
    settings: { BEDROCK_REQUESTS_PER_MINUTE: '2' },
    async play({ enter, say, last, press, isDone }) {
      await enter('social-media');
      await say(`/imagine ${fox}`);
      await last.getByText('2 of 4 ready').waitFor();
      await press('Stop');
      await isDone();
    },
  },
  {
    name: 'menu',
    shows: 'menu',
    async play({ enter, imagine, openMenu }) {
      await enter('website');
      await imagine(fox);
      await openMenu();
    },
  },
  {
    name: 'menu-retry',
    shows: 'menu',
    async play({ bedrock, enter, imagine, openMenu }) {
      bedrock.faults.add({ kind: 'filtered image' });
      await enter('print');
      await imagine('a garden in May');
      await openMenu();
    },
  },
  {
    name: 'full-size',
    shows: 'dialog',
    async play({ enter, imagine, choose, dialog }) {
      await enter('art-direction');
      await imagine(fox);
      await choose('Open full size');
      await dialog.getByRole('img').nth(3).waitFor();
    },
  },
  {
    name: 'details',
    shows: 'dialog',
    async play({ enter, imagine, choose, dialog }) {
      await enter('style-guide');
      await imagine(`${fox} --seed 7 --no people --style watercolor`);
      await choose('Details');
      await dialog.getByText('Batch').waitFor();
    },
  },
  {
    name: 'carousel',
    settings: { PREVIEW_LAYOUT: 'carousel' },
    async play({ enter, imagine }) {
      await enter('partners');
      await imagine(fox);
    },
  },
  {
    name: 'sheet-not-shown',
    async play({ workspace, enter, imagine }) {
      workspace.faults.images.add({ kind: 'refused' }, { times: 100 });
      await enter('research');
      await imagine(fox);
      workspace.faults.images.clear();
    },
  },
  {
    name: 'not-yours',
    async play({ enter, askAsBen, isDone, press, page }) {
      await enter('brand');
      await askAsBen(fox);
      await isDone();
      await press('2: use image 2');
      await page.getByText('can do that here').waitFor();
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
    shows: 'menu',
    async play({ enter, pickTwo, openImageMenu }) {
      await enter('packaging');
      await pickTwo(fox);
      await openImageMenu();
    },
  },
  {
    name: 'other-images',
    async play({ enter, pickTwo, openImageMenu, page, last }) {
      await enter('sales-deck');
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
    async play({ enter, imagine, pickTwo, say, last }) {
      await enter('press');
      await imagine('a lighthouse at dusk --style watercolor');
      await pickTwo('a blue whale under the ice');
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
    shows: 'last message',
    async play({ enter, imagine, press, last }) {
      await enter('leadership', 'private', false);
      await imagine(fox);
      await press('2: use image 2');
      await last.getByText('This image is a link').waitFor();
    },
  },
  {
    name: 'direct-message',
    shows: 'page',
    settings: {}, // beside a few other conversations only
    async play({ workspace, visit, imagine, press, last }) {
      await visit(workspace.channels.anaAndBen.id);
      await imagine(fox);
      await press('2: use image 2');
      await last.getByText('This image is a link').waitFor();
    },
  },
  {
    name: 'mistakes',
    async play({ enter, say, page }) {
      await enter('help-design');
      await say('/imagine histroy');
      await page.getByRole('button', { name: 'Show history' }).waitFor();
      await say('/imagine a red fox --style watercolr --ar 16:10');
      await page.getByRole('button', { name: 'Use watercolor' }).waitFor();
    },
  },
  {
    name: 'form',
    shows: 'dialog',
    async play({ enter, say, prompt }) {
      await enter('design');
      await say('/imagine');
      await prompt.focus();
    },
  },
  {
    name: 'language',
    shows: 'dialog',
    async play({ enter, say, prompt }) {
      await enter('lisbon-office');
      await say('/imagine uma raposa vermelha na neve, com a luz suave da manhã');
      await prompt.focus();
    },
  },
  {
    name: 'form-from-a-post',
    shows: 'dialog',
    async play({ enter, openPostForm, prompt }) {
      await enter('launch');
      await openPostForm('Our roof garden is open. Come and see the city from above.');
      await prompt.focus();
    },
  },
  {
    name: 'images-for-a-post',
    async play({ enter, openPostForm, dialog, page }) {
      await enter('roof-garden');
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
      await enter('ask-it');
      await say('/imagine settings');
      await dialog.getByLabel('Aspect ratio').waitFor();
    },
  },
  {
    name: 'help',
    async play({ enter, say, page }) {
      await enter('new-here');
      await say('/imagine help');
      await page.getByText('shows this again').waitFor();
    },
  },
  {
    name: 'models',
    async play({ enter, say, page }) {
      await enter('questions');
      await say('/imagine models');
      await page.getByText('(default)').waitFor();
    },
  },
  {
    name: 'usage',
    settings: { IMAGES_PER_USER_PER_DAY: '40' },
    async play({ enter, imagine, say, page }) {
      await enter('budget');
      await imagine(fox);
      await say('/imagine usage');
      await page.getByText('The count starts again').waitFor();
    },
  },
];

export const scenes: readonly Scene[] = [...batch, ...choice, ...alone, ...around];
