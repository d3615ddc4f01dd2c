import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/core/batch/batch.js';
import type { ClickPlace } from '../../../src/core/batch/click.js';
import { createKeepPick, type KeepPickDependencies } from '../../../src/core/batch/keep-pick.js';
import { exampleBatch, storedImage } from '../example-batch.js';
import { createMemoryBatchStore } from '../memory-batch-store.js';
import { createRecordingLog } from '../recording-log.js';

const pick = { number: 1, pickedBy: 'U0ASKER', pickedAt: '2026-11-20T10:05:00.000Z' };
const picked = exampleBatch({ images: [storedImage(1), storedImage(2)], pick });
const now = () => new Date('2026-11-20T10:05:01Z');
const uploadId = '01JCZZZZZZZZZZZZZZZZPLD000';
const begun = { ...picked, pick: { ...pick, uploadStartedAt: now().toISOString(), uploadId } };
const kept = { ...picked, pick: { ...begun.pick, slackFileId: 'F0FILE1234' } };
const place: ClickPlace = {
  channelId: 'C0ROOM',
  messageTs: '1763632800.000100',
  responseUrl: 'https://hooks.slack.test/actions/1',
  isPrivate: false,
};

/** Keeps the pick and tells what was shown, in order. */
async function keep(
  differences: Partial<KeepPickDependencies> = {},
  store = createMemoryBatchStore(),
  batch: Batch = picked,
) {
  const shown: [Batch, ClickPlace | undefined][] = [];
  const log = createRecordingLog();
  store.put(batch);
  const keepPick = createKeepPick({
    batches: store,
    showPicked: async (batch, where) => shown.push([batch, where]) > 0,
    uploadPick: async () => 'F0FILE1234',
    newId: () => uploadId,
    now,
    log,
    ...differences,
  });
  await keepPick(batch, place);
  return { shown, log, recorded: store.read(picked) };
}

describe('keepPick', () => {
  test("shows a link at once, then Slack's own copy", async () => {
    const { shown, recorded } = await keep();
    expect(shown).toEqual([
      [picked, place],
      [kept, undefined],
    ]);
    expect(recorded).toEqual(kept);
  });

  test('leaves the link where the bot may not upload', async () => {
    const { shown, recorded } = await keep({ uploadPick: async () => undefined });
    expect(shown).toEqual([[picked, place]]);
    expect(recorded).toEqual(begun);
  });

  test('uploads nothing for a message that cannot be changed', async () => {
    const { recorded } = await keep({ showPicked: async () => false });
    expect(recorded).toBe(picked);
  });

  test('keeps what was recorded in between', async () => {
    const store = createMemoryBatchStore();
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
    const store = createMemoryBatchStore();
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
    ['with a link where nobody knows whether the file was posted', begun],
    ["with Slack's copy where that is known", kept],
  ])('shows a pick again, %s, and uploads nothing twice', async (_how, batch) => {
    const uploadPick = () => Promise.reject(new Error('uploaded twice'));
    const { shown, recorded } = await keep({ uploadPick }, undefined, batch);
    expect(shown).toEqual([[batch, place]]);
    expect(recorded).toBe(batch);
  });

  const theirId = '01JCZZZZZZZZZZZZZZZZTHE1R5';
  const byAnother = (batch: typeof begun) => ({ ...batch, pick: { ...batch.pick, uploadId: theirId } });

  test.each([
    ['leaves the upload to another process that claimed it meanwhile', byAnother(begun), [picked]],
    ['shows the file that another process uploaded meanwhile', byAnother(kept), [picked, byAnother(kept)]],
  ])('%s', async (_what, theirs, shown) => {
    const store = createMemoryBatchStore();
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
    const store = createMemoryBatchStore((batch) => {
      writes += 1;
      if (writes === 1) store.put(batch); // it is there, and the writer does not know
    });
    expect((await keep({}, store)).recorded).toEqual(kept);
  });

  test('tells the operator of a record that has gone', async () => {
    const store = createMemoryBatchStore();
    const { shown, log } = await keep({ batches: { ...store, load: async () => undefined } });
    expect(shown).toHaveLength(1);
    expect(log.lines).toEqual([
      { severity: 'error', event: 'picked batch is not in the bucket', fields: { batch: picked.id } },
    ]);
  });
});
