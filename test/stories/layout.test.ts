import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { always, type Story, startStory, startWithImages, textOf } from './story.js';

const blockTypes = ({ blocks }: SeenMessage) => blocks.map(({ type }) => type).join(' ');
const carousel = { settings: { PREVIEW_LAYOUT: 'carousel' } };
const updates = ({ workspace }: Story) => workspace.calls().filter(({ method }) => method === 'chat.update');

it.each([
  ['one image with all four', 'rich_text image actions', {}],
  ['a carousel of four cards if that is the setting', 'rich_text carousel actions', carousel],
  [
    'one image with all four if Slack has no carousels',
    'rich_text image actions',
    { ...carousel, workspace: { settings: { carousels: false } } },
  ],
])('the message is %s, with at most seven controls below', async (_what, types, options) => {
  const { story, message } = await startWithImages(options);
  expect(blockTypes(message)).toBe(types);
  const controls = message.blocks.flatMap((block) => (block.type === 'actions' ? block.elements : []));
  expect(controls.length).toBeLessThanOrEqual(7);
  await story.click(message, 4);
  await story.seePicked();
});

it('the carousel shows three images and a link if Slack cannot download one, which can be picked', async () => {
  const story = await startStory(carousel);
  const isSecond = ({ url }: { url: string }) => url.includes('/2.png');
  story.workspace.faults.images.add({ kind: 'refused' }, { times: always, when: isSecond });
  await story.imagine('a red fox in the snow');
  const message = await story.seeImages();
  expect(message.images.map(({ altText }) => altText.slice(0, 7))).toEqual(['Image 1', 'Image 3', 'Image 4']);
  await story.click(message, 2);
  await story.seePicked();
});

it('the message says so if Slack can never download the images, and each can be picked', async () => {
  const story = await startStory();
  story.workspace.faults.images.add({ kind: 'refused' }, { times: always });
  await story.imagine('a red fox in the snow');
  const message = await story.seeImages();
  expect(blockTypes(message)).toBe('rich_text section actions');
  expect(textOf(message)).toContain('Slack could not show the images.');
  await story.click(message, 2);
  await story.seeKept();
});

it('the message keeps its images, and then the picked one, if Slack fails once to download them', async () => {
  const { story, message } = await startWithImages();
  const { images } = story.workspace.faults;
  story.passMinutes(1); // for links of another time
  images.add({ kind: 'refused' });
  await story.choose(message, 'refresh');
  await story.until(() => updates(story).some(({ ok }) => !ok) && updates(story).at(-1)?.ok);
  expect(blockTypes(await story.seeImages())).toBe('rich_text image actions');
  images.add({ kind: 'refused' });
  story.planCalls('files.getUploadURLExternal', { kind: 'error', error: 'file_uploads_disabled' });
  await story.click(message, 1);
  const picked = await story.seePicked();
  expect(images.unmet()).toEqual([]);
  expect(picked.images.map(({ url }) => url)).toEqual([expect.stringContaining('/previews/1-')]);
});

it.each([
  ['sheet', 'Slack could not show the images.'],
  ['carousel', 'The link to this preview is longer than Slack allows.'],
])('the message says so if the signed links are longer than Slack allows (%s)', async (layout, sentence) => {
  const story = await startStory({ sessionToken: 'long/'.repeat(700), settings: { PREVIEW_LAYOUT: layout } });
  await story.imagine('a red fox in the snow');
  const message = await story.seeImages();
  expect(message.images).toEqual([]);
  expect(textOf(message)).toContain(sentence);
  await story.click(message, 2);
  expect((await story.seeKept()).images).toHaveLength(1);
});

it('links are valid as long as the setting says, and the same in every update: Slack downloads each image once', async () => {
  const story = await startStory({ settings: { PREVIEW_EXPIRES_SECONDS: '3600', ...carousel.settings } });
  story.bedrock.faults.add({ kind: 'slow', milliseconds: 2000 });
  await story.imagine('a red fox in the snow');
  const message = await story.seeImages();
  const lives = message.images.map(({ url = '' }) => new URL(url).searchParams.get('X-Amz-Expires'));
  expect(lives).toEqual(['3600', '3600', '3600', '3600']);
  expect(story.s3.requests().filter(({ presigned }) => presigned)).toHaveLength(4);
});
