import { expect, it } from 'vitest';
import { seeForm, submit } from './form.js';
import { always, isFinished, startStory, textOf } from './story.js';

const onlyLink = 'This image is a link that works until <!date^';

it.each([
  ['secret', 'a private channel, to which it can be invited', true],
  ['anaAndBen', 'a direct message between two people, to which it cannot be invited', false],
] as const)('without the bot, all images come in one new message (#%s: %s)', async (place, _what, isInvited) => {
  const story = await startStory();
  const where = { channel: story.workspace.channels[place].id };
  await story.imagine('a red fox in the snow', where);
  const note = await story.seePrivately('', where);
  expect(note).toMatchObject({
    images: [],
    text: 'Your 4 images of “a red fox in the snow” come below as one new message when all of them are ready.',
  });
  expect(textOf(note).includes('Invite me')).toBe(isInvited);
  const message = await story.seeImages(4, where);
  expect(message.isEphemeral).toBe(false);
  await story.click(message, 3);
  const picked = await story.seePicked(where);
  expect(picked).toMatchObject({ ts: message.ts, images: [{ altText: 'Image 3: a red fox in the snow' }] });
  expect(textOf(picked)).toContain(onlyLink);
  await story.app.stop();
  expect(JSON.stringify(story.records()), 'keeps no answer address').not.toContain(story.workspace.url);
});

it('a choice says that it is only a link once Slack has no file of it, and Slack downloads it once', async () => {
  const story = await startStory();
  const [where, member] = [{ channel: story.random }, { channel: story.marketing }];
  await story.imagine('a red fox', where);
  await story.click(await story.seeImages(4, where), 3);
  await story.see('that it is a link', (message) => textOf(message).includes(onlyLink), where);
  await story.settled();
  expect(story.s3.requests().filter(({ key, presigned }) => presigned && /previews\/3-/.test(key))).toHaveLength(1);
  await story.imagine('a blue fox', member);
  await story.click(await story.seeImages(4, member), 3);
  await story.seeKept(member);
  const updates = story.workspace.calls().filter(({ arguments: { channel } }) => channel === story.marketing);
  expect(JSON.stringify(updates)).not.toContain(onlyLink);
});

it('without the bot, the images for a post come in its thread, and one private note says how', async () => {
  const story = await startStory();
  const where = { channel: story.secret };
  const { ts } = story.workspace.post({ user: story.ben, text: 'Our new garden opens in spring.', ...where });
  await story.fromPost(ts, story.secret);
  await seeForm(story);
  await submit(story, { prompt: 'a red fox\nin the snow' });
  expect((await story.seeImages(4, where)).threadTs).toBe(ts);
  await story.settled();
  expect(story.privately(story.secret).map(({ text }) => text)).toEqual([
    'Your 4 images of “a red fox” come as one new message when all of them are ready.',
  ]);
});

it('without the bot, a request that has to wait is told for how long', async () => {
  const story = await startStory({ settings: { BEDROCK_REQUESTS_PER_MINUTE: '4' } });
  const where = { channel: story.secret };
  await story.imagine('a red fox', where);
  await story.seeImages(4, where);
  await story.imagine('a blue fox', where);
  const note = textOf(await story.seePrivately('a blue fox', where));
  expect(note).toMatch(/"When you asked, the wait was about \d+ s\. I am not a member/);
});

it.each(['sheet', 'carousel'])(
  'the app keeps within the five uses of a response_url, whatever Slack refuses of a %s',
  async (layout) => {
    const story = await startStory({ settings: { PREVIEW_LAYOUT: layout } });
    const { responseUrls, images } = story.workspace.faults;
    images.add({ kind: 'refused' }, { times: always });
    responseUrls.add(
      { kind: 'error', error: 'invalid_thread_ts' },
      { times: always, when: (call) => call.arguments.thread_ts !== undefined },
    );
    const channel = story.secret;
    const { ts } = story.workspace.post({ user: story.ben, channel, text: 'Our new garden opens in spring.' });
    await story.fromPost(ts, channel);
    await seeForm(story);
    await submit(story, { prompt: 'a red fox in the snow' });
    const message = await story.see('the end, in words', isFinished, { channel });
    expect(textOf(message)).toContain('Slack could not show the images.');
    await story.app.stop();
    const uses = story.workspace.calls().filter(({ method }) => method === 'response_url');
    expect(uses.length).toBeLessThanOrEqual(5);
  },
);
