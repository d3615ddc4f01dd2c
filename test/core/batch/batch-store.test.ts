import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/core/batch/batch.js';
import { createBatchWriter } from '../../../src/core/batch/batch-store.js';
import { exampleBatch } from '../example-batch.js';
import { createMemoryBatchStore } from '../memory-batch-store.js';

const adding = (words: string) => (batch: Batch) => ({ ...batch, prompt: `${batch.prompt} ${words}` });

/** A store that counts the writes of a record, and what they are made on. */
function createCountedStore(beforeWrite: (batch: Batch) => void = () => undefined) {
  const written: string[] = [];
  const store = createMemoryBatchStore((batch) => {
    beforeWrite(batch);
    written.push(batch.prompt);
  });
  return { store, written, writer: createBatchWriter(store, store.put(exampleBatch())) };
}

describe('createBatchWriter', () => {
  test('writes the first change at once, and together what is asked for meanwhile, in that order', async () => {
    const { store, written, writer } = createCountedStore();
    const changed = await Promise.all(['in', 'the', 'snow'].map((word) => writer.change(adding(word))));
    expect(written).toEqual(['a red fox in', 'a red fox in the snow']); // and none collided with another
    expect(changed.map(({ prompt }) => prompt)).toEqual([
      'a red fox in',
      'a red fox in the snow',
      'a red fox in the snow',
    ]);
    expect(writer.batch).toBe(store.read(exampleBatch()));
  });

  test('fails what was in a write that failed, and goes on without it', async () => {
    const denied = new Error('AccessDenied');
    const { written, writer } = createCountedStore(({ prompt }) => {
      if (prompt.includes('the')) throw denied;
    });
    const outcomes = await Promise.allSettled(['in', 'the', 'deep'].map((word) => writer.change(adding(word))));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'rejected']);
    expect(outcomes[1]).toEqual(outcomes[2]);
    expect(outcomes[1]).toMatchObject({ reason: denied });
    expect((await writer.change(adding('snow'))).prompt).toBe('a red fox in snow');
    expect(written).toEqual(['a red fox in', 'a red fox in snow']);
  });

  test("builds on another process's change", async () => {
    const store = createMemoryBatchStore();
    const writer = createBatchWriter(store, store.put(exampleBatch()));
    store.put(exampleBatch({ prompt: 'a blue fox' }));
    expect((await writer.change(adding('in snow'))).prompt).toBe('a blue fox in snow');
  });
});
