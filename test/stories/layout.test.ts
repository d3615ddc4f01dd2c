import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { always, startStory, textOf } from './story.js';

const blockTypes = ({ blocks }: SeenMessage) => blocks.map(({ type }) => type).join(' ');
const stack = 'rich_text image image image image actions context actions';

it.each([
  ['a carousel of four cards if Slack supports it', 'rich_text carousel context actions', {}],
  ['a stack of images if that is the setting', stack, { settings: { PREVIEW_LAYOUT: 'images' } }],
  ['a stack of images if Slack has no carousels', stack, { workspace: { settings: { carousels: false } } }],
])('the message is %s', async (_what, types, options) => {
  const story = await startStory(options);
  await story.imagine('a red fox in the snow');
  const message = await story.seeImages();
  expect(blockTypes(message)).toBe(types);
  await story.click(message, 4);
  await story.seePicked();
});

it('the message shows three images and a link if Slack cannot download one, which can be picked', async () => {
  const story = await startStory();
  const isSecond = ({ url }: { url: string }) => url.includes('/2.png');
  story.workspace.faults.images.add({ kind: 'refused' }, { times: always, when: isSecond });
  await story.imagine('a red fox in the snow');
  const message = await story.seeImages(3);
  expect(message.images.map(({ altText }) => altText.slice(0, 7))).toEqual(['Image 1', 'Image 3', 'Image 4']);
  expect(blockTypes(message)).toContain('carousel');
  await story.click(message, 2);
  await story.seePicked();
});

it('the message keeps all four, and then the picked one, if Slack fails once to download an image', async () => {
  const story = await startStory();
  const where = { channel: story.random };
  await story.imagine('a red fox in the snow', where);
  const message = await story.seeImages(4, where);
  const updates = () => story.workspace.calls().filter(({ method }) => method === 'chat.update');
  story.workspace.faults.images.add({ kind: 'refused' }, { when: ({ url }) => url.includes('/2.png') });
  await story.choose(message, 'refresh');
  await story.until(() => updates().some(({ ok }) => !ok) && updates().at(-1)?.ok);
  const shown = await story.seeImages(4, where);
  expect(textOf(shown)).not.toContain('Slack could not show this preview.');
  story.workspace.faults.images.add({ kind: 'refused' }, { when: ({ url }) => url.includes('/1.png') });
  await story.click(message, 1);
  const picked = await story.seePicked(where);
  expect(story.workspace.faults.images.unmet()).toEqual([]);
  expect(picked.images.map(({ url }) => url)).toEqual([expect.stringContaining('/1.png')]);
});

it('the message says so if the signed links are longer than Slack allows', async () => {
  const story = await startStory({ sessionToken: 'long/'.repeat(700) });
  await story.imagine('a red fox in the snow');
  const message = await story.seeImages(0);
  expect(textOf(message)).toContain('The link to this preview is longer than Slack allows.');
  await story.click(message, 2);
  expect((await story.seeKept()).images).toHaveLength(1);
});

it('links are valid as long as the setting says, and the same in every update: Slack downloads each image once', async () => {
  const story = await startStory({ settings: { PREVIEW_EXPIRES_SECONDS: '3600' } });
  story.bedrock.faults.add({ kind: 'slow', milliseconds: 2000 });
  await story.imagine('a red fox in the snow');
  const message = await story.seeImages();
  const lives = message.images.map(({ url = '' }) => new URL(url).searchParams.get('X-Amz-Expires'));
  expect(lives).toEqual(['3600', '3600', '3600', '3600']);
  expect(story.s3.requests().filter(({ presigned }) => presigned)).toHaveLength(4);
});
