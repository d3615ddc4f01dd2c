import { describe, expect, test } from 'vitest';
import { translateText } from '../../../src/core/prompt/translation.js';

const { message, read } = translateText('un cartel con el texto "Hola" en la noche');

test('the whole prompt is sent, whatever its length', () => {
  expect(message).toBe('<source>\nun cartel con el texto "Hola" en la noche\n</source>');
  expect(translateText('夜の港 '.repeat(2_500)).message).toContain('夜の港 '.repeat(2_500).trim());
});

describe('a translation', () => {
  test('keeps names, and the words that are to be painted', () => {
    const prompt = 'Frida at night beside a sign with the text "Hola"';
    expect(read({ prompt })).toBe(prompt);
  });

  test('may be longer than sixty words, as the prompt may', () => {
    const prompt = `${'a small red boat, '.repeat(40)}at dawn`;
    expect(read({ prompt })).toBe(prompt);
  });

  test('is on one line', () => {
    expect(read({ prompt: ' a red fox\n in the  snow ' })).toBe('a red fox in the snow');
  });

  test.each([
    ['nothing', undefined],
    ['words', 'a red fox'],
    ['an empty prompt', { prompt: ' ' }],
    ['not English', { prompt: 'Ein rotes Boot liegt im Hafen und der Mond steht über dem Wasser' }],
  ])('is unusable if it is %s', (_what, input) => {
    expect(read(input)).toBeUndefined();
  });
});
