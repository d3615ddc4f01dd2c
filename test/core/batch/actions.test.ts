import { describe, expect, test } from 'vitest';
import {
  againClick,
  type Click,
  clickBy,
  decideClick,
  discardClick,
  pickClick,
  type Refusal,
  refreshClick,
  releasePress,
  retryClick,
  shareClick,
  stopClick,
  type WhoMayPick,
} from '../../../src/core/batch/actions.js';
import type { Batch } from '../../../src/core/batch/batch.js';
import type { BatchDeps } from '../../../src/core/batch/deps.js';
import { UnreadableRecordError } from '../../../src/core/records.js';
import { createTestDeps, recordJobs, unlimited } from '../batch-deps.js';
import { ownMessage as clicked, exampleBatch, failedImage, pendingImage, storedImage } from '../example-batch.js';
import { createMemoryBatches } from '../memory-records.js';

const now = () => new Date('2026-11-20T10:05:00Z');
const drawn = exampleBatch({ images: [storedImage(1), storedImage(2), failedImage(3), pendingImage(4)] });
const ended = { ...drawn, finishedAt: now().toISOString() };
const clickIdOf = (count: number) => `01JCZZZZZZZZZZZZZZZZC11CK${count}`;
const pickOf = (number: number, pickedBy: string, count = 1) => ({
  number,
  pickedBy,
  pickedAt: now().toISOString(),
  clickId: clickIdOf(count),
});
const picked = { ...drawn, pick: pickOf(1, 'U0ASKER') };

const pick = (number: number, userId = 'U0ASKER', whoMayPick: WhoMayPick = 'requester', count = 1, at = clicked) =>
  pickClick(number, { userId, whoMayPick }, at, { clickId: clickIdOf(count), now: now() });

const asked = { id: clickIdOf(1), requesterId: 'U0ASKER', requestedAt: now().toISOString() };

function retry(number: number, at = clicked, firstSeed = 7) {
  let seed = firstSeed - 1;
  const newSeed = () => {
    seed += 1;
    return seed;
  };
  return retryClick({ userId: 'U0ASKER', whoMayPick: 'requester' }, at, { ...asked, number, newSeed });
}

/** Clicks on a batch in a store, each as a click of its own. */
function begin(
  batch: Batch,
  whoMayPick: WhoMayPick = 'requester',
  store = createMemoryBatches(),
  differences: Partial<BatchDeps> = {},
) {
  store.put(batch);
  const tested = createTestDeps(differences, store);
  let count = 0;
  const pickImage = (number: number, userId = 'U0ASKER') => {
    count += 1;
    return decideClick(tested.deps, batch, pick(number, userId, whoMayPick, count));
  };
  return { ...tested, store, pickImage };
}

/** Another process writes first, once. */
function raceWith(theirs: Batch) {
  let isFirst = true;
  const store = createMemoryBatches(() => {
    if (isFirst) store.put(theirs);
    isFirst = false;
  });
  return store;
}

test('the requester picks an image, and the record says so', async () => {
  const { pickImage, store } = begin(drawn);
  const value = { ...drawn, pick: pickOf(2, 'U0ASKER') };
  expect(await pickImage(2)).toMatchObject({ kind: 'done', stored: { value } });
  expect(store.read(drawn)).toEqual(value);
});

test.each<[what: string, batch: Batch, number: number, userId: string, kind: Refusal]>([
  ['by another user', drawn, 1, 'U0OTHER', 'not_yours'],
  ['by another user, after the pick', picked, 1, 'U0OTHER', 'not_yours'],
  ['on another image, after the pick', picked, 2, 'U0ASKER', 'already_picked'],
  [
    'on the image that was picked a minute ago',
    { ...drawn, pick: { ...picked.pick, pickedAt: '2026-11-20T10:04:00.000Z', clickId: clickIdOf(9) } },
    1,
    'U0ASKER',
    'already_picked',
  ],
  ['on a failed image', drawn, 3, 'U0ASKER', 'not_there'],
  ['on an image still being drawn', drawn, 4, 'U0ASKER', 'not_there'],
  ['on an image that does not exist', drawn, 5, 'U0ASKER', 'not_there'],
])('a pick %s changes nothing and writes no job', async (_what, batch, number, userId, kind) => {
  const { pickImage, store, events } = begin(batch);
  expect(await pickImage(number, userId)).toEqual({ kind, batch });
  expect([store.read(batch), events]).toEqual([batch, []]);
});

describe('of two clicks at once the first wins', () => {
  test.each<[what: string, first: [number, string], second: [number, string]]>([
    ['by two people on two images, if anyone may pick', [2, 'U0OTHER'], [1, 'U0ASKER']],
    ['by two people on one image', [1, 'U0ASKER'], [1, 'U0OTHER']],
    ['by one person on two images', [1, 'U0ASKER'], [2, 'U0ASKER']],
    ['by one person on one image, in the same millisecond', [1, 'U0ASKER'], [1, 'U0ASKER']],
  ])('%s', async (_what, first, second) => {
    const { pickImage, store } = begin(drawn, 'anyone');
    const value = { ...drawn, pick: pickOf(...first) };
    expect(await Promise.all([pickImage(...first), pickImage(...second)])).toMatchObject([
      { kind: 'done', stored: { value } },
      { kind: 'already_picked', batch: value },
    ]);
    expect(store.read(drawn)).toEqual(value);
  });

  test('between two processes, by the first write, and the job of the other is closed', async () => {
    const theirs = { ...drawn, pick: pickOf(2, 'U0OTHER', 9) };
    const { pickImage, store, events } = begin(drawn, 'anyone', raceWith(theirs));
    expect(await pickImage(1)).toEqual({ kind: 'already_picked', batch: theirs });
    expect([store.read(drawn), events]).toEqual([theirs, ['opened', 'closed']]);
  });
});

test('a click wins though another image was recorded in between', async () => {
  const images = [storedImage(1), storedImage(2), failedImage(3), storedImage(4)];
  const { pickImage, store } = begin(drawn, 'requester', raceWith({ ...drawn, images }));
  expect(await pickImage(1)).toMatchObject({ kind: 'done' });
  expect(store.read(drawn)).toMatchObject({ pick: pickOf(1, 'U0ASKER'), images });
});

test('a batch without a record is unknown', async () => {
  const { deps } = createTestDeps();
  expect(await decideClick(deps, drawn, pick(1))).toEqual({ kind: 'unknown_batch' });
});

test('a record that cannot be understood is unreadable, and any other failure is thrown', async () => {
  const failWith = (error: Error) =>
    createTestDeps({}, { ...createMemoryBatches(), load: () => Promise.reject(error) });
  const error = new UnreadableRecordError('no record');
  const { deps, log } = failWith(error);
  expect(await decideClick(deps, drawn, pick(1))).toEqual({ kind: 'unreadable_batch' });
  expect(log.lines).toMatchObject([{ severity: 'warn', fields: { batch: drawn.id, error } }]);
  await expect(decideClick(failWith(new Error('AccessDenied')).deps, drawn, pick(1))).rejects.toThrow('AccessDenied');
});

describe('the job of a click', () => {
  test('is written before the click is recorded, and stays open', async () => {
    const events: string[] = [];
    const store = createMemoryBatches(() => void events.push('recorded'));
    const outcome = await begin(drawn, 'anyone', store, { openJob: recordJobs(events) }).pickImage(1);
    expect(events).toEqual(['opened', 'recorded']);
    expect(outcome).toMatchObject({ job: { batch: { id: drawn.id }, responseUrl: clicked.responseUrl } });
  });

  test.each([
    ['names the clicked message', false, { channelId: 'C0ROOM', messageTs: '1763632800.000100' }],
    ['does not name a private message, as its post cannot be repeated', true, undefined],
  ])('%s', (_what, isPrivate, named) => {
    const { job } = pick(1, 'U0ASKER', 'requester', 1, { ...clicked, isPrivate });
    expect(job?.(drawn).task).toEqual({ kind: 'pick', ...(named && { clicked: named }) });
  });

  test('is written before a retry is counted, and closed if a limit refuses it', async () => {
    const events: string[] = [];
    const limits = { ...unlimited, imagesPerUserPerDay: 0 };
    const { deps, usage } = begin(ended, 'requester', undefined, { openJob: recordJobs(events), limits });
    const change: typeof usage.change = (reference, apply) => {
      events.push('counted');
      return usage.change(reference, apply);
    };
    const decided = decideClick({ ...deps, usage: { ...usage, change } }, ended, retry(3));
    await expect(decided).rejects.toMatchObject({ problem: { kind: 'person_day' } });
    expect(events).toEqual(['opened', 'counted', 'closed']);
  });

  test('is released if it is unknown whether the click was recorded', async () => {
    const store = createMemoryBatches(() => {
      throw new Error('TimeoutError');
    });
    const { pickImage, events } = begin(drawn, 'anyone', store);
    await expect(pickImage(1)).rejects.toThrow('TimeoutError');
    expect(events).toEqual(['opened', 'released']);
  });
});

describe('“Retry failed”', () => {
  const images = [storedImage(1), failedImage(2), storedImage(3), failedImage(4)];
  const two: Batch = { ...ended, images };

  test('draws every image that failed with a seed of its own, and leaves the others as they are', () => {
    const click = retry(0);
    expect(click.judge(two)).toBeUndefined();
    const { modelId } = storedImage(1);
    const redrawn = (number: number, seed: number) => ({ number, modelId, seed, state: 'pending' });
    expect(click.apply(two)).toMatchObject({
      images: [storedImage(1), redrawn(2, 7), storedImage(3), redrawn(4, 8)],
      refreshedAt: now().toISOString(),
    });
    expect(click.apply(two).finishedAt).toBeUndefined();
    expect(click.job?.(two).task).toEqual({
      kind: 'draw',
      seeds: [7, 8],
      again: { ...asked, number: 2, numbers: [2, 4] },
    });
  });

  test('draws an image again in the aspect ratio that it was asked for in', () => {
    const batch: Batch = { ...two, images: [storedImage(1), { ...failedImage(2), aspectRatio: '9:16' }] };
    expect(retry(0).apply(batch).images[1]).toMatchObject({ state: 'pending', aspectRatio: '9:16' });
  });

  test('leaves out what could only fail again, unless it is asked for by its number', () => {
    const mixed = { ...two, images: [failedImage(1, 'filtered_prompt'), failedImage(2), failedImage(3, 'denied')] };
    const states = (click: Click) => click.apply(mixed).images.map(({ state }) => state);
    expect(states(retry(0))).toEqual(['failed', 'pending', 'failed']);
    expect(states(retry(1))).toEqual(['pending', 'failed', 'failed']);
  });

  test('counts the images that are drawn again', async () => {
    const { deps, usage } = begin(two);
    expect(await decideClick(deps, two, retry(0))).toMatchObject({ kind: 'done' });
    const today = { workspaceId: two.workspaceId, day: '2026-11-20', userId: 'U0ASKER' };
    expect(Object.values((await usage.load(today)).batches)).toMatchObject([{ pictures: 2 }]);
  });

  test.each<[what: string, batch: Batch, refusal: Refusal]>([
    ['while others are still drawn', { ...drawn, images: [failedImage(1), pendingImage(2)] }, 'still_drawing'],
    ['if none failed', { ...ended, images: [storedImage(1)] }, 'already_drawn'],
    [
      'if others were drawn in the meantime, and the rest could only fail again',
      { ...ended, images: [storedImage(1), failedImage(2, 'rejected')] },
      'already_drawn',
    ],
    ['after the pick', { ...two, pick: picked.pick }, 'already_picked'],
  ])('is refused %s', (_what, batch, refusal) => {
    expect(retry(0).judge(batch)).toBe(refusal);
  });

  test('of two at once draws once', async () => {
    const { deps, store } = begin(two);
    const outcomes = await Promise.all([
      decideClick(deps, two, retry(0)),
      decideClick(deps, two, retry(0, clicked, 20)),
    ]);
    expect(outcomes.map(({ kind }) => kind).toSorted()).toEqual(['done', 'still_drawing']);
    expect(store.read(two)?.images.map(({ state }) => state)).toEqual(['stored', 'pending', 'stored', 'pending']);
  });
});

describe('“Try again”', () => {
  test.each<[what: string, batch: Batch, number: number, refusal: Refusal | undefined]>([
    ['an image that failed', ended, 3, undefined],
    ['an image that failed while others are still drawn', drawn, 3, 'still_drawing'],
    ['an image that is being drawn', drawn, 4, 'still_drawing'],
    ['an image that is drawn by now', drawn, 1, 'already_drawn'],
    ['an image that does not exist', drawn, 5, 'not_there'],
    ['any image after the pick', picked, 3, 'already_picked'],
  ])('on %s is judged by the record', (_what, batch, number, refusal) => {
    expect(retry(number).judge(batch)).toBe(refusal);
  });

  test.each([
    ['the batch’s own leaves it there', {}, drawn.destination],
    ['another channel shows it there', { channelId: 'C0OTHER' }, { kind: 'response_url', replaces: true }],
    ['an older message shows it there', { messageTs: '1763632700.000100' }, { kind: 'response_url', replaces: true }],
  ])('on a message of %s', (_what, at, destination) => {
    expect(retry(3, { ...clicked, ...at }).apply(drawn).destination).toMatchObject(destination ?? {});
  });

  test.each([
    ['leaves the batch’s own message the place that everyone sees', {}, drawn.destination],
    ['takes its place if that was discarded', { discardedAt: now().toISOString() }, { kind: 'response_url' }],
  ])('in a private copy %s', (_what, discarded, destination) => {
    const click = retry(3, { ...clicked, messageTs: '1763632700.000100', isPrivate: true });
    expect(click.apply({ ...drawn, ...discarded }).destination).toMatchObject(destination ?? {});
    expect(click.job?.({ ...drawn, ...discarded }).task).toMatchObject({
      again: { ...asked, number: 3, ...(!('discardedAt' in discarded) && { isCopy: true }) },
    });
  });

  test('recognizes its own write if the answer was lost', () => {
    expect(retry(3).isApplied?.(ended)).toBe(false);
    expect(retry(3).isApplied?.(retry(3).apply(ended))).toBe(true);
  });
});

describe('“Show again”', () => {
  const again = refreshClick(now());

  test('remembers when, so that the links stay the same until the next time', () => {
    expect(again.apply(ended)).toEqual({ ...ended, refreshedAt: now().toISOString() });
  });

  test('has to wait until the drawing has ended', () => {
    expect([again.judge(drawn), again.judge(ended)]).toEqual(['still_drawing', undefined]);
  });

  test('writes nothing about a picked image, whose link is signed each time', () => {
    expect(again.apply(picked)).toBe(picked);
  });
});

describe('“Stop”', () => {
  const stoppedAt = now().toISOString();

  test.each<[what: string, batch: Batch, userId: string, refusal: Refusal | undefined]>([
    ['by the requester', drawn, 'U0ASKER', undefined],
    ['a second time', { ...drawn, stoppedAt }, 'U0ASKER', undefined],
    ['by another user', drawn, 'U0OTHER', 'not_yours'],
    ['after the end', ended, 'U0ASKER', 'nothing_to_stop'],
  ])('%s is judged by the record', (_what, batch, userId, refusal) => {
    expect(stopClick(userId, now()).judge(batch)).toBe(refusal);
  });

  test('records when, once', () => {
    const once = stopClick('U0ASKER', now()).apply(drawn);
    expect(once).toEqual({ ...drawn, stoppedAt });
    expect(stopClick('U0ASKER', new Date()).apply(once)).toBe(once);
  });

  test('does not keep “Retry failed” from drawing', () => {
    expect(retry(0).apply({ ...ended, stoppedAt }).stoppedAt).toBeUndefined();
  });
});

test('“Use this one” and “Try again” take a discard back', () => {
  for (const click of [pick(1), retry(3)])
    expect(click.apply({ ...drawn, discardedAt: now().toISOString() }).discardedAt).toBeUndefined();
});

test('“Discard” in a message older than the pick is refused', () => {
  const discard = discardClick('U0ASKER', now());
  expect([discard.judge(drawn), discard.judge(picked)]).toEqual([undefined, 'already_picked']);
});

describe('a private batch', () => {
  const hidden: Batch = { ...ended, visibility: 'private' };
  const look = (userId: string, batch: Batch) => clickBy(userId, shareClick(clicked, now())).judge(batch);

  test('takes no click of another user, nor does a batch whose prompt was refused', () => {
    const refusedImages = [1, 2].map((number) => ({ ...failedImage(number), reason: 'filtered_prompt' as const }));
    const refused = { ...ended, images: refusedImages };
    expect([hidden, refused, ended].map((batch) => look('U0OTHER', batch))).toEqual([
      'not_yours',
      'not_yours',
      undefined,
    ]);
    expect(look('U0ASKER', hidden)).toBeUndefined();
  });

  const minuteLater = new Date(now().getTime() + 60_000);

  test.each<[button: string, press: typeof shareClick, refusal: Refusal]>([
    ['Share', shareClick, 'already_shared'],
    ['Again', againClick, 'still_drawing'],
  ])('takes a double click on “%s” once, and stays private until it is posted', async (_button, press, refusal) => {
    const { deps, store } = begin(hidden);
    const at = { ...clicked, isPrivate: true };
    expect((await decideClick(deps, hidden, press(at, now()))).kind).toBe('done');
    const pressed = store.read(hidden) ?? hidden;
    expect(pressed.visibility).toBe('private');
    expect([press(at, now()), press(at, minuteLater)].map(({ judge }) => judge(pressed))).toEqual([refusal, undefined]);
    expect(press(at, now()).judge(releasePress(pressed))).toBeUndefined();
  });

  test('that is being shared with a choice stays private until it is posted', () => {
    const share = pick(1, 'U0ASKER', 'requester', 1, { ...clicked, isPrivate: true });
    expect(share.apply(hidden)).toEqual({ ...hidden, pick: pickOf(1, 'U0ASKER') });
  });

  test('keeps a choice private, which a batch that others see cannot', async () => {
    const keep = async (batch: Batch) => {
      const options = { clickId: clickIdOf(1), now: now(), keepsPrivate: true };
      const { deps, store } = begin(batch);
      const click = pickClick(1, { userId: 'U0ASKER', whoMayPick: 'requester' }, clicked, options);
      const { kind } = await decideClick(deps, batch, click);
      return [kind, store.read(batch)?.visibility];
    };
    expect(await keep(hidden)).toEqual(['done', 'private']);
    expect(await keep({ ...ended, discardedAt: ended.finishedAt })).toEqual(['done', 'private']);
    expect(await keep(ended)).toEqual(['already_shared', undefined]);
    const posted = { ...ended, destination: { kind: 'response_url' as const } };
    expect(await keep(posted)).toEqual(['already_shared', undefined]);
  });
});
