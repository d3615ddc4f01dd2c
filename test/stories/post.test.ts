import { expect, it } from 'vitest';
import { ideasIn, initialValue, seeForm, seeIdeas, submit, wordsOf } from './form.js';
import { type Story, type StoryOptions, startStory, textOf } from './story.js';

const launch =
  'We are thrilled to announce the launch of our new rooftop garden! Come and see the wild flowers and the bee hives.';

const draftKey = /\/draft\.json$/;
const drafts = (story: Story) => story.keys(draftKey);

/** Ana wants an image for a post of Ben's, once this is planned. */
async function imagineFrom(post: Record<string, unknown>, options?: StoryOptions, plan?: (story: Story) => void) {
  const story = await startStory(options);
  plan?.(story);
  const { ts } = story.workspace.post({ user: story.ben, channel: story.marketing, ...post });
  await story.fromPost(ts);
  return { story, ts };
}

const imagineSlowly = (milliseconds: number) =>
  imagineFrom({ text: launch }, {}, ({ comprehend }) => comprehend.faults.add({ kind: 'slow', milliseconds }));

const withoutWriter = { settings: { PROMPT_MODEL: 'off' } };

it('“Imagine from this post” proposes three prompts, and shows the post, its author, its mood and its language', async () => {
  const { story } = await imagineFrom({ text: launch });
  const form = await seeIdeas(story);
  expect(ideasIn(form)).toHaveLength(3);
  for (const words of [
    `"user_id":"${story.ben}"`,
    'We are thrilled to announce',
    'Mood: happy · Language: English.',
    'without the names, phone numbers, email addresses and links found in it, goes to the model that writes prompts.',
  ]) {
    expect(wordsOf(form)).toContain(words);
  }
});

it('“Imagine from this post” proposes a prompt of its place and things without a writer, and says so', async () => {
  const { story } = await imagineFrom({ text: launch }, withoutWriter);
  const form = await seeIdeas(story);
  expect(ideasIn(form)).toEqual([expect.stringMatching(/^A new rooftop garden: /)]);
  expect(wordsOf(form)).toContain('Language: English. This prompt was put together from key phrases of the text.');
  expect(wordsOf(form)).toContain("The post's text goes to Amazon Comprehend for analysis.");
  expect(story.bedrock.requests()).toEqual([]);
});

it('“Imagine from this post” opens a form that can be used at once, and says where the text goes before it goes there', async () => {
  const { story } = await imagineSlowly(1500);
  const waiting = await seeForm(story);
  expect(wordsOf(waiting)).toContain('Writing three prompts for you to choose from.');
  expect(wordsOf(waiting)).toContain("The post's text goes to Amazon Comprehend");
  expect(ideasIn(await seeIdeas(story))).toHaveLength(3);
});

it('“Imagine from this post” stays closed if it was closed meanwhile, and keeps nothing of the post', async () => {
  const { story } = await imagineSlowly(1000);
  await seeForm(story);
  await story.workspace.closeView(story.ana);
  await story.until(() => story.workspace.calls().some(({ method }) => method === 'views.update'));
  await story.until(() => drafts(story).length === 0);
  expect(story.workspace.openView(story.ana)).toBeUndefined();
  expect(story.log()).not.toContain('"level":50');
});

it('“Imagine from this post” draws in the thread of the post, and keeps nothing of it once the form is sent or closed', async () => {
  const { story, ts } = await imagineFrom({ text: launch });
  await seeIdeas(story);
  expect(drafts(story)).toHaveLength(1);
  expect(await submit(story)).toMatchObject({ outcome: 'closed' });
  const message = await story.seeImages();
  const link = new RegExp(`"url":"[^"]*/archives/${story.marketing}/p${message.ts.replace('.', '')}`);
  expect(textOf(await story.seePrivately('Your 4 images come in the thread of the post.'))).toMatch(link);
  await story.until(() => drafts(story).length === 0);
  await story.click(message, 2);
  const picked = await story.seeKept();
  expect([message.threadTs, picked.ts, picked.threadTs]).toEqual([ts, message.ts, ts]);
  await story.fromPost(ts);
  await seeIdeas(story);
  await story.workspace.closeView(story.ana);
  await story.app.stop();
  expect(drafts(story)).toEqual([]);
});

it('“Imagine from this post” draws in the thread that the post is in', async () => {
  const story = await startStory();
  const root = story.workspace.post({ user: story.ben, channel: story.marketing, text: 'What shall we show?' });
  const reply = story.workspace.post({ user: story.ben, channel: story.marketing, text: launch, threadTs: root.ts });
  await story.fromPost(reply.ts);
  await seeIdeas(story);
  story.planCalls('chat.getPermalink', { kind: 'error', error: 'fatal_error' });
  await submit(story);
  expect(textOf(await story.seePrivately('in the thread of the post.'))).not.toContain('"url"');
  expect((await story.seeImages()).threadTs).toBe(root.ts);
});

it('“Imagine from this post” fills in the post’s own text, and leaves the other fields as they are', async () => {
  const { story } = await imagineFrom({ text: launch });
  const { workspace, ana: user } = story;
  await seeIdeas(story);
  const values = { negative_prompt: 'text', style: 'comic' };
  const startOver = async (field: string) => {
    await workspace.clickInView({ user, actionId: 'use_own_words', values });
    return workspace.waitFor(() => {
      const view = workspace.openView(user);
      return view && initialValue(view, field) === launch && view;
    });
  };
  expect((await startOver('prompt_1')).values).toMatchObject({
    negative_prompt: { value: 'text' },
    style: { value: 'comic' },
  });
  await workspace.typeInView({ user, values: { prompt_1: 'something else' } });
  await startOver('prompt_2');
  await submit(story);
  await story.seeImages();
  expect(story.records()).toMatchObject([{ prompt: launch, settings: { negativePrompt: 'text', styleId: 'comic' } }]);
});

it('a form that Slack refuses to update with prompts still draws what is typed', async () => {
  const { story } = await imagineSlowly(1500);
  await seeForm(story);
  story.planCalls('views.update', { kind: 'error', error: 'view_too_large' });
  await story.until(() => story.log().includes('ideas not shown'));
  expect(await submit(story, { prompt: 'a garden on a roof' })).toEqual({ outcome: 'closed' });
  await story.seeImages();
  await story.until(() => drafts(story).length === 0);
});

it('a form that is never filled in leaves nothing of its post behind if Slack opens no modal, though the post is read only afterwards', async () => {
  const { story } = await imagineFrom({ text: launch }, {}, ({ planCalls, planS3 }) => {
    planCalls('views.open', { kind: 'error', error: 'expired_trigger_id' });
    planS3({ kind: 'slow', milliseconds: 1000 }, 'any', draftKey);
  });
  await story.seePrivately();
  expect(story.comprehend.requests()).toEqual([]);
  await story.until(() => story.asked('PutObject', draftKey).length > 0);
  await story.until(() => drafts(story).length === 0);
  await story.app.stop();
  expect(drafts(story)).toEqual([]);
});

it('a form that is never filled in leaves nothing of its post behind if it is closed while the app is down, within a day, and open forms keep their drafts', async () => {
  const { story } = await imagineFrom({ text: launch });
  await seeIdeas(story);
  const [kept = ''] = drafts(story);
  await story.put(kept.replace(/[^/]*\/draft\.json$/, '01JCZZZZZZZZZZZZZZZZ7F3A2C/draft.json'), '{}');
  await story.app.stop();
  await story.startApp();
  await story.until(() => drafts(story).length === 1);
  expect(drafts(story)).toEqual([kept]);
  await submit(story);
  await story.seeImages();
});

const festival = 'Our river festival was wonderful. '.repeat(1_200).slice(0, 40_000);
const file = { name: 'harbor.png', mediaType: 'image/png', content: Buffer.from('x') };
const blocks = [{ type: 'section', text: { type: 'plain_text', text: 'A quiet harbor' } }];
const german =
  'Unser neuer Dachgarten mit wilden Blumen und Bienenstöcken ist für alle Kolleginnen und Kollegen offen.';
const noText = 'This post has no text.';

it.each([
  ['of 40,000 characters', { text: festival }, 3, 'Mood: happy'],
  ['of an app', { text: '*A quiet harbor* at dawn with fishing boats', user: undefined }, 3, 'Language: English'],
  ['too short to be analyzed', { text: 'ship _it_ :rocket:' }, 3, 'ship it'],
  ['in another language', { text: german }, 3, 'Language: German.'],
  ['of an image without text', { text: '', file }, 0, noText],
  ['of emoji without text', { text: ':tada: :rocket: :tada:' }, 3, ':tada: :rocket: :tada:'],
  ['of blocks without text', { blocks, user: undefined }, 0, noText],
])('a post %s leads to a usable form', async (_, post, count, told) => {
  const { story } = await imagineFrom(post);
  const form = await (count > 0 ? seeIdeas(story) : seeForm(story));
  expect(ideasIn(form)).toHaveLength(count);
  expect(initialValue(form, 'prompt')).toBeUndefined();
  expect(wordsOf(form)).toContain(told);
  expect(story.log()).not.toMatch(/"level":[45]0/);
});

it('a post in another language is its own first sentence without a writer, and the form warns of it', async () => {
  const { story } = await imagineFrom({ text: german }, withoutWriter);
  const form = await seeIdeas(story);
  expect(ideasIn(form)).toEqual([german]);
  for (const told of [
    'Language: German. This prompt is taken from the beginning of the text.',
    'This looks like German. Stable Image Core reads English only',
  ])
    expect(wordsOf(form)).toContain(told);
});

it('a post is analyzed nowhere if that is the setting, and nothing of it is sent anywhere', async () => {
  const { story } = await imagineFrom({ text: launch }, { settings: { POST_ANALYSIS: 'off' } });
  const form = await seeForm(story);
  expect(initialValue(form, 'prompt')).toBe('We are thrilled to announce the launch of our new rooftop garden!');
  expect(wordsOf(form)).toContain('Your prompt goes to the image model when you press Draw, not before.');
  expect(JSON.stringify(story.workspace.calls())).not.toContain('Comprehend');
  expect([...story.comprehend.requests(), ...story.bedrock.requests()]).toEqual([]);
});
