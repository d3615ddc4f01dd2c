import { describe, expect, test } from 'vitest';
import type { Batch } from '../../src/core/batch/batch.js';
import { createWriter } from '../../src/core/records.js';
import { exampleBatch } from './example-batch.js';
import { createMemoryBatches } from './memory-records.js';

const adding = (words: string) => (batch: Batch) => ({ ...batch, prompt: `${batch.prompt} ${words}` });

/** A store that counts the writes of a record, and what they are made on. */
function createCountedStore(beforeWrite: (batch: Batch) => void = () => undefined) {
  const written: string[] = [];
  const store = createMemoryBatches((batch) => {
    beforeWrite(batch);
    written.push(batch.prompt);
  });
  return { store, written, writer: createWriter(store, store.put(exampleBatch())) };
}

describe('createWriter', () => {
  test('writes together what is asked for at once or during a write, in that order', async () => {
    const { store, written, writer } = createCountedStore();
    const first = ['in', 'the'].map((word) => writer.change(adding(word)));
    await Promise.resolve(); // the write is under way
    await Promise.resolve();
    const changed = await Promise.all([...first, ...['deep', 'snow'].map((word) => writer.change(adding(word)))]);
    const [early, late] = ['a red fox in the', 'a red fox in the deep snow'];
    expect(written).toEqual([early, late]);
    expect(changed.map(({ prompt }) => prompt)).toEqual([early, early, late, late]);
    expect(writer.value).toBe(store.read(exampleBatch()));
  });

  test('fails what was in a write that failed, and goes on without it', async () => {
    const reason = new Error('AccessDenied');
    const { written, writer } = createCountedStore(({ prompt }) => {
      if (prompt.includes('the')) throw reason;
    });
    await writer.change(adding('in'));
    const outcomes = await Promise.allSettled(['the', 'deep'].map((word) => writer.change(adding(word))));
    const rejected = { status: 'rejected', reason };
    expect(outcomes).toEqual([rejected, rejected]);
    expect((await writer.change(adding('snow'))).prompt).toBe('a red fox in snow');
    expect(written).toEqual(['a red fox in', 'a red fox in snow']);
  });

  test("builds on another process's change", async () => {
    const store = createMemoryBatches();
    const writer = createWriter(store, store.put(exampleBatch()));
    store.put(exampleBatch({ prompt: 'a blue fox' }));
    expect((await writer.change(adding('in snow'))).prompt).toBe('a blue fox in snow');
  });
});
