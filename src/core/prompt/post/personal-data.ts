import { isEnglishWord } from '../language/word-lists.js';
import { findAddresses } from './addresses.js';
import { findAll, type PersonalData, type PersonalDataKind } from './found-data.js';
import { isGivenName, mayBeGivenName } from './given-names.js';
import { namesByPattern, readsEnglish } from './name-patterns.js';

export interface WithoutPersonalData {
  text: string;
  /** Every name that was found, longest first: no prompt may hold one. */
  names: readonly string[];
}

/** What stands for each kind, so that a sentence still reads. They are for models, which read English whatever the text is in. */
const neutral: Readonly<Record<PersonalDataKind, string>> = {
  name: 'someone',
  handle: 'someone',
  email: 'an email address',
  phone: 'a phone number',
  link: 'a link',
  address: 'an address',
  number: 'a number',
};

/** What an address leaves behind inside a sentence. */
export const placeholder = /\b(?:an email address|a phone number|a link|an address|a number)\b(?! of| between)/u;

/**
 * A text without names, handles, email addresses, phone numbers and links: the ones that a detector found, and those that
 * patterns find. With a detector, only what looks like a full name is added: it knows better. Also reads Slack's own markup.
 */
export function withoutPersonalData(text: string, detected?: readonly PersonalData[]): WithoutPersonalData {
  const found = [...(detected ?? []), ...namesByPattern(text, detected !== undefined), ...findAddresses(text)];
  const names = namesIn(text, found);
  const all = merge([...tokens(text), ...found.map(markOf), ...occurrences(text, names)]);
  return { text: tidy(replaceAll(text, all)), names };
}

/**
 * A text that a model or an analysis derived from a post, such as a key phrase, without the names found there.
 * @param words what stands for a name
 */
export function withoutNames(text: string, names: readonly string[], words = ''): string {
  const addresses = [...tokens(text), ...findAddresses(text).map(markOf)].map(({ begin, end }) => blank(begin, end));
  const found = merge([...addresses, ...occurrences(text, names).map((mark) => ({ ...mark, words }))]);
  return found.length === 0 ? text : tidy(replaceAll(text, found));
}

/** Whether a text holds an email address, a phone number, a link or a handle. */
export function holdsPersonalData(text: string): boolean {
  return tokens(text).length + findAddresses(text).length > 0;
}

/** Slack's mentions and links, of which the label may stay: https://docs.slack.dev/messaging/formatting-message-text */
const slackToken = /<(?:[@#!]|(?:https?|mailto|tel|slack):)[^<>|\n]*(?:\|[^<>\n]*)?>/giu;
const wordsOfTokens: readonly [RegExp, string][] = [
  [/^@/u, neutral.handle],
  [/^#/u, 'a channel'],
  [/^!subteam/u, 'a team'],
  [/^!date/u, 'a date'],
  [/^!/u, 'everyone'],
  [/^mailto:/iu, neutral.email],
  [/^tel:/iu, neutral.phone],
  [/^/u, neutral.link],
];

function tokens(text: string): Mark[] {
  return Array.from(text.matchAll(slackToken)).flatMap(({ 0: token, index: begin }) => {
    const end = begin + token.length;
    const bar = token.indexOf('|');
    const label = bar < 0 ? '' : token.slice(bar + 1, -1);
    const isLabeled = !/^<[@#!]/u.test(token) && label.trim() !== '' && findAddresses(label).length === 0;
    if (isLabeled) return [blank(begin, begin + bar + 1), blank(end - 1, end)];
    const words = wordsOfTokens.find(([target]) => target.test(token.slice(1)))?.[1] ?? '';
    return [{ begin, end, words }];
  });
}

const blank = (begin: number, end: number): Mark => ({ begin, end, words: '' });

const titles = new Set(['Herr', 'Frau', 'Doktor', 'Professor', 'Señor', 'Señora', 'Monsieur', 'Madame', 'Signora']);

/**
 * Every name, and each part of it that is nothing but a name, longest first. "Grace" alone is a word elsewhere; in a language
 * whose words we do not know, only given names are surely names.
 */
function namesIn(text: string, found: readonly PersonalData[]): string[] {
  const isEnglish = readsEnglish(text);
  const all = found.filter(({ kind }) => kind === 'name').map(({ begin, end }) => text.slice(begin, end).trim());
  const whole = all.filter((name) => !mayBeGivenName(name));
  const parts = whole
    .flatMap((name) => name.split(/[\s\u00a0]+/u))
    .filter(
      (part) =>
        /^\p{Lu}\p{L}{2,}/u.test(part) &&
        !titles.has(part) &&
        !mayBeGivenName(part) &&
        (isGivenName(part) || (isEnglish && !isEnglishWord(part.toLowerCase()))),
    );
  return [...new Set([...whole, ...parts])].filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
}

const spaced = '[\\p{Script=Latin}\\p{Script=Cyrillic}\\p{Script=Greek}\\p{N}]';
/** As many as a post can reasonably hold: each is looked for in the whole text. */
const maxNames = 200;

function occurrences(text: string, names: readonly string[]): Mark[] {
  const wanted = names.slice(0, maxNames).map((name) => name.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
  if (wanted.length === 0) return [];
  // in scripts without spaces, a name ends where the next letter begins
  const pattern = `(?<!${spaced})(?:${wanted.join('|')})(?!${spaced})`;
  return findAll(text, new RegExp(pattern, 'gu'), 'name').map(markOf);
}

interface Mark {
  begin: number;
  end: number;
  words: string;
}

const markOf = ({ kind, begin, end }: PersonalData): Mark => ({ begin, end, words: neutral[kind] });

/** In the order of the text, without those that overlap one before. */
function merge(found: readonly Mark[]): Mark[] {
  const ordered = found.toSorted((a, b) => a.begin - b.begin || b.end - a.end);
  const merged: Mark[] = [];
  for (const mark of ordered) {
    const last = merged.at(-1);
    if (!last || mark.begin >= last.end) merged.push({ ...mark });
    else last.end = Math.max(last.end, mark.end);
  }
  return merged;
}

/** What leads to an address at the end of a clause, and would lead nowhere without it: "or write to". */
const lead =
  /(?:^|(?<=[\s(]))(?:(?:or|and|und|oder|y|o|e|et|ou)\s+)?(?:(?:please\s+)?(?:write|reach|mail|e-?mail|call|contact|text|message|dm|ping|ask|see|visit|more|details|info|rsvp)(?:\s+(?:us|me|them|info|details))?(?:\s+(?:here|at|to|on|via|by))?|at|to|via|on|under|by|from|here|tel|phone|fax|link|unter|bei|an|chez|sur|en|su|para)\s*[:.]?\s*$|[:–—-]\s*$|(?<=\()$/iu;
const leadLength = 60;
/** Nothing of a sentence yet. */
const begun = /[.!?:\n]\s{0,3}$/u;
const endOfClause = /^\s*(?:$|[.,;!?)\]\n])/u;

/** Where the text goes on after it, a neutral word; at the end of a clause, nothing, and nothing that leads to it. */
function replaceAll(text: string, found: readonly Mark[]): string {
  const pieces: string[] = [];
  let from = 0;
  for (const { begin, end, words } of found) {
    const before = text.slice(from, begin);
    const isAddress = words !== '' && words !== neutral.name;
    const led = isAddress && endOfClause.test(text.slice(end, end + 2)) ? withoutLead(before) : undefined;
    const isWholeSentence = led !== undefined && (begun.test(led) || (from === 0 && led.trim() === ''));
    const isApart =
      words === neutral.link &&
      pieces.length + before.trim().length > 0 &&
      /^\s*(?:\n|$)/u.test(text.slice(end, end + 3));
    pieces.push(led ?? before, led === undefined && words && !isApart ? ` ${words} ` : '');
    from = isWholeSentence ? end + punctuationAt(text, end) : end;
  }
  return [...pieces, text.slice(from)].join('');
}

/** undefined if nothing in it leads on. */
function withoutLead(before: string): string | undefined {
  const tail = before.slice(-leadLength);
  const found = lead.exec(tail);
  return found ? before.slice(0, before.length - tail.length + found.index) : undefined;
}

const punctuationAt = (text: string, begin: number): number =>
  /^\s?[.,;:!?]*/u.exec(text.slice(begin, begin + 4))?.[0].length ?? 0;

function tidy(text: string): string {
  return text
    .replace(/\(\s*\)|\[\s*\]/gu, ' ')
    .replace(/[^\S\n]+/gu, ' ')
    .replace(/ (?=[,.;:!?)\]…](?:\s|$))|(?<=[([]) /gu, '')
    .replace(/ (?=['’]s\b)/gu, '')
    .replace(/ ?\n ?/gu, '\n')
    .replace(/,(?: ?,)+/gu, ',')
    .trim();
}
