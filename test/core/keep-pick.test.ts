import { describe, expect, test } from 'vitest';
import type { Batch } from '../../src/core/batch.js';
import type { ClickPlace } from '../../src/core/click.js';
import { createKeepPick, type KeepPickDependencies } from '../../src/core/keep-pick.js';
import { exampleBatch, storedImage } from './example-batch.js';
import { createMemoryBatchStore } from './memory-batch-store.js';
import { createRecordingLog } from './recording-log.js';

const pick = { number: 1, pickedBy: 'U0ASKER', pickedAt: '2026-11-20T10:05:00.000Z' };
const picked = exampleBatch({ images: [storedImage(1), storedImage(2)], pick });
const kept = { ...picked, pick: { ...pick, slackFileId: 'F0FILE1234' } };
const place: ClickPlace = {
  channelId: 'C0ROOM',
  messageTs: '1763632800.000100',
  responseUrl: 'https://hooks.slack.test/actions/1',
  isPrivate: false,
};

/** Keeps the pick and tells what was shown, in order. */
async function keep(differences: Partial<KeepPickDependencies> = {}, store = createMemoryBatchStore()) {
  const shown: [Batch, ClickPlace | undefined][] = [];
  const log = createRecordingLog();
  store.put(picked);
  const keepPick = createKeepPick({
    batches: store,
    showPicked: async (batch, where) => shown.push([batch, where]) > 0,
    uploadPick: async () => 'F0FILE1234',
    log,
    ...differences,
  });
  await keepPick(picked, place);
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
    expect(recorded).toBe(picked);
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
          store.put({ ...picked, finishedAt: '2026-11-20T10:06:00.000Z' });
          return 'F0FILE1234';
        },
      },
      store,
    );
    expect(recorded).toEqual({ ...kept, finishedAt: '2026-11-20T10:06:00.000Z' });
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
