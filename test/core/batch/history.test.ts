import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Batch } from '../../../src/core/batch/batch.js';
import { groupFamilies } from '../../../src/core/batch/history.js';
import { exampleBatch } from '../example-batch.js';

const idOf = (time: number) => `01JCZZZZZZZZZZZZZZZZZZZZ${String(time).padStart(2, '0')}`;
const batch = (time: number, parent?: number): Batch =>
  exampleBatch({ id: idOf(time), ...(parent !== undefined && { parent: { id: idOf(parent) } }) });
const timesOf = (families: Batch[][]) => families.map((family) => family.map(({ id }) => Number(id.slice(-2))));

test.each<[what: string, batches: Batch[], families: number[][]]>([
  ['none', [], []],
  ['strangers', [batch(3), batch(2), batch(1)], [[3], [2], [1]]],
  ['a family whose newest came last', [batch(4, 1), batch(3), batch(2, 1), batch(1)], [[1, 2, 4], [3]]],
  ['three generations', [batch(3, 2), batch(2, 1), batch(1)], [[1, 2, 3]]],
  ['siblings of a batch that is not listed', [batch(9, 1), batch(8), batch(7, 1)], [[7, 9], [8]]],
  ['a batch that names itself, or a later one', [batch(3, 3), batch(2, 4)], [[3], [2]]],
])('the history of %s has the family of the newest first, each in the order of time', (_what, batches, families) => {
  expect(timesOf(groupFamilies(batches))).toEqual(families);
});

test('the history loses and repeats no batch, whatever its parents are', () => {
  const parents = fc.array(fc.option(fc.nat(12), { nil: undefined }), { maxLength: 10 });
  fc.assert(
    fc.property(parents, (of) => {
      const batches = of.map((parent, index) => batch(10 - index, parent));
      const families = groupFamilies(batches);
      expect(families.flat().toSorted((one, other) => (one.id < other.id ? 1 : -1))).toEqual(batches);
      for (const family of families)
        expect(family).toEqual(family.toSorted((one, other) => (one.id < other.id ? -1 : 1)));
    }),
  );
});
