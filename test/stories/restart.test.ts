import { describe, expect, it } from 'vitest';
import { held, type RestartStory, startRestartStory } from './restart-story.js';
import { isFinished, lastLine } from './story.js';

const isRecord = (key: string) => key.endsWith('/batch.json');

/** The app stops at its nth write of the record. */
function holdRecord(story: RestartStory, nth: number): void {
  let count = 0;
  const isNth = () => {
    count += 1;
    return count >= nth;
  };
  story.s3.faults.add(held, {
    times: 100,
    when: ({ operation, key }) => operation === 'PutObject' && isRecord(key) && isNth(),
  });
}

function expectFinished(story: RestartStory): void {
  expect(story.record()).toMatchObject({
    finishedAt: expect.any(String),
    images: [100, 101, 102, 103].map((seed) => ({ state: 'stored', seed, mediaType: 'image/png' })),
  });
  expect(story.s3.objects(story.bucket).filter(({ key }) => key.endsWith('.png'))).toHaveLength(4);
}

function expectOneMessage(story: RestartStory): void {
  expect(story.posted()).toHaveLength(1);
  expect(story.posted()[0]?.images).toHaveLength(4);
  expect(story.posted().every(isFinished)).toBe(true);
}

describe('a process that is killed', () => {
  it('before it wrote anything leaves nothing behind', async () => {
    const story = await startRestartStory();
    story.s3.faults.add(held, { when: ({ operation, key }) => operation === 'PutObject' && key.includes('/open/') });
    await story.imagine();
    await story.until(() => story.s3.requests().some(({ key }) => key.includes('/open/')));
    await story.restart();
    await story.settled();
    expect([story.record(), story.posted(), story.drawn()]).toEqual([undefined, [], [0, 0, 0, 0]]);
    expect(story.counted()).toEqual([]);
  });

  it('between counting a request and recording it has its images given back', async () => {
    const story = await startRestartStory();
    holdRecord(story, 1);
    await story.imagine();
    await story.until(() => story.counted().length === 1);
    await story.restart();
    await story.settled();
    expect([story.record(), story.counted()]).toEqual([undefined, []]);
    await story.imagine();
    await story.until(() => story.posted().some(isFinished));
    expect(story.counted()).toEqual([4]);
  });

  it('before it wrote the record leaves a marker, which is removed', async () => {
    const story = await startRestartStory();
    holdRecord(story, 1);
    await story.imagine();
    await story.until(() =>
      story.s3.requests().some(({ operation, key }) => operation === 'PutObject' && isRecord(key)),
    );
    expect(story.markers()).toHaveLength(1);
    await story.restart();
    await story.settled();
    expect([story.record(), story.posted(), story.drawn()]).toEqual([undefined, [], [0, 0, 0, 0]]);
  });

  it('once the record is there, but not in the history, is followed by one that enters it', async () => {
    const story = await startRestartStory();
    const entries = () => story.s3.objects(story.bucket).filter(({ key }) => /\/(?:names|batches)\//.test(key));
    story.s3.faults.add(held, { times: 2, when: ({ key }) => /\/(?:names|batches)\//.test(key) });
    await story.imagine();
    await story.until(() => story.record());
    expect(entries()).toEqual([]);
    await story.restart();
    await story.settled();
    expect(entries()).toHaveLength(2);
  });

  it('once the record is there, but no message, is followed by one that answers in private', async () => {
    const story = await startRestartStory();
    story.workspace.faults.calls.add(held, { when: ({ method }) => method === 'chat.postMessage' });
    await story.imagine();
    await story.until(() => story.record());
    await story.restart();
    await story.settled();
    expectFinished(story);
    expect(story.posted()).toEqual([]);
    expect(story.privately().map(({ images }) => images.length)).toEqual([4]);
    expect(story.drawn()).toEqual([1, 1, 1, 1]);
  });

  it('between its message and the record of it is followed by one that posts no second message', async () => {
    const story = await startRestartStory();
    holdRecord(story, 2);
    await story.imagine();
    await story.until(() => story.posted().length === 1);
    await story.restart();
    await story.settled();
    expectFinished(story);
    expect(story.posted().map(lastLine)).toEqual([expect.stringContaining('Drawing 4 images')]);
    expect(story.privately().map(({ images }) => images.length)).toEqual([4]);
    expect(story.drawn()).toEqual([1, 1, 1, 1]);
  });

  it.each([0, 2])('with %i images recorded has only those drawn again that were under way', async (count) => {
    const story = await startRestartStory();
    story.bedrock.faults.add({ kind: 'never' }, { times: 4, when: ({ seed = 0 }) => seed >= 100 + count });
    await story.imagine();
    await story.until(() => story.bedrock.requests().length === 4);
    await story.until(() => story.record()?.images.filter(({ state }) => state === 'stored').length === count);
    await story.restart();
    await story.settled();
    expectFinished(story);
    expectOneMessage(story);
    expect(story.drawn()).toEqual([0, 1, 2, 3].map((index) => (index < count ? 1 : 2)));
  });

  it('with its images stored but not recorded pays for none of them twice', async () => {
    const story = await startRestartStory();
    holdRecord(story, 3);
    await story.imagine();
    await story.until(() => story.s3.objects(story.bucket).filter(({ key }) => key.endsWith('.png')).length === 4);
    expect(story.record()?.images.map(({ state }) => state)).toEqual(['pending', 'pending', 'pending', 'pending']);
    await story.restart();
    await story.settled();
    expectFinished(story);
    expectOneMessage(story);
    expect(story.drawn()).toEqual([1, 1, 1, 1]);
  });

  it('before the final update has its message finished', async () => {
    const story = await startRestartStory();
    story.workspace.faults.calls.add(held, { times: 100, when: ({ method }) => method === 'chat.update' });
    await story.imagine();
    await story.until(() => story.record()?.finishedAt);
    await story.restart();
    await story.settled();
    expectFinished(story);
    expectOneMessage(story);
    expect(story.drawn()).toEqual([1, 1, 1, 1]);
  });
});

it('draws an image that was to be tried again, and it alone, once the process that tried was killed', async () => {
  const story = await startRestartStory();
  story.bedrock.faults.add({ kind: 'not an image' }, { when: ({ seed }) => seed === 102 });
  await story.imagine();
  await story.until(() => story.posted().some(isFinished));
  await story.settled();
  const [{ channel = '', ts = '' } = {}] = story.posted();
  story.bedrock.faults.add({ kind: 'never' });
  await story.workspace.click({ user: story.ana, channel, messageTs: ts, actionId: 'retry_image_3' });
  await story.until(() => story.bedrock.requests().length === 5);
  await story.restart();
  await story.settled();
  expectOneMessage(story);
  const asked = story.bedrock.requests().map(({ seed }) => seed);
  expect(asked).toHaveLength(6);
  expect(asked[5]).toBe(asked[4]);
  expect(story.record()?.images[2]).toMatchObject({ state: 'stored', seed: asked[5] });
});

it('has an image given back that “Try again” counted and that was not recorded when the process was killed', async () => {
  const story = await startRestartStory();
  story.bedrock.faults.add({ kind: 'not an image' }, { when: ({ seed }) => seed === 102 });
  await story.imagine();
  await story.until(() => story.posted().some(isFinished));
  await story.settled();
  expect(story.counted()).toEqual([3]);
  const [{ channel = '', ts = '' } = {}] = story.posted();
  holdRecord(story, 1);
  await story.workspace.click({ user: story.ana, channel, messageTs: ts, actionId: 'retry_image_3' });
  await story.until(() => story.counted().length === 2);
  await story.restart();
  await story.settled();
  expect(story.counted()).toEqual([3]);
  expect(story.bedrock.requests()).toHaveLength(4);
});

it('has nothing counted for “Try again” if it was killed before it wrote a marker', async () => {
  const story = await startRestartStory();
  story.bedrock.faults.add({ kind: 'not an image' }, { when: ({ seed }) => seed === 102 });
  await story.imagine();
  await story.until(() => story.posted().some(isFinished));
  await story.settled();
  const [{ channel = '', ts = '' } = {}] = story.posted();
  const isMarker = ({ operation, key }: { operation: string; key: string }) =>
    operation === 'PutObject' && key.includes('/open/');
  const markerWrites = () => story.s3.requests().filter(isMarker).length;
  const before = markerWrites();
  story.s3.faults.add(held, { when: isMarker });
  await story.workspace.click({ user: story.ana, channel, messageTs: ts, actionId: 'retry_image_3' });
  await story.until(() => markerWrites() > before);
  await story.restart();
  expect(story.counted()).toEqual([3]);
});

describe('a process that is killed in a channel where the bot may not post', () => {
  it('while it draws has the images posted once all are there', async () => {
    const story = await startRestartStory();
    story.bedrock.faults.add({ kind: 'never' }, { times: 4 });
    await story.imagine(story.secret);
    await story.until(() => story.bedrock.requests().length === 4);
    await story.restart();
    await story.settled();
    expectFinished(story);
    expect(story.posted(story.secret).filter(isFinished)).toHaveLength(1);
    expect(story.record()?.destination).toEqual({ kind: 'response_url' });
  });

  it('after it posted the images has them posted no second time', async () => {
    const story = await startRestartStory();
    story.workspace.faults.responseUrls.add(held, {
      when: ({ arguments: { response_type } }) => response_type === 'in_channel',
    });
    await story.imagine(story.secret);
    await story.until(() => story.record()?.finishedAt);
    await story.restart();
    await story.settled();
    expect(story.posted(story.secret)).toEqual([]);
    expect(story.privately(story.secret).filter(isFinished)).toHaveLength(1);
    expect(story.record()?.destination).toEqual({ kind: 'response_url' });
    expect(story.drawn()).toEqual([1, 1, 1, 1]);
  });
});
