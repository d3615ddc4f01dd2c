import { describe, expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { isFinished, isPicked, type Story, type StoryOptions, startStory, textOf } from './story.js';

const oneMinute = { PREVIEW_EXPIRES_SECONDS: '60' };

async function startWithImages(channel?: string, options: StoryOptions = {}) {
  const story = await startStory({ ...options, settings: { ...oneMinute, ...options.settings } });
  const where = channel === 'secret' ? story.secret : story.marketing;
  await story.imagine('a red fox', { channel: where });
  return { story, where, message: await story.see('four images', isFinished, { channel: where }) };
}

async function statuses({ images }: SeenMessage): Promise<number[]> {
  return Promise.all(images.map(async ({ url = '' }) => (await fetch(url)).status));
}

function seeNewLinks(story: Story, { ts, images, channel }: SeenMessage): Promise<SeenMessage> {
  const changed = (seen: SeenMessage) => seen.ts === ts && seen.images[0]?.url !== images[0]?.url;
  return story.see('new links', changed, { channel });
}

describe.each(['marketing', 'secret'])('Show again in #%s', (channel) => {
  it('brings back images whose links have expired, for any user', async () => {
    const { story, message } = await startWithImages(channel);
    story.passMinutes(10);
    expect(await statuses(message)).toEqual([403, 403, 403, 403]);
    await story.press(message, 'refresh_previews', story.ben);
    const fresh = await seeNewLinks(story, message);
    expect(await statuses(fresh)).toEqual([200, 200, 200, 200]);
    expect(fresh.blocks.map(({ type }) => type)).toEqual(message.blocks.map(({ type }) => type));
  });

  it('leaves buttons that work', async () => {
    const { story, message, where } = await startWithImages(channel);
    story.passMinutes(10);
    await story.press(message, 'refresh_previews');
    await story.click(await seeNewLinks(story, message), 2);
    const picked = await story.see('the picked image', isPicked, { channel: where });
    expect(picked.ts).toBe(message.ts);
  });
});

describe('Show again', () => {
  it('brings back a picked image that is shown by a link', async () => {
    const { story, message, where } = await startWithImages('secret');
    await story.click(message, 3);
    const picked = await story.see('the picked image', isPicked, { channel: where });
    const written = story.records()[0];
    story.passMinutes(10);
    await story.press(picked, 'refresh_previews', story.ben);
    const fresh = await seeNewLinks(story, picked);
    expect(fresh.images).toMatchObject([{ altText: 'Image 3: a red fox' }]);
    expect(story.records()[0]).toEqual(written);
  });

  it('is not offered if Slack keeps the image, or if there is none', async () => {
    const { story, message } = await startWithImages();
    await story.click(message, 2);
    const kept = await story.see('the kept image', ({ images }) => images.some(({ fileId }) => fileId));
    expect(textOf(kept)).not.toContain('refresh_previews');
    await story.imagine('something forbidden');
    const empty = await story.see('the end', (seen) => isFinished(seen) && seen.ts !== message.ts);
    expect(textOf(empty)).not.toContain('refresh_previews');
  });

  it('uses the response_url of the click if the bot can no longer change its message', async () => {
    const { story, message } = await startWithImages();
    story.passMinutes(10);
    const isUpdate = ({ method }: { method: string }) => method === 'chat.update';
    story.workspace.faults.calls.add({ kind: 'error', error: 'channel_not_found' }, { when: isUpdate });
    await story.press(message, 'refresh_previews');
    expect(await statuses(await seeNewLinks(story, message))).toEqual([200, 200, 200, 200]);
  });

  it('comes with “Try again”, as the links to the other images may have expired', async () => {
    const story = await startStory({ settings: oneMinute });
    story.bedrock.faults.add({ kind: 'inference error' }, { when: ({ seed }) => seed === story.seedOf(3) });
    await story.imagine('a red fox');
    const message = await story.see('three images', isFinished);
    story.passMinutes(10);
    await story.press(message, 'retry_image_3');
    const whole = await story.see('four images', (seen) => isFinished(seen) && seen.images.length === 4);
    expect(await statuses(whole)).toEqual([200, 200, 200, 200]);
  });
});

describe('credentials that end before the links', () => {
  it('are reported once at start, and the links say when they end', async () => {
    const expiration = new Date(Date.now() + 3_600_000);
    const story = await startStory({
      sessionToken: 'sandbox-session',
      sessionExpiration: expiration,
      settings: { AWS_CREDENTIAL_EXPIRATION: expiration.toISOString() },
    });
    await story.imagine('a red fox');
    const { images } = await story.see('four images', isFinished);
    const { searchParams } = new URL(images[0]?.url ?? '');
    expect(Number(searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(3600);
    expect(story.log().split('previews may not live as long as is set')).toHaveLength(2);
    expect(story.log()).toContain('credentials: temporary; these end in about 60 minutes.');
  });
});
