import { describe, expect, test } from 'vitest';
import type { Batch } from '../../src/core/batch.js';
import { createBatchWriter } from '../../src/core/batch-store.js';
import { exampleBatch } from './example-batch.js';
import { createMemoryBatchStore } from './memory-batch-store.js';

const adding = (words: string) => (batch: Batch) => ({ ...batch, prompt: `${batch.prompt} ${words}` });

describe('createBatchWriter', () => {
  test('makes changes one after another, in the order in which they were asked for', async () => {
    let writes = 0;
    const store = createMemoryBatchStore(() => {
      writes += 1;
    });
    const writer = createBatchWriter(store, store.put(exampleBatch()));
    await Promise.all([writer.change(adding('in')), writer.change(adding('the')), writer.change(adding('snow'))]);
    expect(store.read(exampleBatch())?.prompt).toBe('a red fox in the snow');
    expect(writer.batch).toBe(store.read(exampleBatch()));
    expect(writes).toBe(3); // none of them collided with another
  });

  test('answers each change with the record after it', async () => {
    const store = createMemoryBatchStore();
    const writer = createBatchWriter(store, store.put(exampleBatch()));
    const prompts = [writer.change(adding('in')), writer.change(adding('snow'))];
    expect((await Promise.all(prompts)).map(({ prompt }) => prompt)).toEqual(['a red fox in', 'a red fox in snow']);
  });

  test('goes on after a change that failed, without it', async () => {
    const denied = new Error('AccessDenied');
    const store = createMemoryBatchStore(({ prompt }) => {
      if (prompt.endsWith('the')) throw denied;
    });
    const writer = createBatchWriter(store, store.put(exampleBatch()));
    const outcomes = await Promise.allSettled(['in', 'the', 'snow'].map((word) => writer.change(adding(word))));
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toMatchObject({ reason: denied });
    expect(writer.batch.prompt).toBe('a red fox in snow');
  });

  test("builds on another process's change", async () => {
    const store = createMemoryBatchStore();
    const writer = createBatchWriter(store, store.put(exampleBatch()));
    store.put(exampleBatch({ prompt: 'a blue fox' }));
    expect((await writer.change(adding('in snow'))).prompt).toBe('a blue fox in snow');
  });
});
