import { nameToEmoji } from 'gemoji';

/** The character of an emoji's name, or the name as it was typed. */
export const toEmoji = (name: string): string => nameToEmoji[name] ?? `:${name}:`;

export const withEmoji = (text: string): string =>
  text.replace(/:([a-z0-9_+-]+):/g, (_, name: string) => toEmoji(name));
