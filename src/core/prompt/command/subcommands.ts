import { isEnglishName, isEnglishWord } from '../language/word-lists.js';
import { countSlips } from './flags.js';

/** The words that are a command if they are the whole text, beside `show` with a batch ID. */
export const subcommands = ['help', 'models', 'settings', 'usage', 'history', 'show'] as const;
export type Subcommand = (typeof subcommands)[number];

const helpPattern = /(?:^|\s)--help(?:\s|$)|^(?:[-–—―/]+(?:help|h)|\?)$/i;

export function readSubcommand(text: string): Subcommand | undefined {
  if (helpPattern.test(text)) return 'help';
  return subcommands.find((name) => name === text.toLowerCase());
}

/** What people add to a command. Words that begin a prompt as well, such as "a", are left out. */
const fillers = new Set(
  'please pls plz thanks me my the list all open see view get page menu command now today available'.split(' '),
);
const isFiller = (word: string, index: number): boolean => fillers.has(word) && (word !== 'the' || index > 0); // "the show"

const maxLength = 40;
const lettersAndMarks = /^[\p{L}\s!.,:;/"'“”‘’–—―-]+$/u;

/**
 * The command that a text was probably meant to be, for a question before anything is drawn. Texts with any other word are
 * prompts ("model airplane"), and so is a single English word or name ("shop", "helm"), except "model" and "setting".
 */
export function guessCommand(text: string): string | undefined {
  if (text.length > maxLength) return undefined;
  const shown = /^(\p{L}{3,5})\s+((?=\D*\d)[0-9a-hjkmnp-tv-z]{6})$/iu.exec(text);
  if (shown?.[1] && guessWord(shown[1].toLowerCase()) === 'show') return `show ${shown[2]}`;
  if (!lettersAndMarks.test(text)) return undefined;
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const meant = words.filter((word, index) => !isFiller(word, index));
  const [word, ...others] = meant.length > 1 ? meant.filter((other) => other !== 'show') : meant; // "show me my history"
  if (word === undefined || others.length > 0) return undefined;
  if (words.length === 1 && subcommands.some((name) => name === `${word}s`)) return `${word}s`;
  return guessWord(word);
}

/** At most one slip: names that no dictionary has are prompts ("Modena", "Moana"). */
function guessWord(word: string): string | undefined {
  const exact = subcommands.find((name) => name === word);
  if (exact || isEnglishWord(word) || isEnglishName(word)) return exact;
  return subcommands.find((name) => countSlips(word, name) === 1);
}
