import { expect, test } from 'vitest';
import { type Click, decideClick, type Refusal } from '../../../src/core/batch/actions.js';
import type { Batch } from '../../../src/core/batch/batch.js';
import { deleteClick, othersClick, switchClick } from '../../../src/core/batch/change-pick.js';
import { createTestDeps } from '../batch-deps.js';
import { exampleBatch, failedImage, ownMessage as own, storedImage } from '../example-batch.js';
import { createMemoryBatches } from '../memory-records.js';

const now = () => new Date('2026-11-20T10:05:00Z');
const clickId = '01JCZZZZZZZZZZZZZZZZC11CK1';
const pick = { number: 1, pickedBy: 'U0PICKER', pickedAt: '2026-11-20T10:00:00.000Z' };
const uploaded = { uploadStartedAt: pick.pickedAt, uploadId: clickId, slackFileId: 'F0FILE1234' };
const images = [storedImage(1), storedImage(2), failedImage(3)];
const picked = exampleBatch({ images, pick: { ...pick, ...uploaded } });

const copy = { ...own, messageTs: '1763632800.000200' };
const others = { ...own, messageTs: '1763632800.000300', responseUrl: 'https://hooks.slack.test/2', isPrivate: true };

const { isPrivate: _, ...menuOf } = copy;
const withMenu = (openedAt: string): Batch => ({ ...picked, pick: { ...pick, menu: { ...menuOf, openedAt } } });

const switchTo = (number: number, userId = 'U0ASKER') => switchClick(number, userId, others, { clickId, now: now() });

async function decide(batch: Batch, click: Click, store = createMemoryBatches()) {
  store.put(batch);
  return decideClick(createTestDeps({}, store).deps, batch, click);
}

/** The record after a click. */
async function after(batch: Batch, click: Click): Promise<Batch | undefined> {
  const outcome = await decide(batch, click);
  return outcome.kind === 'done' ? outcome.stored.value : undefined;
}

test.each(['U0ASKER', 'U0PICKER'])(
  '%s chooses another image, and the file of the first is to be deleted',
  async (userId) => {
    const changed = { number: 2, pickedBy: userId, pickedAt: now().toISOString(), clickId };
    const recorded = await after({ ...picked, discardedAt: pick.pickedAt }, switchTo(2, userId));
    expect(recorded).toEqual({ ...picked, pick: { ...changed, oldFileIds: ['F0FILE1234'] } });
  },
);

test('a file that an older message of the batch may show is kept', async () => {
  const shownAgain = {
    ...picked,
    destination: { kind: 'message', channelId: 'C0OTHER', ts: '1763632801.000100' } as const,
  };
  expect((await after(shownAgain, switchTo(2)))?.pick).not.toHaveProperty('oldFileIds');
});

const unpicked = exampleBatch({ images });

test.each<[what: string, batch: Batch, click: Click, kind: Refusal]>([
  ['another image, by another user,', picked, switchTo(2, 'U0OTHER'), 'not_your_pick'],
  ['the image that is picked', picked, switchTo(1), 'already_picked'],
  ['an image that failed', picked, switchTo(3), 'not_there'],
  ['another image before one is picked', unpicked, switchTo(1), 'not_there'],
  [
    'another image when its message can no longer be replaced',
    withMenu('2026-11-20T09:34:00.000Z'),
    switchTo(2),
    'menu_too_old',
  ],
  ['the other images, by another user,', picked, othersClick('U0OTHER', own, now()), 'not_your_pick'],
  [
    'the other images if there are none',
    { ...picked, images: [storedImage(1)] },
    othersClick('U0ASKER', own, now()),
    'not_there',
  ],
  ['“Delete”, by another user,', picked, deleteClick('U0OTHER', now()), 'not_your_pick'],
])('a click on %s changes nothing', async (_what, batch, click, kind) => {
  expect(await decide(batch, click)).toEqual({ kind, batch });
});

test.each([
  [
    'remembers the message that was clicked',
    picked,
    copy,
    { ...picked.pick, menu: { ...menuOf, openedAt: now().toISOString() } },
  ],
  ["need not remember the batch's own message", picked, own, picked.pick],
  ['forgets a message that was clicked before', withMenu(pick.pickedAt), own, pick],
])('“Other images” %s', async (_what, batch, clicked, recorded) => {
  expect((await after(batch, othersClick('U0ASKER', clicked, now())))?.pick).toEqual(recorded);
});

test.each([
  [
    'the message whose menu was used',
    withMenu(pick.pickedAt),
    { clicked: { channelId: 'C0ROOM', messageTs: copy.messageTs } },
    copy.responseUrl,
  ],
  ["only the batch's own message", picked, {}, others.responseUrl],
])('after a crash, another image is shown in %s', async (_what, batch, clicked, responseUrl) => {
  const outcome = await decide(batch, switchTo(2));
  expect(outcome).toMatchObject({ job: { task: { kind: 'pick', ...clicked }, responseUrl } });
});

test('of two switches at once the later one stays, and the files of both are to be deleted', async () => {
  const theirs = { ...picked, pick: { ...pick, number: 4, slackFileId: 'F0FILE5678', oldFileIds: ['F0FILE1234'] } };
  let isFirst = true;
  const store = createMemoryBatches(() => {
    if (isFirst) store.put(theirs);
    isFirst = false;
  });
  await decide(picked, switchTo(2), store);
  expect(store.read(picked)?.pick).toMatchObject({ number: 2, oldFileIds: ['F0FILE1234', 'F0FILE5678'] });
});

test('“Delete” keeps the pick, without its file, and can be repeated', async () => {
  const deleted = {
    ...picked,
    discardedAt: now().toISOString(),
    pick: { ...pick, oldFileIds: ['F0FILE1234'] },
  };
  expect(await after(picked, deleteClick('U0PICKER', now()))).toEqual(deleted);
  expect(await after(deleted, deleteClick('U0PICKER', now()))).toEqual(deleted);
});
