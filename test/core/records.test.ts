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
    const first = [writer.change(adding('in')), writer.change(adding('the'))];
    await Promise.resolve(); // the write is under way
    await Promise.resolve();
    const changed = await Promise.all([...first, writer.change(adding('deep')), writer.change(adding('snow'))]);
    expect(written).toEqual(['a red fox in the', 'a red fox in the deep snow']);
    expect(changed.map(({ prompt }) => prompt)).toEqual([
      'a red fox in the',
      'a red fox in the',
      'a red fox in the deep snow',
      'a red fox in the deep snow',
    ]);
    expect(writer.value).toBe(store.read(exampleBatch()));
  });

  test('fails what was in a write that failed, and goes on without it', async () => {
    const denied = new Error('AccessDenied');
    const { written, writer } = createCountedStore(({ prompt }) => {
      if (prompt.includes('the')) throw denied;
    });
    await writer.change(adding('in'));
    const outcomes = await Promise.allSettled(['the', 'deep'].map((word) => writer.change(adding(word))));
    expect(outcomes).toEqual([
      { status: 'rejected', reason: denied },
      { status: 'rejected', reason: denied },
    ]);
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
