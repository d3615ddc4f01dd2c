import fc from 'fast-check';
import { expect, test } from 'vitest';
import { checkRequest } from '../../../../src/core/prompt/command/check-request.js';
import { correctText, suggestionFor } from '../../../../src/core/prompt/command/correct-text.js';
import { readFlags } from '../../../../src/core/prompt/command/flags.js';
import { issueSentence, issuesMessage } from '../../../../src/text/command.js';
import { anyCharacter } from '../../../any-character.js';
import { offered } from './offered-models.js';

const parse = (text: string) => checkRequest(readFlags(text), offered, 4);

/** Text made of what the parser looks at, which plain random strings would hardly ever contain. */
const piece = fc.constantFrom(
  ...[' ', ' ', '\n', '\u00a0', '\ud800', 'line art'],
  ...'-- — – - = : , " “ ” \' ’ « » ` 🦊 < & fox a'.split(' '),
  ...'v fast stlye watercolr ar no style seed model n refine aspect-ration __proto__ constructor toString'.split(' '),
  ...'16:9 4:3 1e9:0 42 -1 photo core ultra,openai titan wide'.split(' '),
);
const nearMiss = fc.array(piece, { maxLength: 14 }).map((pieces) => pieces.join(''));
const anyText = fc.oneof(nearMiss, fc.string({ unit: anyCharacter, maxLength: 200 }));

const wordsOf = (text: string): string[] => text.split(/\s+/u).filter((word) => word !== '');

test('no text makes the parser or its sentences throw', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const { issues } = parse(text);
      for (const issue of issues) {
        expect(issueSentence(issue, '/imagine')).toMatch(/[.?]$/);
        expect(correctText(text, issue) === undefined).toBe(suggestionFor(issue) === undefined);
      }
      expect(issuesMessage(issues, text, '/imagine')).not.toContain('undefined');
    }),
    { numRuns: 1000 },
  );
});

test('the prompt never holds words that were not typed, nor in another order', () => {
  fc.assert(
    fc.property(anyText, (text) => {
      let at = 0;
      for (const word of wordsOf(readFlags(text).prompt)) {
        const found = text.indexOf(word, at);
        expect(found).toBeGreaterThanOrEqual(at);
        at = found + word.length;
      }
    }),
    { numRuns: 1000 },
  );
});

test('text without a dash is the prompt, word for word', () => {
  const noDash = anyText.filter((text) => !/[-—–―]/.test(text) && text.trim() !== '');
  fc.assert(
    fc.property(noDash, (text) => {
      expect(wordsOf(parse(text).request.prompt)).toEqual(wordsOf(text));
    }),
  );
});

const word = fc.oneof(
  fc.constantFrom(
    'fox',
    'well-known',
    '-',
    '--',
    '16:9',
    '5"',
    "cats'",
    'a=b',
    '—',
    'x--y',
    '🦊',
    '-art',
    '42',
    'fox,',
  ),
  fc.string({ unit: 'grapheme', minLength: 1, maxLength: 8 }).filter((text) => !/[\s—–―"“”„‟«»'‘’‚‛-]/u.test(text)),
);

/** Each flag with a value that ends by itself, so that what follows is prompt again. */
const flags = [
  ['--ar 16:9', '—ar wide', '--ar=1:1'],
  ['--no "text, people"', '–no=“hands”'],
  ['--style line art', "--style 'photo'", '—style=comic'],
  ['--seed 42', '--seed=7'],
  ['--model core,ultra', '--model openai'],
  ['--n 2', '—n=2'],
  ['--refine'],
  ['--v 7', '—s 250'],
  ['--fast', '--tile'],
].map((spellings) => fc.constantFrom(...spellings));

/** A comma after a model's name begins the next name, with or without a space before it: such a word is no prompt. */
const goesOnWithList = (parts: readonly string[]): boolean =>
  parts.some((part, index) => part.startsWith('--model') && parts[index + 1]?.startsWith(','));

test('every word that is neither a flag nor its value is in the prompt, wherever the flags are', () => {
  const someFlags = fc.tuple(...flags.map((flag) => fc.option(flag, { nil: undefined, freq: 2 })));
  fc.assert(
    fc.property(
      fc.array(word, { minLength: 1, maxLength: 12 }),
      someFlags,
      fc.infiniteStream(fc.nat()),
      (words, typed, at) => {
        const parts: string[] = [...words];
        for (const flag of typed) if (flag) parts.splice(at.next().value % (parts.length + 1), 0, flag);
        fc.pre(!goesOnWithList(parts));
        const { request, issues } = parse(parts.join(' '));
        expect([request.prompt, issues]).toEqual([words.join(' '), []]);
      },
    ),
    { numRuns: 1000 },
  );
});
