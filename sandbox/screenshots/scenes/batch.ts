import { fox, type Scene, slow } from './scene.js';

/** A batch, from its first message to its end. */
export const batchScenes: readonly Scene[] = [
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
