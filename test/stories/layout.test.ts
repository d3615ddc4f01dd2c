import { describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { isFinished, isPicked, startStory, textOf } from './story.js';

const blockTypes = ({ blocks }: SeenMessage) => blocks.map(({ type }) => type);

describe('the message', () => {
  it('is a carousel of four cards', async () => {
    const story = await startStory();
    await story.imagine('a red fox in the snow');
    const message = await story.see('four images', isFinished);
    expect(blockTypes(message)).toEqual(['rich_text', 'carousel', 'context', 'actions']);
  });

  it('is a stack of images with one row of buttons if that is the setting', async () => {
    const story = await startStory({ settings: { PREVIEW_LAYOUT: 'images' } });
    await story.imagine('a red fox in the snow');
    const message = await story.see('four images', isFinished);
    expect(blockTypes(message)).toEqual([
      'rich_text',
      'image',
      'image',
      'image',
      'image',
      'actions',
      'context',
      'actions',
    ]);
    await story.click(message, 4);
    await story.see('the picked image', isPicked);
  });

  it('is a stack if Slack does not support carousels', async () => {
    const story = await startStory({ workspace: { settings: { carousels: false } } });
    await story.imagine('a red fox in the snow');
    const message = await story.see('four images', isFinished);
    expect(blockTypes(message)).toEqual([
      'rich_text',
      'image',
      'image',
      'image',
      'image',
      'actions',
      'context',
      'actions',
    ]);
  });

  it('shows three images and a link if Slack cannot download one', async () => {
    const story = await startStory();
    story.workspace.faults.images.add({ kind: 'refused' }, { times: 100, when: ({ url }) => url.includes('/2.png') });
    await story.imagine('a red fox in the snow');
    const message = await story.see('three images', isFinished);
    expect(message.images.map(({ altText }) => altText.slice(0, 7))).toEqual(['Image 1', 'Image 3', 'Image 4']);
    expect(blockTypes(message)).toContain('carousel');
    expect(textOf(message)).toContain('Slack could not show this preview.');
    await story.click(message, 2);
    await story.see('the picked image', isPicked);
  });

  it('keeps all four if Slack fails once to download an image', async () => {
    const story = await startStory();
    await story.imagine('a red fox in the snow');
    const message = await story.see('four images', isFinished);
    const updates = () => story.workspace.calls().filter(({ method }) => method === 'chat.update');
    story.workspace.faults.images.add({ kind: 'refused' }, { when: ({ url }) => url.includes('/2.png') });
    await story.press(message, 'refresh_previews');
    await story.workspace.waitFor(() => updates().some(({ ok }) => !ok) && updates().at(-1)?.ok);
    const shown = await story.see('the same message', isFinished);
    expect(shown.images).toHaveLength(4);
    expect(textOf(shown)).not.toContain('Slack could not show this preview.');
  });

  it('keeps showing a picked image if Slack fails once to download it', async () => {
    const story = await startStory();
    const where = { channel: story.random };
    await story.imagine('a red fox in the snow', where);
    const message = await story.see('four images', isFinished, where);
    story.workspace.faults.images.add({ kind: 'refused' }, { when: ({ url }) => url.includes('/1.png') });
    await story.click(message, 1);
    const picked = await story.see('the picked image', isPicked, where);
    expect(story.workspace.faults.images.unmet()).toEqual([]);
    expect(picked.images.map(({ url }) => url)).toEqual([expect.stringContaining('/1.png')]);
  });

  it('arrives as text if Slack can download nothing', async () => {
    const story = await startStory({ settings: { PREVIEW_LAYOUT: 'images' } });
    story.workspace.faults.images.add({ kind: 'refused' }, { times: 1000 });
    await story.imagine('a red fox in the snow');
    const message = await story.see('no images', isFinished);
    expect(message.images).toEqual([]);
    expect(textOf(message).match(/Slack could not show this preview/g)).toHaveLength(4);
  });

  it('says so if the signed links are longer than Slack allows', async () => {
    const story = await startStory({ sessionToken: 'long/'.repeat(700) });
    await story.imagine('a red fox in the snow');
    const message = await story.see('no images', isFinished);
    expect(textOf(message)).toContain('The link to this preview is longer than Slack allows.');
    await story.click(message, 2);
    const picked = await story.see('the kept image', ({ images }) => images.some(({ fileId }) => fileId !== undefined));
    expect(picked.images).toHaveLength(1);
  });

  it('is updated by one call at a time, at least three seconds apart, and at the end at once', async () => {
    const story = await startStory();
    for (const milliseconds of [0, 3200, 3400, 6500]) story.bedrock.faults.add({ kind: 'slow', milliseconds });
    await story.imagine('a red fox in the snow');
    await story.see('four images', isFinished);
    const times = story.workspace
      .calls()
      .filter(({ method }) => method === 'chat.postMessage' || method === 'chat.update')
      .map(({ at }) => at.getTime());
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps.length).toBeGreaterThanOrEqual(2);
    for (const gap of gaps.slice(0, -1)) expect(gap).toBeGreaterThanOrEqual(2900);
  });
});

describe('links', () => {
  it('are valid as long as the setting says', async () => {
    const story = await startStory({ settings: { PREVIEW_EXPIRES_SECONDS: '3600' } });
    await story.imagine('a red fox in the snow');
    const message = await story.see('four images', isFinished);
    const lives = message.images.map(({ url = '' }) => new URL(url).searchParams.get('X-Amz-Expires'));
    expect(lives).toEqual(['3600', '3600', '3600', '3600']);
  });

  it('stay the same in every update, so that Slack downloads each image once', async () => {
    const story = await startStory();
    story.bedrock.faults.add({ kind: 'slow', milliseconds: 3500 });
    await story.imagine('a red fox in the snow');
    await story.see('four images', isFinished);
    const downloads = story.s3.requests().filter(({ presigned }) => presigned);
    expect(downloads).toHaveLength(4);
  });
});
