import { describe, expect, test } from 'vitest';
import type { Batch, BatchReference } from '../../../src/core/batch/batch.js';
import { type BatchStore, UnreadableBatchError } from '../../../src/core/batch/batch-store.js';
import {
  type Click,
  type ClickPlace,
  createDecideClick,
  discardClick,
  pickClick,
  type Refusal,
  refreshClick,
  retryClick,
  type WhoMayPick,
} from '../../../src/core/batch/click.js';
import { RequestError } from '../../../src/core/errors.js';
import { exampleBatch, failedImage, pendingImage, storedImage } from '../example-batch.js';
import { createMemoryBatchStore } from '../memory-batch-store.js';
import { createRecordingLog } from '../recording-log.js';
import { createRecordingWork } from '../recording-work.js';

const now = () => new Date('2026-11-20T10:05:00Z');
const drawn = exampleBatch({ images: [storedImage(1), storedImage(2), failedImage(3), pendingImage(4)] });
const clickIdOf = (count: number) => `01JCZZZZZZZZZZZZZZZZC11CK${count}`;
const click = (number: number, pickedBy: string, count = 1) => ({
  number,
  pickedBy,
  pickedAt: now().toISOString(),
  clickId: clickIdOf(count),
});

const place: ClickPlace = {
  channelId: 'C0ROOM',
  messageTs: '1763632800.000100',
  responseUrl: 'https://hooks.slack.test/actions/1',
  isPrivate: false,
};

function createPick(
  batches: BatchStore,
  whoMayPick: WhoMayPick,
  { openWork = createRecordingWork().openWork, log = createRecordingLog() } = {},
) {
  const decideClick = createDecideClick({ batches, openWork, log });
  let count = 0;
  return (reference: BatchReference, number: number, userId: string) => {
    count += 1;
    const made = { clickId: clickIdOf(count), now: now() };
    return decideClick(reference, pickClick(number, { userId, whoMayPick }, place, made));
  };
}

function openBatch(batch: Batch, whoMayPick: WhoMayPick = 'requester', store = createMemoryBatchStore()) {
  store.put(batch);
  return { store, pickImage: createPick(store, whoMayPick) };
}

test('the requester picks an image, and the record says so', async () => {
  const { pickImage, store } = openBatch(drawn);
  const pick = click(2, 'U0ASKER');
  expect(await pickImage(drawn, 2, 'U0ASKER')).toMatchObject({ kind: 'done', batch: { ...drawn, pick } });
  expect(store.read(drawn)).toEqual({ ...drawn, pick });
});

test('anyone picks where anyone may', async () => {
  const { pickImage } = openBatch(drawn, 'anyone');
  expect(await pickImage(drawn, 1, 'U0OTHER')).toMatchObject({ kind: 'done', batch: { pick: click(1, 'U0OTHER') } });
});

describe('a click that may not pick changes nothing', () => {
  const picked = { ...drawn, pick: click(1, 'U0ASKER') };

  test.each<[what: string, batch: Batch, number: number, userId: string, outcome: unknown]>([
    ['by somebody else', drawn, 1, 'U0OTHER', { kind: 'not_yours', batch: drawn }],
    ['by somebody else, after the pick', picked, 1, 'U0OTHER', { kind: 'not_yours', batch: picked }],
    ['on another image, after the pick', picked, 2, 'U0ASKER', { kind: 'already_picked', batch: picked }],
    ['on a failed image', drawn, 3, 'U0ASKER', { kind: 'not_there', batch: drawn }],
    ['on an image still being drawn', drawn, 4, 'U0ASKER', { kind: 'not_there', batch: drawn }],
    ['on an image that never was', drawn, 5, 'U0ASKER', { kind: 'not_there', batch: drawn }],
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
      { kind: 'done', batch: { ...drawn, pick } },
      { kind: 'already_picked', batch: { ...drawn, pick } },
    ]);
    expect(store.read(drawn)?.pick).toEqual(pick);
  });

  test('between two processes, whichever wrote first', async () => {
    const theirs = { ...drawn, pick: click(2, 'U0OTHER', 9) };
    let isFirst = true;
    const store = createMemoryBatchStore(() => {
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
  const store = createMemoryBatchStore(() => {
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

test('a record that nobody understands is unreadable, and another failure stays one', async () => {
  const store = createMemoryBatchStore();
  const log = createRecordingLog();
  const failingWith = (error: Error) => createPick({ ...store, load: () => Promise.reject(error) }, 'anyone', { log });
  const unreadable = new UnreadableBatchError('no record');
  expect(await failingWith(unreadable)(drawn, 1, 'U0ASKER')).toEqual({ kind: 'unreadable_batch' });
  expect(log.lines).toEqual([
    { severity: 'warn', event: 'batch record cannot be read', fields: { batch: drawn.id, error: unreadable } },
  ]);
  const denied = new Error('AccessDenied');
  await expect(failingWith(denied)(drawn, 1, 'U0ASKER')).rejects.toBe(denied);
});

describe('the marker of a click that leaves work', () => {
  test('stands before the click is recorded, and stays', async () => {
    const { openWork, events } = createRecordingWork();
    const store = createMemoryBatchStore(() => void events.push('recorded'));
    store.put(drawn);
    const outcome = await createPick(store, 'anyone', { openWork })(drawn, 1, 'U0ASKER');
    expect(events).toEqual(['opened', 'recorded']);
    expect(outcome).toMatchObject({ work: { batch: { id: drawn.id }, responseUrl: place.responseUrl } });
  });

  test.each([
    ['says which message was clicked', false, { channelId: 'C0ROOM', messageTs: '1763632800.000100' }],
    ['does not where only the clicker saw it, as a post for all cannot be repeated', true, undefined],
  ])('%s', (_what, isPrivate, clicked) => {
    const clicker = { userId: 'U0ASKER', whoMayPick: 'requester' } as const;
    const task = pickClick(1, clicker, { ...place, isPrivate }, { clickId: clickIdOf(1), now: now() }).leavesWork?.task;
    expect(task).toEqual({ kind: 'pick', ...(clicked && { clicked }) });
  });

  test('is never written for a click that is refused', async () => {
    const { openWork, events } = createRecordingWork();
    const store = createMemoryBatchStore();
    store.put(drawn);
    await createPick(store, 'requester', { openWork })(drawn, 1, 'U0OTHER');
    expect(events).toEqual([]);
  });

  test('is removed where another click was first', async () => {
    const { openWork, events } = createRecordingWork();
    const store = createMemoryBatchStore(({ pick }) => {
      if (pick?.pickedBy === 'U0ASKER') store.put({ ...drawn, pick: click(2, 'U0OTHER', 9) });
    });
    store.put(drawn);
    await createPick(store, 'anyone', { openWork })(drawn, 1, 'U0ASKER');
    expect(events).toEqual(['opened', 'closed']);
  });

  test('stands before the click is counted, and is removed if it is not', async () => {
    const { openWork, events } = createRecordingWork();
    const store = createMemoryBatchStore();
    store.put(drawn);
    const decideClick = createDecideClick({ batches: store, openWork, log: createRecordingLog() });
    const refused = new RequestError({ kind: 'person_day', used: 4, asked: 1, limit: 4 });
    const costly: Click = {
      judge: () => undefined,
      apply: (batch) => batch,
      async reserve() {
        events.push('counted');
        throw refused;
      },
      leavesWork: { task: { kind: 'pick' }, responseUrl: place.responseUrl },
    };
    await expect(decideClick(drawn, costly)).rejects.toBe(refused);
    expect(events).toEqual(['opened', 'counted', 'closed']);
  });

  test('is left where nobody knows whether the click was recorded', async () => {
    const { openWork, events } = createRecordingWork();
    const store = createMemoryBatchStore(() => {
      throw new Error('TimeoutError');
    });
    store.put(drawn);
    await expect(createPick(store, 'anyone', { openWork })(drawn, 1, 'U0ASKER')).rejects.toThrow('TimeoutError');
    expect(events).toEqual(['opened', 'left']);
  });
});

test.each<[what: string, batch: Batch, number: number, refusal: Refusal | undefined]>([
  ['an image that failed', { ...drawn, finishedAt: now().toISOString() }, 3, undefined],
  ['an image that failed while others are still drawn', drawn, 3, 'still_drawing'],
  ['an image that is being drawn', drawn, 4, 'still_drawing'],
  ['an image that is drawn by now', drawn, 1, 'already_drawn'],
  ['an image that never was', drawn, 5, 'not_there'],
  ['any image after the pick', { ...drawn, pick: click(1, 'U0ASKER') }, 3, 'already_picked'],
])('“Try again” on %s is judged by the record', (_what, batch, number, refusal) => {
  const clicker = { userId: 'U0ASKER', whoMayPick: 'requester' } as const;
  expect(retryClick(number, clicker, 7, place, now()).judge(batch)).toBe(refusal);
});

describe('“Show again”', () => {
  const finished = { ...drawn, finishedAt: '2026-11-20T10:01:00.000Z' };

  test('remembers when, so that the links stay the same until the next time', () => {
    expect(refreshClick(now()).apply(finished)).toEqual({ ...finished, refreshedAt: now().toISOString() });
  });

  test('has to wait for the end of the drawing', () => {
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
    const clicked = { ...place, channelId, messageTs };
    return retryClick(3, { userId: 'U0ASKER', whoMayPick: 'requester' }, 7, clicked, now()).apply(drawn).destination;
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
    pickClick(1, { userId: 'U0ASKER', whoMayPick: 'requester' }, place, { clickId: clickIdOf(1), now: now() }),
  ],
  ['“Try again”', retryClick(3, { userId: 'U0ASKER', whoMayPick: 'requester' }, 7, place, now())],
])('%s means that the batch is discarded no more', (_what, wanted) => {
  expect(wanted.apply({ ...drawn, discardedAt: now().toISOString() }).discardedAt).toBeUndefined();
});

test('“Discard” from a message that is older than the pick takes nothing away', () => {
  const discard = discardClick('U0ASKER', now());
  expect(discard.judge(drawn)).toBeUndefined();
  expect(discard.judge({ ...drawn, pick: click(1, 'U0ASKER') })).toBe('already_picked');
});

test('“Try again” knows its own write, where the answer to it was lost', () => {
  const place = { channelId: 'C0ROOM', messageTs: undefined, responseUrl: 'https://hooks.test/1', isPrivate: false };
  const retry = retryClick(3, { userId: 'U0ASKER', whoMayPick: 'requester' }, 7, place, now());
  const ended = { ...drawn, finishedAt: now().toISOString() };
  expect(retry.isApplied?.(ended)).toBe(false);
  expect(retry.isApplied?.(retry.apply(ended))).toBe(true);
});
