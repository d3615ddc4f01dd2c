import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutToBytes } from '../../src/aws/cut-to-bytes.js';

test('a text is cut to the limit in bytes, no shorter than a character allows, and at a whole one', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.nat(100), (text, limit) => {
      const cut = cutToBytes(text, limit);
      const next = Array.from(text)[Array.from(cut).length] ?? '';
      expect(Buffer.byteLength(cut)).toBeLessThanOrEqual(limit);
      expect(text.startsWith(cut)).toBe(true);
      if (cut !== text) expect(Buffer.byteLength(cut + next)).toBeGreaterThan(limit);
    }),
  );
});
