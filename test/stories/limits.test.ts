import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { counted } from './restart-story.js';
import { countImages, denied, isFinished, recordKey, type Story, startStory, startWithThree, textOf } from './story.js';

const anyone = { WHO_MAY_PICK: 'anyone' };
const fourADay = { IMAGES_PER_USER_PER_DAY: '4' };

const finished = (story: Story, count: number) => story.until(() => story.posted().filter(isFinished).length === count);

it('a person is held to so many requests at once, and free again when one ends', async () => {
  const story = await startStory({ settings: { BATCHES_PER_USER: '1' } });
  story.bedrock.faults.add({ kind: 'slow', milliseconds: 1500 }, { times: 4 });
  await story.imagine('a red fox in the snow');
  await story.see('the first batch', ({ isEphemeral }) => !isEphemeral);
  await story.imagine('a blue fox in the snow');
  await story.seePrivately('One of your requests is still being drawn');
  await story.imagine('a green fox in the snow', { user: story.ben });
  await finished(story, 2);
  await story.imagine('a white fox in the snow');
  await finished(story, 3);
});

it('a day holds so many images, those that fail are given back, and the usage tells the truth', async () => {
  const story = await startStory({ settings: fourADay });
  story.bedrock.faults.add({ kind: 'error', name: 'AccessDeniedException' });
  await story.imagine('a red fox in the snow');
  await finished(story, 1);
  expect(counted(story, story.ana)).toEqual([3]);
  await story.imagine('usage');
  expect((await story.seePrivately('Today:')).text).toMatch(
    /^Today: 3 of your 4 images, about \$0\.12\. The count starts again at midnight UTC, in \d+ (hours?|minutes?)\.$/,
  );
  await story.imagine('a blue fox in the snow');
  expect((await story.seePrivately('left today')).text).toMatch(
    /^You have 1 of your 4 images left today, and this asks for 4\. Ask for fewer \(in a prompt: --n 1\), or/,
  );
  await story.imagine('a blue fox in the snow --n 1');
  await finished(story, 2);
  await story.imagine('a green fox in the snow --n 1');
  await story.seePrivately('You have used up your 4 images of today.');
  expect(counted(story, 'workspace')).toBeUndefined();
});

it('two processes share one daily limit, of a person and of the workspace', async () => {
  const story = await startStory({ settings: { ...fourADay, IMAGES_PER_WORKSPACE_PER_DAY: '6' } });
  await story.startApp();
  const asking = (user: string) =>
    Array.from({ length: 6 }, (_, number) => story.imagine(`fox ${number} in the snow --n 1`, { user }));
  await Promise.all([...asking(story.ana), ...asking(story.ben)]);
  await finished(story, 6);
  expect(story.bedrock.requests()).toHaveLength(6);
  expect(counted(story, 'workspace')).toHaveLength(6);
  const user = story.workspace.people.chika.id;
  await story.imagine('one more fox in the snow --n 1', { user });
  await story.seePrivately('This workspace has used up its 6 images of today.', { user });
});

it('a request that could not be begun or counted costs nothing, and one whose count was written unseen counts once', async () => {
  const story = await startStory({ settings: { ...fourADay, IMAGES_PER_WORKSPACE_PER_DAY: '4' } });
  for (const key of [recordKey, /\/workspace\.json$/]) {
    const told = story.privately().length;
    story.planS3(denied, 'PutObject', key);
    await story.imagine('a red fox in the snow');
    await story.until(() => story.privately().length > told);
    expect(story.privately().at(-1)?.text).toContain('Something went wrong on my side.');
    expect(counted(story, story.ana)).toEqual([]);
  }
  story.planS3({ kind: 'answer lost' }, 'PutObject', /\/usage\//);
  await story.imagine('a red fox in the snow');
  await finished(story, 1);
  expect([counted(story, story.ana), counted(story, 'workspace')]).toEqual([[4], [4]]);
});

it('who is blocked cannot have an image drawn again either, and without a limit the usage is counted all the same', async () => {
  const { story, message } = await startWithThree({ settings: { ...anyone, BLOCKED_USERS: 'U000000BEN' } });
  await story.choose(message, 'retry_failed', story.ben);
  await story.seePrivately('You cannot use Imagine at the moment.', { user: story.ben });
  expect(story.bedrock.requests()).toHaveLength(4);
  expect(counted(story, story.ana)).toEqual([3]);
  await story.choose(message, 'retry_failed');
  await story.seeImages();
  expect(counted(story, story.ana)).toEqual([3, 1]);
  await story.imagine('Usage');
  await story.seePrivately('Today: 4 images, about $0.16, and there is no limit for you.');
});

/** A batch of Ana's of which three images came. */
async function drawThreeOfFour(story: Story, prompt = 'a red fox in the snow') {
  story.bedrock.faults.add({ kind: 'filtered image' });
  await story.imagine(prompt);
  const message = await story.see('three images', (seen) => isFinished(seen) && textOf(seen).includes(prompt));
  const isEnd = (seen: SeenMessage, count: number) =>
    isFinished(seen) && seen.ts === message.ts && countImages(seen) === count;
  return {
    retry: (user?: string) => story.choose(message, 'retry_failed', user),
    shows: (count: number) => story.see(`${count} images`, (seen) => isEnd(seen, count)),
  };
}

it('an image that is tried again counts for the person who clicks, within the limit of their day', async () => {
  const story = await startStory({ settings: { ...anyone, IMAGES_PER_USER_PER_DAY: '5' } });
  const { retry, shows } = await drawThreeOfFour(story);
  await story.imagine('a blue fox in the snow --n 2');
  await finished(story, 2);
  await retry();
  await story.seePrivately('You have used up your 5 images of today.');
  expect(story.bedrock.requests()).toHaveLength(6);
  story.bedrock.faults.add({ kind: 'filtered image' });
  await retry(story.ben);
  await story.until(() => story.bedrock.requests().length === 7);
  await story.settled();
  expect(counted(story, story.ben)).toEqual([]);
  await retry(story.ben);
  await shows(4);
  await story.app.stop();
  expect(story.bedrock.requests()).toHaveLength(8);
  expect([counted(story, story.ana), counted(story, story.ben)]).toEqual([[3, 2], [1]]);
});

it('an image of an earlier day that is tried again counts today', async () => {
  const story = await startStory({ settings: fourADay });
  const { retry, shows } = await drawThreeOfFour(story);
  await story.changeRecord({ requestedAt: '2026-01-01T12:00:00.000Z' });
  await retry();
  await shows(4);
  await story.app.stop();
  expect(counted(story, story.ana)).toEqual([3, 1]);
});

it('an image that is tried again is one of the requests that a person may have at once', async () => {
  const story = await startStory({ settings: { BATCHES_PER_USER: '1' } });
  const red = await drawThreeOfFour(story);
  const blue = await drawThreeOfFour(story, 'a blue fox in the snow');
  story.bedrock.faults.add({ kind: 'slow', milliseconds: 1500 });
  await red.retry();
  await story.until(() => story.bedrock.requests().length === 9);
  await blue.retry();
  await story.seePrivately('One of your requests is still being drawn');
  await red.shows(4);
  await blue.retry();
  await blue.shows(4);
  expect(story.bedrock.requests()).toHaveLength(10);
});

it('of two who try an image again at once, only one pays', async () => {
  const story = await startStory({ settings: anyone });
  const { retry, shows } = await drawThreeOfFour(story);
  await Promise.all([retry(), retry(story.ben)]);
  await shows(4);
  await story.app.stop();
  expect([story.ana, story.ben].flatMap((user) => counted(story, user) ?? [])).toEqual([3, 1]);
});
