import { describe, expect, test } from 'vitest';
import { readDemoWords } from '../../../sandbox/demo/read-words.js';

const titan = 'amazon.titan-image-generator-v2:0';
/** `words` as a shell hands them over, one a place. */
const read = (...words: string[]) => readDemoWords(words, (name) => name === titan);

describe('the words of the demo', () => {
  test.each<[words: string[], read: object]>([
    [[], { command: 'a red fox in the snow', isQuick: false }],
    [['a', 'lighthouse', 'at', 'dusk'], { command: 'a lighthouse at dusk', isQuick: false }],
    [['a red fox --model core,ultra'], { command: 'a red fox --model core,ultra', isQuick: false }],
    [['a', 'fox', '--ar', '16:9', '--seed=7'], { command: 'a fox --ar 16:9 --seed=7', isQuick: false }],
    [['a', 'fox', '--model', 'core,ultra'], { command: 'a fox --model core,ultra', isQuick: false }],
    [['a', 'fox', '--model'], { command: 'a fox --model', isQuick: false }],
    [['--model', titan, 'a', 'fox'], { model: titan, command: 'a fox', isQuick: false }],
    [[`--model=${titan}`], { model: titan, command: 'a red fox in the snow', isQuick: false }],
    [['--quick', 'a', 'fox', '--n', '2'], { command: 'a fox --n 2', isQuick: true }],
    [['--', 'a', 'fox', '--model', titan], { command: `a fox --model ${titan}`, isQuick: false }],
    [['--post', 'Our garden has opened.'], { post: 'Our garden has opened.', command: '', isQuick: false }],
    [['--post', 'Our', 'garden', 'has', 'opened.'], { post: 'Our garden has opened.', command: '', isQuick: false }],
    [['--model', titan, '--post', 'Hello.'], { model: titan, post: 'Hello.', command: '', isQuick: false }],
  ])('%j are read', (words, expected) => {
    expect(read(...words)).toEqual(expected);
  });

  test.each([[['--post']], [['--post', '']]])('%j are no post', (words) => {
    expect(() => read(...words)).toThrow('Give the text of the post');
  });
});
