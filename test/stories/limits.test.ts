import { expect, it } from 'vitest';
import { usageSchema } from '../../src/core/batch/usage.js';
import { isFinished, type Story, startStory, textOf } from './story.js';

/** The newest thing that only this person sees in #marketing. */
async function privately(story: Story, words: string, user = story.ana): Promise<string> {
  const message = await story.see(words, ({ isEphemeral, text }) => isEphemeral && text.includes(words), { user });
  return message.text;
}

function counted(story: Story, name: string): unknown {
  const day = new Date().toISOString().slice(0, 10);
  const object = story.s3.objects(story.bucket).find(({ key }) => key.endsWith(`/usage/${day}/${name}.json`));
  if (!object) return undefined;
  const { batches } = usageSchema.parse(JSON.parse(object.bytes.toString()));
  return Object.values(batches);
}

const finished = (story: Story, count: number) =>
  story.workspace.waitFor(
    () => story.workspace.messages(story.marketing).filter(isFinished).length === count && `${count} finished`,
    { describe: `${count} finished`, timeoutMs: 15_000 },
  );

/** Of the seeds of every sandbox. */
const ids = { ana: 'U000000ANA', ben: 'U000000BEN', marketing: 'C0MARKETNG', random: 'C000RANDOM' };

it.each([
  ['a person who is blocked', 'BLOCKED_USERS', 'ana', 'You cannot use Imagine at the moment.'],
  ['a conversation that is blocked', 'BLOCKED_CHANNELS', 'marketing', 'Imagine is turned off in this conversation.'],
  ['a person who is not among those allowed', 'ALLOWED_USERS', 'ben', 'Imagine is limited to certain people here'],
  [
    'a conversation that is not allowed',
    'ALLOWED_CHANNELS',
    'random',
    'Imagine is turned on only in certain conversations',
  ],
] as const)('%s is told so, and nothing is begun', async (_who, setting, whom, sentence) => {
  const story = await startStory({ settings: { [setting]: ids[whom] } });
  await story.imagine('a red fox in the snow');
  expect(await privately(story, sentence)).toContain(sentence);
  expect(story.bedrock.requests()).toEqual([]);
  expect(story.s3.objects(story.bucket)).toEqual([]);
  expect(story.log()).not.toContain('"level":"error"');
});

it('a person is held to so many requests at once, and free again when one ends', async () => {
  const story = await startStory({ settings: { BATCHES_PER_USER: '1' } });
  story.bedrock.faults.add({ kind: 'slow', milliseconds: 1500 }, { times: 4 });
  await story.imagine('a red fox in the snow');
  await story.see('the first batch', ({ isEphemeral }) => !isEphemeral);
  await story.imagine('a blue fox in the snow');
  await privately(story, 'One of your requests is still being drawn');
  await story.imagine('a green fox in the snow', { user: story.ben });
  await finished(story, 2);
  await story.imagine('a white fox in the snow');
  await finished(story, 3);
});

it('a day holds so many images, those that fail are given back, and the usage tells the truth', async () => {
  const story = await startStory({ settings: { IMAGES_PER_USER_PER_DAY: '4' } });
  story.bedrock.faults.add({ kind: 'error', name: 'AccessDeniedException' }, { times: 1 });
  await story.imagine('a red fox in the snow');
  await finished(story, 1);
  expect(counted(story, story.ana)).toEqual([{ pictures: 3 }]);
  await story.imagine('usage');
  expect(await privately(story, 'Today:')).toMatch(
    /^Today: 3 of your 4 images\. The count starts again at midnight UTC, in \d+ (hours?|minutes?)\.$/,
  );
  await story.imagine('a blue fox in the snow');
  const refusal = await privately(story, 'left today');
  expect(refusal).toMatch(
    /^You have 1 of your 4 images left today, and this asks for 4\. Ask for fewer with --n 1, or/,
  );
  await story.imagine('a blue fox in the snow --n 1');
  await finished(story, 2);
  await story.imagine('a green fox in the snow --n 1');
  await privately(story, 'You have used up your 4 images of today.');
  expect(counted(story, 'workspace')).toBeUndefined();
});

it('without a limit the usage is counted all the same', async () => {
  const story = await startStory();
  await story.imagine('a red fox in the snow --n 2');
  await finished(story, 1);
  await story.imagine('Usage');
  expect(await privately(story, 'Today:')).toContain('Today: 2 images, and there is no limit for you.');
});

it('two processes share one daily limit, of a person and of the workspace', async () => {
  const settings = { IMAGES_PER_USER_PER_DAY: '4', IMAGES_PER_WORKSPACE_PER_DAY: '6', BATCHES_PER_USER: '100' };
  const story = await startStory({ settings });
  await story.startApp();
  const asking = (user: string) =>
    Array.from({ length: 6 }, (_, number) => story.imagine(`fox ${number} in the snow --n 1`, { user }));
  await Promise.all([...asking(story.ana), ...asking(story.ben)]);
  await finished(story, 6);
  expect(story.bedrock.requests()).toHaveLength(6);
  expect(counted(story, 'workspace')).toHaveLength(6);
  await story.imagine('one more fox in the snow --n 1', { user: story.workspace.people.chika.id });
  await privately(story, 'This workspace has used up its 6 images of today.', story.workspace.people.chika.id);
});

it('a request that could not be begun is given back', async () => {
  const story = await startStory();
  story.s3.faults.add(
    { kind: 'error', code: 'AccessDenied' },
    { times: 100, when: ({ key }) => key.endsWith('/batch.json') },
  );
  await story.imagine('a red fox in the snow');
  await privately(story, 'Something went wrong on my side.');
  expect(counted(story, story.ana)).toEqual([]);
});

it('a request that the workspace could not be counted for costs its person nothing', async () => {
  const story = await startStory({ settings: { IMAGES_PER_USER_PER_DAY: '4', IMAGES_PER_WORKSPACE_PER_DAY: '4' } });
  story.s3.faults.add(
    { kind: 'error', code: 'AccessDenied' },
    { when: ({ key, operation }) => operation === 'PutObject' && key.endsWith('/workspace.json') },
  );
  await story.imagine('a red fox in the snow');
  await privately(story, 'Something went wrong on my side.');
  await story.imagine('a red fox in the snow');
  await finished(story, 1);
  expect([counted(story, story.ana), counted(story, 'workspace')]).toEqual([[{ pictures: 4 }], [{ pictures: 4 }]]);
});

it('a request whose count the bucket wrote without answering counts once', async () => {
  const story = await startStory({ settings: { IMAGES_PER_USER_PER_DAY: '4' } });
  story.s3.faults.add(
    { kind: 'answer lost' },
    { when: ({ key, operation }) => key.includes('/usage/') && operation === 'PutObject' },
  );
  await story.imagine('a red fox in the snow');
  await finished(story, 1);
  expect(counted(story, story.ana)).toEqual([{ pictures: 4 }]);
});

it('who is blocked cannot have an image drawn again either', async () => {
  const story = await startStory({ settings: { WHO_MAY_PICK: 'anyone', BLOCKED_USERS: ids.ben } });
  story.bedrock.faults.add({ kind: 'filtered image' }, { when: ({ seed }) => seed === story.seedOf(1) });
  await story.imagine('a red fox in the snow');
  const message = await story.see('three images', isFinished);
  await story.press(message, 'retry_image_1', story.ben);
  await privately(story, 'You cannot use Imagine at the moment.', story.ben);
  expect(story.bedrock.requests()).toHaveLength(4);
  expect(counted(story, story.ana)).toEqual([{ pictures: 3 }]);
  await story.press(message, 'retry_image_1');
  await story.see('four images', (seen) => isFinished(seen) && seen.images.length === 4);
  expect(counted(story, story.ana)).toEqual([{ pictures: 3 }, { pictures: 1 }]);
});

/** A batch of Ana's of which one image came, and "Try again" under those that did not. */
async function drawOneOfFour(story: Story, prompt = 'a red fox in the snow') {
  story.bedrock.faults.add({ kind: 'filtered image' }, { times: 3 });
  await story.imagine(prompt);
  const message = await story.see('one image', (seen) => isFinished(seen) && textOf(seen).includes(prompt));
  const failed =
    story
      .records()
      .at(-1)
      ?.images.filter(({ state }) => state === 'failed') ?? [];
  const retry = (index: number, user?: string) => story.press(message, `retry_image_${failed[index]?.number}`, user);
  const shows = (count: number) =>
    story.see(`${count} images`, (seen) => isFinished(seen) && seen.ts === message.ts && seen.images.length === count);
  return { retry, shows };
}

it('an image that is tried again counts for the person who clicks, within the limit of their day', async () => {
  const story = await startStory({ settings: { WHO_MAY_PICK: 'anyone', IMAGES_PER_USER_PER_DAY: '5' } });
  const { retry, shows } = await drawOneOfFour(story);
  await story.imagine('a blue fox in the snow');
  await finished(story, 2);
  await retry(0);
  await privately(story, 'You have used up your 5 images of today.');
  expect(story.bedrock.requests()).toHaveLength(8);
  await retry(0, story.ben);
  await shows(2);
  story.bedrock.faults.add({ kind: 'filtered image' });
  await retry(1, story.ben);
  await story.app.stop();
  expect(story.bedrock.requests()).toHaveLength(10);
  const spent = [counted(story, story.ana), counted(story, story.ben)];
  expect(spent).toEqual([[{ pictures: 1 }, { pictures: 4 }], [{ pictures: 1 }]]);
});

it('an image of an earlier day that is tried again counts today', async () => {
  const story = await startStory({ settings: { IMAGES_PER_USER_PER_DAY: '4' } });
  const { retry, shows } = await drawOneOfFour(story);
  await story.changeRecord({ requestedAt: '2026-01-01T12:00:00.000Z' });
  await retry(0);
  await shows(2);
  await story.app.stop();
  expect(counted(story, story.ana)).toEqual([{ pictures: 1 }, { pictures: 1 }]);
});

it('an image that is tried again is one of the requests that a person may have at once', async () => {
  const story = await startStory({ settings: { BATCHES_PER_USER: '1' } });
  const red = await drawOneOfFour(story);
  const blue = await drawOneOfFour(story, 'a blue fox in the snow');
  story.bedrock.faults.add({ kind: 'slow', milliseconds: 1500 });
  await red.retry(0);
  await story.workspace.waitFor(() => story.bedrock.requests().length === 9);
  await blue.retry(0);
  await privately(story, 'One of your requests is still being drawn');
  await red.shows(2);
  await blue.retry(0);
  await blue.shows(2);
  expect(story.bedrock.requests()).toHaveLength(10);
});

it('of two who try an image again at once, only one pays', async () => {
  const story = await startStory({ settings: { WHO_MAY_PICK: 'anyone' } });
  const { retry, shows } = await drawOneOfFour(story);
  await Promise.all([retry(0), retry(0, story.ben)]);
  await shows(2);
  await story.app.stop();
  const spent = [story.ana, story.ben].flatMap((user) => counted(story, user) ?? []);
  expect(spent).toEqual([{ pictures: 1 }, { pictures: 1 }]);
});
