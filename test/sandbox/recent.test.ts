import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createRecent } from '../../sandbox/recent.js';

it('keeps the newest as far as number and bytes allow, the last one always, and counts all', () => {
  fc.assert(
    fc.property(fc.array(fc.nat(12), { minLength: 1 }), (sizes) => {
      const recent = createRecent<number>({ items: 5, bytes: 20 });
      for (const [index, size] of sizes.entries()) recent.add(index, size);
      const kept = recent.all();
      const first = kept[0] ?? -1;
      const total = sizes.slice(first).reduce((sum, size) => sum + size, 0);
      const oneMore = first > 0 ? total + (sizes[first - 1] ?? 0) : Infinity;
      expect(kept).toEqual(sizes.map((_, index) => index).slice(first));
      expect(kept.length <= 5 && total <= 20).toBe(true);
      expect(kept.length === 5 || oneMore > 20).toBe(true);
      expect(recent.count()).toBe(sizes.length);
    }),
  );
  const recent = createRecent<string>({ bytes: 20 });
  recent.add('small', 1);
  recent.add('huge', 21);
  expect(recent.all()).toEqual(['huge']);
});
