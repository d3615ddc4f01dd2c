import { wordsOf } from './read-prompt.js';

const colors: Readonly<Record<string, string>> = {
  red: '#d93025',
  orange: '#f28c28',
  yellow: '#f2c230',
  gold: '#d4a017',
  green: '#2e9e4f',
  teal: '#1a9ba1',
  turquoise: '#30c5c0',
  blue: '#2b6cd9',
  purple: '#8a3fc4',
  violet: '#8a3fc4',
  pink: '#f06aa8',
  brown: '#8b5a33',
  black: '#2a2a2e',
  gray: '#8c8f96',
  grey: '#8c8f96',
  silver: '#b8bcc4',
  white: '#f4f4f2',
};

/** The first color that words name. */
export function findColor(words: string): string | undefined {
  const named = wordsOf(words).find((word) => Object.hasOwn(colors, word));
  return named && colors[named];
}

/** Purple, if the words name no color that is known. */
export function colorIn(words: string): string {
  return findColor(words) ?? '#8a3fc4';
}
