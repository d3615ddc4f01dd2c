import { fox, type Scene, slow } from './scene.js';

/** Other conversations, forms and answers. */
export const conversationScenes: readonly Scene[] = [
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
    settings: { PROMPT_MODEL: 'off' },
    async play({ enter, say, prompt }) {
      await enter('lisbon-office');
      await say('/imagine uma raposa vermelha na neve, com a luz suave da manhã');
      await prompt.focus();
    },
  },
  {
    name: 'form-from-a-post',
    shows: 'dialog',
    async play({ enter, openPostForm, dialog }) {
      await enter('launch');
      await openPostForm('Our roof garden is open. Come and see the city from above.');
      await dialog.getByText('New ideas').waitFor();
    },
  },
  {
    name: 'form-while-writing',
    shows: 'dialog',
    async play({ bedrock, enter, openPostForm, prompt }) {
      bedrock.faults.add({ kind: 'slow', milliseconds: slow }, { when: ({ operation }) => operation === 'Converse' });
      await enter('launch');
      await openPostForm('Our roof garden is open. Come and see the city from above.');
      await prompt.focus();
    },
  },
  {
    name: 'translated',
    async play({ enter, imagine }) {
      await enter('lisbon-office');
      await imagine('uma raposa vermelha na neve, com a luz suave da manhã');
    },
  },
  {
    name: 'images-for-a-post',
    async play({ enter, openPostForm, dialog, page }) {
      await enter('roof-garden');
      await openPostForm('Our roof garden is open. Come and see the city from above.');
      await dialog.getByText('New ideas').waitFor();
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
