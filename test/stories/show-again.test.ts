import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { isFinished, type Story, startStory, startWithImages, startWithThree, textOf } from './story.js';

const settings = { PREVIEW_EXPIRES_SECONDS: '60' };

async function startIn(place: 'marketing' | 'secret') {
  const story = await startStory({ settings });
  const where = { channel: story[place] };
  await story.imagine('a red fox', where);
  return { story, where, message: await story.seeImages(4, where) };
}

async function statuses({ images }: SeenMessage): Promise<number[]> {
  return Promise.all(images.map(async ({ url = '' }) => (await fetch(url)).status));
}

function seeNewLinks(story: Story, { ts, images, channel }: SeenMessage): Promise<SeenMessage> {
  const changed = (seen: SeenMessage) => seen.ts === ts && seen.images[0]?.url !== images[0]?.url;
  return story.see('new links', changed, { channel });
}

it.each(['marketing', 'secret'] as const)(
  '“Refresh” in #%s renews expired links for everyone, and buttons work',
  async (place) => {
    const { story, message, where } = await startIn(place);
    story.passMinutes(10);
    expect(await statuses(message)).toEqual([403]);
    await story.choose(message, 'refresh', story.ben);
    const fresh = await seeNewLinks(story, message);
    expect(await statuses(fresh)).toEqual([200]);
    expect(fresh.blocks.map(({ type }) => type)).toEqual(message.blocks.map(({ type }) => type));
    await story.click(fresh, 2);
    expect((await story.seePicked(where)).ts).toBe(message.ts);
  },
);

it('“Show again” brings back a picked image that is shown by a link', async () => {
  const { story, message, where } = await startIn('secret');
  await story.click(message, 3);
  const picked = await story.seePicked(where);
  await story.settled();
  const written = story.records();
  story.passMinutes(10);
  await story.press(picked, 'refresh_previews', story.ben);
  expect((await seeNewLinks(story, picked)).images).toMatchObject([{ altText: 'Image 3: a red fox' }]);
  expect(story.records()).toEqual(written);
});

it('“Show again” is not offered if Slack keeps the image, or if there is none', async () => {
  const { story, message } = await startWithImages({ settings });
  await story.click(message, 2);
  expect(textOf(await story.seeKept())).not.toContain('refresh_previews');
  await story.imagine('something forbidden');
  expect(textOf(await story.see('the end', isFinished))).not.toContain('refresh_previews');
});

it('“Refresh” uses the response_url of the click if the bot can no longer change its message', async () => {
  const { story, message } = await startWithImages({ settings });
  story.passMinutes(10);
  story.planCalls('chat.update', { kind: 'error', error: 'channel_not_found' });
  await story.choose(message, 'refresh');
  expect(await statuses(await seeNewLinks(story, message))).toEqual([200]);
});

it('“Retry failed” renews expired links as well', async () => {
  const { story, message } = await startWithThree({ settings });
  story.passMinutes(10);
  await story.choose(message, 'retry_failed');
  expect(await statuses(await story.seeImages())).toEqual([200]);
});

it('credentials that end before the links are reported once at start, and the links say when they end', async () => {
  const sessionExpiration = new Date(Date.now() + 3_600_000);
  const story = await startStory({
    sessionToken: 'sandbox-session',
    sessionExpiration,
    settings: { AWS_CREDENTIAL_EXPIRATION: sessionExpiration.toISOString() },
  });
  await story.imagine('a red fox');
  const { images } = await story.seeImages();
  const { searchParams } = new URL(images[0]?.url ?? '');
  expect(Number(searchParams.get('X-Amz-Expires'))).toBeLessThanOrEqual(3600);
  expect(story.log().split('previews may not live as long as is set')).toHaveLength(2);
  expect(story.log()).toContain('credentials: temporary; these end in about 60 minutes.');
});
