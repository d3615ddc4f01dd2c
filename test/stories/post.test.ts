import { PutObjectCommand, S3Client } from '@aws-sdk/client-s3';
import { describe, expect, it, vi } from 'vitest';
import { initialValue, seeForm, submit, wordsOf } from './form.js';
import { isFinished, isPicked, type Story, type StoryOptions, startStory } from './story.js';

const launch =
  'We are thrilled to announce the launch of our new rooftop garden! Come and see the wild flowers and the bee hives.';

async function imagineFrom(
  post: Record<string, unknown>,
  options?: StoryOptions,
): Promise<{ story: Story; ts: string }> {
  const story = await startStory(options);
  const { ts } = story.workspace.post({ user: story.ben, channel: story.marketing, ...post });
  await story.fromPost(ts);
  return { story, ts };
}

describe('Imagine from this post', () => {
  it('proposes a prompt, and shows the post, its author, its mood and its language', async () => {
    const { story } = await imagineFrom({ text: launch });
    const form = await seeForm(story);
    expect(initialValue(form, 'prompt')).toMatch(/^A single scene showing .*rooftop garden/);
    expect(wordsOf(form)).toContain(`"user_id":"${story.ben}"`);
    expect(wordsOf(form)).toContain('We are thrilled to announce');
    expect(wordsOf(form)).toContain('Mood: happy · Language: English');
    expect(wordsOf(form)).toContain(
      'The post was sent to Amazon Comprehend for analysis. Your prompt goes to the model when',
    );
  });

  it('opens at once, and is filled when a slow analysis ends', async () => {
    const story = await startStory();
    story.comprehend.faults.add({ kind: 'slow', milliseconds: 2500 });
    const { ts } = story.workspace.post({ user: story.ben, channel: story.marketing, text: launch });
    await story.fromPost(ts);
    const waiting = await story.workspace.waitFor(() => story.workspace.openView(story.ana));
    expect(waiting.submit).toBeUndefined();
    expect(wordsOf(waiting)).toContain('Reading the post with Amazon Comprehend');
    expect(initialValue(await seeForm(story), 'prompt')).toContain('rooftop garden');
    expect(JSON.stringify(story.workspace.calls())).toContain('Comprehend'); // and not with POST_ANALYSIS=off, below
  });

  it('stays closed if it was closed meanwhile', async () => {
    const story = await startStory();
    story.comprehend.faults.add({ kind: 'slow', milliseconds: 1000 });
    const { ts } = story.workspace.post({ user: story.ben, channel: story.marketing, text: launch });
    await story.fromPost(ts);
    await story.workspace.waitFor(() => story.workspace.openView(story.ana));
    await story.workspace.closeView(story.ana);
    await story.workspace.waitFor(() => story.workspace.calls().some(({ method }) => method === 'views.update'));
    expect(story.workspace.openView(story.ana)).toBeUndefined();
    expect(story.log()).not.toContain('"level":50');
  });

  it('draws in the thread of the post', async () => {
    const { story, ts } = await imagineFrom({ text: launch });
    await seeForm(story);
    expect(await submit(story)).toMatchObject({ outcome: 'closed' });
    const message = await story.see('four images', isFinished);
    expect(message.threadTs).toBe(ts);
    await story.click(message, 2);
    const picked = await story.see('the kept image', ({ images }) => images.some(({ fileId }) => fileId !== undefined));
    expect([picked.ts, picked.threadTs]).toEqual([message.ts, ts]);
  });

  it('draws in the thread that the post is in', async () => {
    const story = await startStory();
    const root = story.workspace.post({ user: story.ben, channel: story.marketing, text: 'What shall we show?' });
    const reply = story.workspace.post({ user: story.ben, channel: story.marketing, text: launch, threadTs: root.ts });
    await story.fromPost(reply.ts);
    await seeForm(story);
    await submit(story);
    expect((await story.see('four images', isFinished)).threadTs).toBe(root.ts);
  });

  it('starts over with the post’s own text, and leaves the other fields as they are', async () => {
    const { story } = await imagineFrom({ text: launch });
    await seeForm(story);
    const press = () =>
      story.workspace.clickInView({
        user: story.ana,
        actionId: 'use_own_words',
        values: { negative_prompt: 'text', style: 'comic' },
      });
    await press();
    const ownWords = await story.workspace.waitFor(() => {
      const view = story.workspace.openView(story.ana);
      return view && initialValue(view, 'prompt_1') === launch ? view : undefined;
    });
    expect(ownWords.values).toMatchObject({ negative_prompt: { value: 'text' }, style: { value: 'comic' } });
    await story.workspace.typeInView({ user: story.ana, values: { prompt_1: 'something else' } });
    await press();
    await story.workspace.waitFor(() => story.workspace.openView(story.ana)?.values.prompt_2?.value === launch);
    await submit(story);
    await story.see('four images', isFinished);
    expect(story.records()[0]).toMatchObject({
      prompt: launch,
      settings: { negativePrompt: 'text', styleId: 'comic' },
    });
  });

  it('works in a conversation without the bot', async () => {
    const story = await startStory();
    const channel = story.secret;
    const { ts } = story.workspace.post({ user: story.ben, channel, text: launch });
    await story.fromPost(ts, channel);
    await seeForm(story);
    await submit(story);
    const message = await story.see('four images', isFinished, { channel });
    expect(message.images).toHaveLength(4);
    await story.click(message, 1);
    await story.see('the picked image', isPicked, { channel });
  });

  it('keeps nothing of the post once the form is sent or closed', async () => {
    const { story, ts } = await imagineFrom({ text: launch });
    const drafts = () => story.s3.objects(story.bucket).filter(({ key }) => key.endsWith('/draft.json'));
    await seeForm(story);
    expect(drafts()).toHaveLength(1);
    await submit(story);
    await story.see('four images', isFinished);
    await vi.waitFor(() => expect(drafts().map(({ key }) => key)).toEqual([]));
    await story.fromPost(ts);
    await seeForm(story);
    await story.workspace.closeView(story.ana);
    await story.app.stop();
    expect(drafts().map(({ key }) => key)).toEqual([]);
  });
});

describe('a form that is never filled in leaves nothing of its post behind', () => {
  const isDraft = ({ key }: { key: string }) => key.endsWith('/draft.json');
  const drafts = ({ s3, bucket }: Story) => s3.objects(bucket).filter(isDraft);
  const answeredUpdate = ({ workspace }: Story) => workspace.calls().some(({ method }) => method === 'views.update');
  const isCall = (name: string) => ({ when: ({ method }: { method: string }) => method === name });

  it('if it is closed while the post is read', async () => {
    const story = await startStory();
    story.comprehend.faults.add({ kind: 'slow', milliseconds: 1000 });
    const { ts } = story.workspace.post({ user: story.ben, channel: story.marketing, text: launch });
    await story.fromPost(ts);
    await story.workspace.waitFor(() => story.workspace.openView(story.ana));
    await story.workspace.closeView(story.ana);
    await story.workspace.waitFor(() => answeredUpdate(story));
    await vi.waitFor(() => expect(drafts(story)).toEqual([]));
  });

  it('if Slack refuses it', async () => {
    const story = await startStory();
    story.workspace.faults.calls.add({ kind: 'error', error: 'view_too_large' }, isCall('views.update'));
    const { ts } = story.workspace.post({ user: story.ben, channel: story.marketing, text: launch });
    await story.fromPost(ts);
    await story.workspace.waitFor(() => answeredUpdate(story));
    await vi.waitFor(() => expect(drafts(story)).toEqual([]));
  });

  it('if Slack opens no modal, though the post is read only afterwards', async () => {
    const story = await startStory();
    story.workspace.faults.calls.add({ kind: 'error', error: 'expired_trigger_id' }, isCall('views.open'));
    story.s3.faults.add({ kind: 'slow', milliseconds: 1000 }, { when: isDraft });
    const { ts } = story.workspace.post({ user: story.ben, channel: story.marketing, text: launch });
    await story.fromPost(ts);
    await story.see('the answer', ({ isEphemeral }) => isEphemeral);
    const isKept = () => story.s3.requests().some((request) => request.operation === 'PutObject' && isDraft(request));
    await vi.waitFor(() => expect(isKept()).toBe(true));
    await vi.waitFor(() => expect(drafts(story)).toEqual([]));
    await story.app.stop();
    expect(drafts(story)).toEqual([]);
  });

  it('if it is closed while the app is down, within a day, and open forms keep their drafts', async () => {
    const { story } = await imagineFrom({ text: launch });
    await seeForm(story);
    const [draft] = drafts(story);
    if (!draft) throw new Error('no draft');
    const Key = draft.key.replace(/[^/]*\/draft\.json$/, '01JCZZZZZZZZZZZZZZZZ7F3A2C/draft.json');
    await new S3Client({}).send(new PutObjectCommand({ Bucket: story.bucket, Key, Body: draft.bytes }));
    await story.app.stop();
    await story.startApp();
    await vi.waitFor(() => expect(drafts(story).map(({ key }) => key)).toEqual([draft.key]));
    await submit(story);
    await story.see('four images', isFinished);
  });
});

describe('every post leads to a usable form', () => {
  it.each([
    [
      'of 40,000 characters',
      { text: 'Our river festival was wonderful. '.repeat(1_200).slice(0, 40_000) },
      'river festival',
    ],
    ['of an app', { text: '*A quiet harbor* at dawn with fishing boats', user: undefined }, 'quiet harbor'],
    ['too short to be analyzed', { text: 'ship _it_ :rocket:' }, 'ship it'],
  ])('%s', async (_, post, words) => {
    const { story } = await imagineFrom(post);
    const form = await seeForm(story);
    expect(initialValue(form, 'prompt')).toContain(words);
    expect(story.log()).not.toMatch(/"level":[45]0/);
  });

  it('in another language: with its own text, the reason, and the warning that the model reads English only', async () => {
    const text =
      'Unser neuer Dachgarten mit wilden Blumen und Bienenstöcken ist für alle Kolleginnen und Kollegen offen.';
    const { story } = await imagineFrom({ text });
    const form = await seeForm(story);
    expect(initialValue(form, 'prompt')).toBe(text);
    expect(wordsOf(form)).toContain('Language: German. Posts in this language cannot be analyzed');
    expect(wordsOf(form)).toContain('This looks like German. Stable Image Core reads English only');
    expect(story.log()).not.toMatch(/"level":[45]0/);
  });

  it.each([
    ['an image', { text: '', file: { name: 'harbor.png', mediaType: 'image/png', content: Buffer.from('x') } }],
    ['emoji', { text: ':tada: :rocket: :tada:' }],
    [
      'blocks',
      { blocks: [{ type: 'section', text: { type: 'plain_text', text: 'A quiet harbor' } }], user: undefined },
    ],
  ])('of %s without text: empty, and it says so', async (_, post) => {
    const { story } = await imagineFrom(post);
    const form = await seeForm(story);
    expect(initialValue(form, 'prompt')).toBeUndefined();
    expect(wordsOf(form)).toContain('This post has no text.');
  });
});

describe('if the post cannot be analyzed', () => {
  it.each([
    ['throttled', { kind: 'error', name: 'ThrottlingException' }, 'is busy'],
    ['forbidden', { kind: 'error', name: 'AccessDeniedException' }, 'does not have access to Amazon Comprehend'],
    ['down', { kind: 'error', name: 'InternalServerException' }, 'is not available'],
    ['unreachable', { kind: 'reset' }, 'is not available'],
  ] as const)('%s: the form has the post’s own text and says why', async (_, fault, reason) => {
    const story = await startStory();
    story.comprehend.faults.add(fault, { times: 100 });
    const { ts } = story.workspace.post({ user: story.ben, channel: story.marketing, text: launch });
    await story.fromPost(ts);
    const form = await seeForm(story);
    expect(initialValue(form, 'prompt')).toBe(launch);
    expect(wordsOf(form)).toContain(reason);
    expect(story.log()).toContain('post not analyzed');
  });

  it('by setting, nothing of it is sent anywhere', async () => {
    const { story } = await imagineFrom({ text: launch }, { settings: { POST_ANALYSIS: 'off' } });
    const form = await seeForm(story);
    expect(initialValue(form, 'prompt')).toBe(launch);
    expect(wordsOf(form)).toContain('Your prompt goes to the model when you press Draw, not before.');
    expect(JSON.stringify(story.workspace.calls())).not.toContain('Comprehend');
    expect(story.comprehend.requests()).toEqual([]);
  });
});
