import { describe, expect, test } from 'vitest';
import type { Batch, ClickedMessage } from '../../../src/core/batch/batch.js';
import type { BatchDeps } from '../../../src/core/batch/deps.js';
import { keepPick } from '../../../src/core/batch/keep-pick.js';
import { createTestDeps } from '../batch-deps.js';
import { exampleBatch, storedImage } from '../example-batch.js';
import { createMemoryBatches } from '../memory-records.js';

const pick = { number: 1, pickedBy: 'U0ASKER', pickedAt: '2026-11-20T10:05:00.000Z' };
const picked = exampleBatch({ images: [storedImage(1), storedImage(2)], pick });
const now = () => new Date('2026-11-20T10:05:01Z');
const uploadId = '01JCZZZZZZZZZZZZZZZZPLD000';
const begun = { ...picked, pick: { ...pick, uploadStartedAt: now().toISOString(), uploadId } };
const kept = { ...picked, pick: { ...begun.pick, slackFileId: 'F0FILE1234' } };
const clicked: ClickedMessage = {
  channelId: 'C0ROOM',
  messageTs: '1763632800.000100',
  responseUrl: 'https://hooks.slack.test/actions/1',
  isPrivate: false,
};

/** Keeps the pick and tells what was shown, in order. */
async function keep(
  differences: Partial<BatchDeps['messages']> = {},
  batches = createMemoryBatches(),
  batch: Batch = picked,
) {
  const shown: [Batch, ClickedMessage | undefined][] = [];
  const { deps } = createTestDeps({ now, newId: () => uploadId }, batches);
  const messages: BatchDeps['messages'] = {
    ...deps.messages,
    showPicked: async (state, where) => shown.push([state, where]) > 0,
    uploadPick: async () => 'F0FILE1234',
    ...differences,
  };
  await keepPick({ ...deps, messages }, batches.put(batch), clicked);
  return { shown, recorded: batches.read(picked) };
}

describe('keepPick', () => {
  test("shows a link at once, then Slack's own copy", async () => {
    const { shown, recorded } = await keep();
    expect(shown).toEqual([
      [picked, clicked],
      [kept, undefined],
    ]);
    expect(recorded).toEqual(kept);
  });

  test('keeps the link if the bot may not upload', async () => {
    const { shown, recorded } = await keep({ uploadPick: async () => undefined });
    expect(shown).toEqual([[picked, clicked]]);
    expect(recorded).toEqual(begun);
  });

  test('uploads nothing for a message that cannot be changed', async () => {
    const { recorded } = await keep({ showPicked: async () => false });
    expect(recorded).toBe(picked);
  });

  test('keeps what was recorded in between', async () => {
    const store = createMemoryBatches();
    const { recorded } = await keep(
      {
        uploadPick: async () => {
          store.put({ ...begun, finishedAt: '2026-11-20T10:06:00.000Z' });
          return 'F0FILE1234';
        },
      },
      store,
    );
    expect(recorded).toEqual({ ...kept, finishedAt: '2026-11-20T10:06:00.000Z' });
  });

  test('records that it uploads before it does', async () => {
    const store = createMemoryBatches();
    let recorded: unknown;
    await keep(
      {
        uploadPick: async () => {
          recorded = store.read(picked);
          return undefined;
        },
      },
      store,
    );
    expect(recorded).toEqual(begun);
  });

  test.each([
    ['by its link if the file may not have been posted', begun],
    ['by its file if there is one', kept],
  ])('shows a pick again, %s, and uploads nothing twice', async (_how, batch) => {
    const uploadPick = () => Promise.reject(new Error('uploaded twice'));
    const { shown, recorded } = await keep({ uploadPick }, undefined, batch);
    expect(shown).toEqual([[batch, clicked]]);
    expect(recorded).toBe(batch);
  });

  const theirId = '01JCZZZZZZZZZZZZZZZZTHE1R5';
  const byAnother = (batch: typeof begun) => ({ ...batch, pick: { ...batch.pick, uploadId: theirId } });

  test.each([
    ['leaves the upload to another process that claimed it meanwhile', byAnother(begun), [picked]],
    ['shows the file that another process uploaded meanwhile', byAnother(kept), [picked, byAnother(kept)]],
  ])('%s', async (_what, theirs, shown) => {
    const store = createMemoryBatches();
    const seen: Batch[] = [];
    const showPicked = async (batch: Batch) => {
      if (seen.length === 0) store.put(theirs);
      return seen.push(batch) > 0;
    };
    const uploadPick = () => Promise.reject(new Error('uploaded twice'));
    expect((await keep({ showPicked, uploadPick }, store)).recorded).toEqual(theirs);
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
