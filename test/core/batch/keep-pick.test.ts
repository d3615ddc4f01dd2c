import { describe, expect, test } from 'vitest';
import type { Batch, ClickedMessage } from '../../../src/core/batch/batch.js';
import type { BatchDeps, OwnMessage } from '../../../src/core/batch/deps.js';
import { keepPick, planPick } from '../../../src/core/batch/keep-pick.js';
import { createTestDeps } from '../batch-deps.js';
import { exampleBatch, ownMessage as own, storedImage } from '../example-batch.js';
import { createMemoryBatches } from '../memory-records.js';

const pick = { number: 1, pickedBy: 'U0ASKER', pickedAt: '2026-11-20T10:05:00.000Z' };
const picked = exampleBatch({ images: [storedImage(1), storedImage(2)], pick });
const now = () => new Date('2026-11-20T10:05:01Z');
const uploadId = '01JCZZZZZZZZZZZZZZZZPLD000';
const shared = { kind: 'message', ts: '1763632800.000300', channelId: 'C0OTHER' } as const;
const begun = { ...picked, pick: { ...pick, uploadStartedAt: now().toISOString(), uploadId } };
const kept = { ...picked, pick: { ...begun.pick, slackFileId: 'F0FILE1234' } };

const copy = { ...own, messageTs: '1763632800.000200' };
const privateCopy = { ...copy, isPrivate: true };
const elsewhere = { ...privateCopy, channelId: 'C0OTHER' };

const show = 'show where clicked';
const share = 'share';
const remove = 'remove private copy';
const later = 'try again later';

describe('planPick', () => {
  test.each<[clicked: string, message: ClickedMessage | undefined, own: OwnMessage, effects: string[]]>([
    ['its own message', own, 'shown', ['upload']],
    ['its own message', own, 'gone', [show]],
    ['its own message', own, 'late', [show, later]],
    ['another message', copy, 'shown', [show, 'upload']],
    ['another message', copy, 'gone', [show]],
    ['another message', copy, 'late', [show, later]],
    ['a private copy beside it', privateCopy, 'shown', [remove, 'upload']],
    ['a private copy beside it', privateCopy, 'gone', [share, 'upload']],
    ['a private copy beside it', privateCopy, 'late', [later]],
    ['a private copy elsewhere', elsewhere, 'shown', [share, 'upload']],
    ['a private copy elsewhere', elsewhere, 'gone', [share, 'upload']],
    ['a private copy elsewhere', elsewhere, 'late', [share, later]],
    ['a message that is not known any more', undefined, 'shown', ['upload']],
    ['a message that is not known any more', undefined, 'gone', []],
    ['a message that is not known any more', undefined, 'late', [later]],
  ])('after a click on %s, the own message being %s', (_clicked, message, state, effects) => {
    expect(planPick(picked, message, state).map(({ kind }) => kind)).toEqual(effects);
  });

  test('shows a pick that is kept private in the clicked message alone', () => {
    const keptPrivate: Batch = { ...picked, visibility: 'private' };
    expect(planPick(keptPrivate, elsewhere, 'gone', true)).toEqual([{ kind: show, clicked: elsewhere }]);
  });

  test('leaves out an upload that has begun', () => {
    expect(planPick(begun, own, 'shown')).toEqual([]);
  });
});

/** Keeps the pick and tells what was done, in order. */
async function keep(
  differences: Partial<BatchDeps['messages']> = {},
  batches = createMemoryBatches(),
  batch: Batch = picked,
  clicked: ClickedMessage = copy,
) {
  const done: unknown[] = [];
  const { deps } = createTestDeps({ now, newId: () => uploadId }, batches);
  const messages: BatchDeps['messages'] = {
    ...deps.messages,
    async updateOwn(state) {
      done.push(state);
      return 'shown';
    },
    showPick: async (_batch, clicked) => void done.push('shown', clicked),
    async share(_batch, clicked) {
      done.push('shared', clicked);
      return shared;
    },
    removePrivateCopy: async (clicked) => void done.push('removed', clicked),
    uploadPick: async () => 'F0FILE1234',
    ...differences,
  };
  const isShown = await keepPick({ ...deps, messages }, batches.put(batch), clicked).catch((error: Error) => error);
  return { done, isShown, recorded: batches.read(picked) };
}

describe('keepPick', () => {
  test("shows a link at once, also where it was picked, then Slack's own copy", async () => {
    const { done, isShown, recorded } = await keep();
    expect(done).toEqual([picked, 'shown', copy, kept]);
    expect(isShown).toBe(true);
    expect(recorded).toEqual(kept);
  });

  test('posts for everyone what one user alone was shown, and keeps the file there', async () => {
    const gone = async () => 'gone' as const;
    const { done, recorded } = await keep(
      { updateOwn: gone },
      undefined,
      { ...picked, visibility: 'private', discardedAt: '2026-11-20T10:04:00.000Z' },
      elsewhere,
    );
    expect(done).toEqual(['shared', elsewhere, 'removed', elsewhere]);
    expect(recorded).toEqual({ ...kept, destination: shared });
  });

  test('leaves private what could not be posted', async () => {
    const share = () => Promise.reject(new Error('fatal_error'));
    const hidden: Batch = { ...picked, visibility: 'private' };
    expect((await keep({ share }, undefined, hidden, elsewhere)).recorded).toEqual(hidden);
  });

  test('says in the message before that its link is all that remains, if the pick is shared elsewhere', async () => {
    const { done, recorded } = await keep({}, undefined, picked, elsewhere);
    expect(recorded).toEqual({ ...kept, destination: shared });
    const linkOnly = { ...picked, pick: { ...pick, uploadStartedAt: now().toISOString() } };
    expect(done).toEqual([picked, 'shared', elsewhere, 'removed', elsewhere, linkOnly, recorded]);
  });

  test('keeps the link if the bot may not upload, and shows that it does', async () => {
    const { done, recorded } = await keep({ uploadPick: async () => undefined });
    expect(done).toEqual([picked, 'shown', copy, begun]);
    expect(recorded).toEqual(begun);
  });

  test.each([
    ['gone', false],
    ['late', new Error('The message of this batch cannot be changed yet.')],
  ] as const)('uploads nothing for a message that is %s', async (state, isShown) => {
    const outcome = await keep({ updateOwn: async () => state });
    expect(outcome).toMatchObject({ isShown, recorded: picked });
  });

  test('keeps what was recorded in between', async () => {
    const store = createMemoryBatches();
    const finishedAt = '2026-11-20T10:06:00.000Z';
    const uploadPick = async () => {
      store.put({ ...begun, finishedAt });
      return 'F0FILE1234';
    };
    expect((await keep({ uploadPick }, store)).recorded).toEqual({ ...kept, finishedAt });
  });

  test('records that it uploads before it does', async () => {
    const store = createMemoryBatches();
    const recorded: unknown[] = [];
    await keep({ uploadPick: async () => void recorded.push(store.read(picked)) }, store);
    expect(recorded).toEqual([begun]);
  });

  test.each([
    ['by its link if the file may not have been posted', begun],
    ['by its file if there is one', kept],
  ])('shows a pick again, %s, and uploads nothing twice', async (_how, batch) => {
    const uploadPick = () => Promise.reject(new Error('uploaded twice'));
    const { done, recorded } = await keep({ uploadPick }, undefined, batch);
    expect(done[0]).toEqual(batch);
    expect(recorded).toBe(batch);
  });

  const switched = { ...picked, pick: { ...pick, number: 2, clickId: uploadId, oldFileIds: ['F0FILE1234'] } };

  test('deletes the file of the image chosen before, once the message shows another', async () => {
    const deleteFiles = async (fileIds: readonly string[]) => void done.push(...fileIds);
    const uploadPick = async () => 'F0FILE5678';
    const done: unknown[] = [];
    const updateOwn = async (state: Batch) => {
      done.push(state.pick?.slackFileId ?? 'link');
      return 'shown' as const;
    };
    const { recorded } = await keep({ updateOwn, deleteFiles, uploadPick }, undefined, switched);
    expect(done).toEqual(['link', 'F0FILE1234', 'F0FILE5678']);
    expect(recorded?.pick).not.toHaveProperty('oldFileIds');
  });

  test('deletes its own file if another image was chosen during the upload, and shows that one', async () => {
    const store = createMemoryBatches();
    const theirs = { ...switched, pick: { ...switched.pick, uploadStartedAt: now().toISOString(), uploadId: theirId } };
    const deleted: string[] = [];
    const seen: Batch[] = [];
    const updateOwn = async (batch: Batch) => {
      seen.push(batch);
      return 'shown' as const;
    };
    const uploadPick = async () => {
      store.put(theirs);
      return 'F0FILE5678';
    };
    const deleteFiles = async (fileIds: readonly string[]) => void deleted.push(...fileIds);
    const { recorded } = await keep({ updateOwn, uploadPick, deleteFiles }, store);
    expect(deleted).toEqual(['F0FILE5678', 'F0FILE1234']);
    expect(seen.map((batch) => batch.pick?.number)).toEqual([1, 2]);
    expect(recorded?.pick?.slackFileId).toBeUndefined();
  });

  test('uploads nothing once the message was deleted', async () => {
    const store = createMemoryBatches();
    const deleted = { ...picked, discardedAt: now().toISOString() };
    const updateOwn = async () => {
      store.put(deleted);
      return 'shown' as const;
    };
    const uploadPick = () => Promise.reject(new Error('uploaded'));
    expect((await keep({ updateOwn, uploadPick }, store)).recorded).toEqual(deleted);
  });

  const theirId = '01JCZZZZZZZZZZZZZZZZTHE1R5';
  const byAnother = (batch: typeof begun) => ({ ...batch, pick: { ...batch.pick, uploadId: theirId } });

  test.each([
    ['leaves the upload to another process that claimed it meanwhile', byAnother(begun), [picked]],
    ['shows the file that another process uploaded meanwhile', byAnother(kept), [picked, byAnother(kept)]],
  ])('%s', async (_what, theirs, shown) => {
    const store = createMemoryBatches();
    const seen: Batch[] = [];
    const updateOwn = async (batch: Batch) => {
      if (seen.length === 0) store.put(theirs);
      seen.push(batch);
      return 'shown' as const;
    };
    const uploadPick = () => Promise.reject(new Error('uploaded twice'));
    expect((await keep({ updateOwn, uploadPick }, store)).recorded).toEqual(theirs);
    expect(seen).toEqual(shown);
  });

  test('uploads though the answer to its claim was lost', async () => {
    let writes = 0;
    const store = createMemoryBatches((batch) => {
      writes += 1;
      if (writes === 1) store.put(batch); // it is there, and the writer does not know
    });
    expect((await keep({}, store)).recorded).toEqual(kept);
  });
});
