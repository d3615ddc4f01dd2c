import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parseAnswer } from '../../src/models/parse-answer.js';

const image = 'QUJD'.repeat(5_000);
const bytes = (text: string) => Buffer.from(text);

/** The answer with every cut-out string back in its place. */
function restore(value: unknown, bytesOf: (text: string) => Buffer | undefined): unknown {
  if (typeof value === 'string') return bytesOf(value)?.toString('latin1') ?? value;
  if (Array.isArray(value)) return value.map((item) => restore(item, bytesOf));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, restore(item, bytesOf)]));
}

describe('an answer', () => {
  test('has a stand-in for each image, and the bytes of its base64', () => {
    const { json, bytesOf } = parseAnswer(bytes(`{"seeds":[7],"images":["${image}"]}`));
    expect(json).toEqual({ seeds: [7], images: ['cut out at 24'] });
    expect(bytesOf('cut out at 24')?.toString()).toBe(image);
    expect(bytesOf(image)).toBeUndefined();
  });

  test('keeps long strings that have escapes, for the parser to read', () => {
    const escaped = `${'QUJD'.repeat(5_000)}\\/`;
    expect(parseAnswer(bytes(`{"image":"${escaped}"}`)).json).toEqual({ image: escaped.replace('\\/', '/') });
  });

  test.each(['', '{', '"', `{"images":["${image}`, `{"images":["${image}"`, 'null null', '{"a":"\\"}'])(
    'that is not JSON is refused (%#)',
    (text) => {
      expect(() => parseAnswer(bytes(text))).toThrow(SyntaxError);
    },
  );

  test('is what JSON.parse makes of it, whatever it holds', () => {
    const long = fc.constantFrom(image, `${image}"`, `\\${image}`, `${image}\\`, 'é'.repeat(12_000), '');
    const answers = fc.dictionary(fc.string(), fc.oneof(long, fc.jsonValue(), fc.array(long)));
    fc.assert(
      fc.property(answers, fc.constantFrom(undefined, 1), (answer, space) => {
        const text = JSON.stringify(answer, null, space);
        const { json, bytesOf } = parseAnswer(bytes(text));
        const asLatin1 = (value: unknown) =>
          JSON.parse(JSON.stringify(value), (_, item) =>
            typeof item === 'string' && item.startsWith('é'.repeat(12_000))
              ? Buffer.from(item).toString('latin1')
              : item,
          );
        expect(restore(json, bytesOf)).toEqual(asLatin1(JSON.parse(text)));
      }),
      { numRuns: 50 },
    );
  });
});
