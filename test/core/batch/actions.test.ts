import { describe, expect, test } from 'vitest';
import {
  decideClick,
  discardClick,
  pickClick,
  type Refusal,
  refreshClick,
  retryClick,
  type WhoMayPick,
} from '../../../src/core/batch/actions.js';
import type { Batch, ClickedMessage } from '../../../src/core/batch/batch.js';
import type { BatchDeps } from '../../../src/core/batch/deps.js';
import type { BatchReference } from '../../../src/core/ids.js';
import { UnreadableRecordError } from '../../../src/core/records.js';
import { createTestDeps, recordJobs, unlimited } from '../batch-deps.js';
import { exampleBatch, failedImage, pendingImage, storedImage } from '../example-batch.js';
import { createMemoryBatches, type MemoryBatches } from '../memory-records.js';

const now = () => new Date('2026-11-20T10:05:00Z');
const drawn = exampleBatch({ images: [storedImage(1), storedImage(2), failedImage(3), pendingImage(4)] });
const clickIdOf = (count: number) => `01JCZZZZZZZZZZZZZZZZC11CK${count}`;
const click = (number: number, pickedBy: string, count = 1) => ({
  number,
  pickedBy,
  pickedAt: now().toISOString(),
  clickId: clickIdOf(count),
});

const clicked: ClickedMessage = {
  channelId: 'C0ROOM',
  messageTs: '1763632800.000100',
  responseUrl: 'https://hooks.slack.test/actions/1',
  isPrivate: false,
};

function createPick(batches: MemoryBatches, whoMayPick: WhoMayPick, differences: Partial<BatchDeps> = {}) {
  const { deps } = createTestDeps(differences, batches);
  let count = 0;
  return (reference: BatchReference, number: number, userId: string) => {
    count += 1;
    const made = { clickId: clickIdOf(count), now: now() };
    return decideClick(deps, reference, pickClick(number, { userId, whoMayPick }, clicked, made));
  };
}

const retry = (number: number, message = clicked) =>
  retryClick({ userId: 'U0ASKER', whoMayPick: 'requester' }, message, 7, {
    id: clickIdOf(1),
    number,
    requesterId: 'U0ASKER',
    requestedAt: now().toISOString(),
  });

function openBatch(batch: Batch, whoMayPick: WhoMayPick = 'requester', store = createMemoryBatches()) {
  store.put(batch);
  return { store, pickImage: createPick(store, whoMayPick) };
}

test('the requester picks an image, and the record says so', async () => {
  const { pickImage, store } = openBatch(drawn);
  const pick = click(2, 'U0ASKER');
  expect(await pickImage(drawn, 2, 'U0ASKER')).toMatchObject({ kind: 'done', stored: { value: { ...drawn, pick } } });
  expect(store.read(drawn)).toEqual({ ...drawn, pick });
});

test('anyone picks if anyone may', async () => {
  const { pickImage } = openBatch(drawn, 'anyone');
  expect(await pickImage(drawn, 1, 'U0OTHER')).toMatchObject({
    kind: 'done',
    stored: { value: { pick: click(1, 'U0OTHER') } },
  });
});

describe('a click that may not pick changes nothing', () => {
  const picked = { ...drawn, pick: click(1, 'U0ASKER') };

  test.each<[what: string, batch: Batch, number: number, userId: string, outcome: unknown]>([
    ['by another user', drawn, 1, 'U0OTHER', { kind: 'not_yours', batch: drawn }],
    ['by another user, after the pick', picked, 1, 'U0OTHER', { kind: 'not_yours', batch: picked }],
    ['on another image, after the pick', picked, 2, 'U0ASKER', { kind: 'already_picked', batch: picked }],
    ['on a failed image', drawn, 3, 'U0ASKER', { kind: 'not_there', batch: drawn }],
    ['on an image still being drawn', drawn, 4, 'U0ASKER', { kind: 'not_there', batch: drawn }],
    ['on an image that does not exist', drawn, 5, 'U0ASKER', { kind: 'not_there', batch: drawn }],
  ])('%s', async (_what, batch, number, userId, outcome) => {
    const { pickImage, store } = openBatch(batch);
    expect(await pickImage(batch, number, userId)).toEqual(outcome);
    expect(store.read(batch)).toBe(batch);
  });

  test('on the image that was picked a minute ago', async () => {
    const pick = { ...click(1, 'U0ASKER'), pickedAt: '2026-11-20T10:04:00.000Z' };
    const { pickImage } = openBatch({ ...drawn, pick });
    expect(await pickImage(drawn, 1, 'U0ASKER')).toMatchObject({ kind: 'already_picked', batch: { pick } });
  });
});

describe('of two clicks at once the first wins', () => {
  test.each<[what: string, first: [number, string], second: [number, string]]>([
    ['by two people on two images', [1, 'U0ASKER'], [2, 'U0OTHER']],
    ['by two people on one image', [1, 'U0ASKER'], [1, 'U0OTHER']],
    ['by one person on two images', [1, 'U0ASKER'], [2, 'U0ASKER']],
    ['by one person on one image, in the same millisecond', [1, 'U0ASKER'], [1, 'U0ASKER']],
  ])('%s', async (_what, first, second) => {
    const { pickImage, store } = openBatch(drawn, 'anyone');
    const pick = click(...first);
    expect(await Promise.all([pickImage(drawn, ...first), pickImage(drawn, ...second)])).toMatchObject([
      { kind: 'done', stored: { value: { ...drawn, pick } } },
      { kind: 'already_picked', batch: { ...drawn, pick } },
    ]);
    expect(store.read(drawn)?.pick).toEqual(pick);
  });

  test('between two processes, by the first write', async () => {
    const theirs = { ...drawn, pick: click(2, 'U0OTHER', 9) };
    let isFirst = true;
    const store = createMemoryBatches(() => {
      if (isFirst) store.put(theirs);
      isFirst = false;
    });
    const { pickImage } = openBatch(drawn, 'anyone', store);
    expect(await pickImage(drawn, 1, 'U0ASKER')).toEqual({ kind: 'already_picked', batch: theirs });
    expect(store.read(drawn)).toBe(theirs);
  });
});

test('a click wins though another image was recorded in between', async () => {
  let isFirst = true;
  const store = createMemoryBatches(() => {
    if (isFirst) store.put({ ...drawn, images: [storedImage(1), storedImage(2), failedImage(3), storedImage(4)] });
    isFirst = false;
  });
  const { pickImage } = openBatch(drawn, 'requester', store);
  expect(await pickImage(drawn, 1, 'U0ASKER')).toMatchObject({ kind: 'done' });
  expect(store.read(drawn)).toMatchObject({ pick: click(1, 'U0ASKER'), images: { 3: storedImage(4) } });
});

test('a batch without a record is unknown', async () => {
  const { pickImage } = openBatch(drawn);
  expect(await pickImage({ ...drawn, id: '01JCZZZZZZZZZZZZZZZZ7F3A2D' }, 1, 'U0ASKER')).toEqual({
    kind: 'unknown_batch',
  });
});

test('a record that cannot be understood is unreadable, and any other failure is thrown', async () => {
  const store = createMemoryBatches();
  const { log } = createTestDeps();
  const failingWith = (error: Error) => createPick({ ...store, load: () => Promise.reject(error) }, 'anyone', { log });
  const unreadable = new UnreadableRecordError('no record');
  expect(await failingWith(unreadable)(drawn, 1, 'U0ASKER')).toEqual({ kind: 'unreadable_batch' });
  expect(log.lines).toEqual([
    { severity: 'warn', event: 'batch record cannot be read', fields: { batch: drawn.id, error: unreadable } },
  ]);
  const denied = new Error('AccessDenied');
  await expect(failingWith(denied)(drawn, 1, 'U0ASKER')).rejects.toBe(denied);
});

describe('the job of a click', () => {
  test('is written before the click is recorded, and stays open', async () => {
    const events: string[] = [];
    const openJob = recordJobs(events);
    const store = createMemoryBatches(() => void events.push('recorded'));
    store.put(drawn);
    const outcome = await createPick(store, 'anyone', { openJob })(drawn, 1, 'U0ASKER');
    expect(events).toEqual(['opened', 'recorded']);
    expect(outcome).toMatchObject({ job: { batch: { id: drawn.id }, responseUrl: clicked.responseUrl } });
  });

  test.each([
    ['names the clicked message', false, { channelId: 'C0ROOM', messageTs: '1763632800.000100' }],
    ['does not name a private message, as its post cannot be repeated', true, undefined],
  ])('%s', (_what, isPrivate, named) => {
    const clicker = { userId: 'U0ASKER', whoMayPick: 'requester' } as const;
    const task = pickClick(1, clicker, { ...clicked, isPrivate }, { clickId: clickIdOf(1), now: now() }).job?.task;
    expect(task).toEqual({ kind: 'pick', ...(named && { clicked: named }) });
  });

  test('is not written for a click that is refused', async () => {
    const events: string[] = [];
    const openJob = recordJobs(events);
    const store = createMemoryBatches();
    store.put(drawn);
    await createPick(store, 'requester', { openJob })(drawn, 1, 'U0OTHER');
    expect(events).toEqual([]);
  });

  test('is closed if another click was first', async () => {
    const events: string[] = [];
    const openJob = recordJobs(events);
    const store = createMemoryBatches(({ pick }) => {
      if (pick?.pickedBy === 'U0ASKER') store.put({ ...drawn, pick: click(2, 'U0OTHER', 9) });
    });
    store.put(drawn);
    await createPick(store, 'anyone', { openJob })(drawn, 1, 'U0ASKER');
    expect(events).toEqual(['opened', 'closed']);
  });

  test('is written before a retry is counted, and closed if a limit refuses it', async () => {
    const events: string[] = [];
    const batches = createMemoryBatches();
    const { deps, usage } = createTestDeps(
      { openJob: recordJobs(events), limits: { ...unlimited, imagesPerUserPerDay: 0 } },
      batches,
    );
    const change: typeof usage.change = (reference, apply) => {
      events.push('counted');
      return usage.change(reference, apply);
    };
    const ended = { ...drawn, finishedAt: now().toISOString() };
    batches.put(ended);
    const decided = decideClick({ ...deps, usage: { ...usage, change } }, ended, retry(3));
    await expect(decided).rejects.toMatchObject({ problem: { kind: 'person_day' } });
    expect(events).toEqual(['opened', 'counted', 'closed']);
  });

  test('is released if it is unknown whether the click was recorded', async () => {
    const events: string[] = [];
    const openJob = recordJobs(events);
    const store = createMemoryBatches(() => {
      throw new Error('TimeoutError');
    });
    store.put(drawn);
    await expect(createPick(store, 'anyone', { openJob })(drawn, 1, 'U0ASKER')).rejects.toThrow('TimeoutError');
    expect(events).toEqual(['opened', 'released']);
  });
});

test.each<[what: string, batch: Batch, number: number, refusal: Refusal | undefined]>([
  ['an image that failed', { ...drawn, finishedAt: now().toISOString() }, 3, undefined],
  ['an image that failed while others are still drawn', drawn, 3, 'still_drawing'],
  ['an image that is being drawn', drawn, 4, 'still_drawing'],
  ['an image that is drawn by now', drawn, 1, 'already_drawn'],
  ['an image that does not exist', drawn, 5, 'not_there'],
  ['any image after the pick', { ...drawn, pick: click(1, 'U0ASKER') }, 3, 'already_picked'],
])('“Try again” on %s is judged by the record', (_what, batch, number, refusal) => {
  expect(retry(number).judge(batch)).toBe(refusal);
});

describe('“Show again”', () => {
  const finished = { ...drawn, finishedAt: '2026-11-20T10:01:00.000Z' };

  test('remembers when, so that the links stay the same until the next time', () => {
    expect(refreshClick(now()).apply(finished)).toEqual({ ...finished, refreshedAt: now().toISOString() });
  });

  test('has to wait until the drawing has ended', () => {
    expect(refreshClick(now()).judge(drawn)).toBe('still_drawing');
    expect(refreshClick(now()).judge(finished)).toBeUndefined();
  });

  test('writes nothing about a picked image, whose link is signed each time', () => {
    const picked = { ...finished, pick: click(1, 'U0ASKER') };
    expect(refreshClick(now()).apply(picked)).toBe(picked);
  });
});

describe('“Try again” on a message', () => {
  const ts = '1763632800.000100';
  const destinationAfter = (channelId: string, messageTs: string) => {
    return retry(3, { ...clicked, channelId, messageTs }).apply(drawn).destination;
  };

  test('of the batch’s own leaves it there', () => {
    expect(destinationAfter('C0ROOM', ts)).toEqual({ kind: 'message', ts });
  });

  test.each([
    ['in another channel', 'C0OTHER', ts],
    ['that is older', 'C0ROOM', '1763632700.000100'],
  ])('%s shows the batch there from then on', (_, channelId, messageTs) => {
    expect(destinationAfter(channelId, messageTs)).toMatchObject({ kind: 'response_url', replaces: true });
  });
});

test.each([
  [
    '“Use this one”',
    pickClick(1, { userId: 'U0ASKER', whoMayPick: 'requester' }, clicked, { clickId: clickIdOf(1), now: now() }),
  ],
  ['“Try again”', retry(3)],
])('%s takes a discard back', (_what, wanted) => {
  expect(wanted.apply({ ...drawn, discardedAt: now().toISOString() }).discardedAt).toBeUndefined();
});

test('“Discard” in a message older than the pick is refused', () => {
  const discard = discardClick('U0ASKER', now());
  expect(discard.judge(drawn)).toBeUndefined();
  expect(discard.judge({ ...drawn, pick: click(1, 'U0ASKER') })).toBe('already_picked');
});

test('“Try again” recognizes its own write if the answer was lost', () => {
  const ended = { ...drawn, finishedAt: now().toISOString() };
  expect(retry(3).isApplied?.(ended)).toBe(false);
  expect(retry(3).isApplied?.(retry(3).apply(ended))).toBe(true);
});
