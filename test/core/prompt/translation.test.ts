import { describe, expect, test } from 'vitest';
import { translateText } from '../../../src/core/prompt/translation.js';

const cartel = { prompt: 'un cartel con el texto "Hola" en la noche', negativePrompt: '' };
const { message, read } = translateText(cartel);
const promptOf = (prompt: string) => read({ prompt })?.prompt;

test('the whole prompt is sent, whatever its length, and what should be left out', () => {
  expect(message).toBe('<source>\nun cartel con el texto "Hola" en la noche\n</source>');
  const long = '夜の港 '.repeat(2_500).trim();
  expect(translateText({ prompt: long, negativePrompt: '人' }).message).toBe(
    `<source>\n${long}\n</source>\nTo be left out: 人`,
  );
});

describe('a translation', () => {
  test('keeps names, and the words that are to be painted', () => {
    const prompt = 'Frida at night beside a sign with the text "Hola"';
    expect(promptOf(prompt)).toBe(prompt);
  });

  test('may be one word, or more than sixty', () => {
    const long = `${'a small red boat, '.repeat(40)}at dawn`;
    for (const prompt of ['fox', long]) expect(promptOf(prompt)).toBe(prompt);
  });

  test('is on one line', () => {
    expect(promptOf(' a red fox\n in the  snow ')).toBe('a red fox in the snow');
  });

  test('has what should be left out only if that was asked for, and as it was typed if it has no translation', () => {
    const asked = translateText({ ...cartel, negativePrompt: 'perros' });
    expect(asked.read({ prompt: 'a sign', leave_out: 'dogs' })?.negativePrompt).toBe('dogs');
    expect(asked.read({ prompt: 'a sign' })?.negativePrompt).toBe('perros');
    expect(read({ prompt: 'a sign', leave_out: 'dogs' })?.negativePrompt).toBe('');
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
