import { isEnglishName, isEnglishWord } from '../language/word-lists.js';
import { isGivenName, mayBeGivenName } from './given-names.js';

export type PersonalDataKind = 'name' | 'handle' | 'email' | 'phone' | 'link' | 'address' | 'number';

/** A part of a text that says who someone is or how to reach them. */
export interface PersonalData {
  kind: PersonalDataKind;
  /** In UTF-16 units; `end` is the first unit after it. */
  begin: number;
  end: number;
}

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

/**
 * A text without names, handles, email addresses, phone numbers and links: the ones that a detector found, and those that
 * patterns find. Patterns for names are used only without a detector: it knows better. Also reads Slack's own markup.
 */
export function withoutPersonalData(text: string, detected?: readonly PersonalData[]): WithoutPersonalData {
  const found = [...(detected ?? namesByPattern(text)), ...addresses(text)];
  const names = namesIn(text, found);
  const all = merge([...tokens(text), ...found.map(markOf), ...occurrences(text, names)]);
  return { text: tidy(replaceAll(text, all)), names };
}

/** A text that a model or an analysis derived from a post, such as a key phrase, without the names found there. */
export function withoutNames(text: string, names: readonly string[]): string {
  const found = [...tokens(text), ...addresses(text).map(markOf), ...occurrences(text, names)];
  const blanks = merge(found).map(({ begin, end }) => blank(begin, end));
  return blanks.length === 0 ? text : tidy(replaceAll(text, blanks));
}

/** Whether a text holds one of the names, or an email address, a phone number, a link or a handle. */
export function holdsPersonalData(text: string, names: readonly string[] = []): boolean {
  return tokens(text).length + addresses(text).length + occurrences(text, names).length > 0;
}

/** In every expression, a lookbehind before a run keeps the search linear: without it every character would begin one. */
const urlCharacters = "[\\w\\-.~:/?#[\\]@!$&'()*+,;=%]";
/** Endings of hosts that are no word of a sentence in which the space after a full stop is missing. */
const hostEndings =
  `com|org|net|io|dev|app|ai|co|uk|de|fr|es|pt|nl|jp|eu|ch|pl|br|ca|edu|gov|info|shop|cloud|design|studio|
  site|online|store|test|example|invalid`.replaceAll(/\s/g, '');

const email = /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]*[\p{L}\p{N}]@[\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?/gu;
const link = new RegExp(
  [
    `(?<![a-z\\d+.-])[a-z][a-z\\d+.-]*://${urlCharacters}*`,
    `(?<![\\p{L}\\p{N}.-])www\\.${urlCharacters}+`,
    `(?<![\\p{Script=Latin}\\d@._-])(?:[\\p{Script=Latin}\\d][\\p{Script=Latin}\\d-]*\\.)+(?:${hostEndings})(?![\\p{Script=Latin}\\d-])(?:[/:?#]${urlCharacters}*)?`,
    `(?<![\\p{Script=Latin}\\d@._-])(?:[\\p{Script=Latin}\\d][\\p{Script=Latin}\\d-]*\\.)+[a-z]{2,}/${urlCharacters}*`,
  ].join('|'),
  'giu',
);
const handle = /(?<![\p{L}\p{N}])[@＠][\p{L}\p{N}_][\p{L}\p{N}._-]*/gu;

const digit = '\\p{Nd}';
/** Dates come first, to be passed over; so do ranges of years. */
const dateOrPhone = new RegExp(
  [
    `(?<date>(?<![\\p{L}\\p{N}])(?:${digit}{4}[-/.]${digit}{1,2}[-/.]${digit}{1,2}|${digit}{1,2}[-/.]${digit}{1,2}[-/.](?:${digit}{4}|${digit}{2})|(?:19|20)${digit}{2} ?[-–/] ?(?:19|20)${digit}{2})(?![\\p{L}\\p{N}]))`,
    // with a country code or a leading zero, in whatever groups
    `(?<![\\p{L}\\p{N}])(?:[+＋] ?|\\(\\+?|[0٠۰０])(?:${digit}|[ \\u00a0().\\-/‐–](?=[ (]?[(${digit}])){6,24}`,
    // 415-555-0134, 415.555.0134, (415) 555 0134, 1 415 555 0134, 555-0134
    `(?<![\\p{L}\\p{N}])(?:1[ .-])?${digit}{3}(?:[.-]|[)] ?| (?=${digit}{3} ))${digit}{3}[ .-]${digit}{4}(?!${digit})`,
    `(?<![\\p{L}\\p{N}.-])${digit}{3}[-]${digit}{4}(?![\\p{L}\\p{N}-])`,
    // nothing but digits
    `(?<![\\p{L}\\p{N}.,])${digit}{9,15}(?![\\p{L}\\p{N}])`,
  ].join('|'),
  'gu',
);
const minPhoneDigits = 7;

function addresses(text: string): PersonalData[] {
  const phones = Array.from(text.matchAll(dateOrPhone)).flatMap(({ 0: number, index: begin, groups }) => {
    const isPhone = groups?.date === undefined && number.replace(/\P{Nd}/gu, '').length >= minPhoneDigits;
    return isPhone ? [{ kind: 'phone' as const, begin, end: begin + number.length }] : [];
  });
  return [
    ...marks(text, email, 'email'),
    ...marks(text, link, 'link').map((found) => trimmed(text, found)),
    ...phones,
    ...marks(text, handle, 'handle'),
  ];
}

function marks(text: string, pattern: RegExp, kind: PersonalDataKind): PersonalData[] {
  return Array.from(text.matchAll(pattern), ({ 0: { length }, index: begin }) => ({
    kind,
    begin,
    end: begin + length,
  }));
}

/** A sentence's own punctuation mark after a link is not part of it. */
function trimmed(text: string, { kind, begin, end }: PersonalData): PersonalData {
  let last = end;
  while (last > begin + 1 && /[.,;:!?)'\]]/.test(text.charAt(last - 1))) last -= 1;
  return { kind, begin, end: last };
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
    const isLabeled = !/^<[@#!]/u.test(token) && label.trim() !== '' && addresses(label).length === 0;
    if (isLabeled) return [blank(begin, begin + bar + 1), blank(end - 1, end)];
    const words = wordsOfTokens.find(([target]) => target.test(token.slice(1)))?.[1] ?? '';
    return [{ begin, end, words }];
  });
}

const blank = (begin: number, end: number): Mark => ({ begin, end, words: '' });

const capitalized = "\\p{Lu}[\\p{L}\\p{M}]*(?:['’-]\\p{Lu}[\\p{L}\\p{M}]*)*";
/** What may follow a given name: initials, particles, up to two more names. */
const surname = `(?:[ \\u00a0](?:\\p{Lu}\\.|(?:(?:de|da|do|dos|du|del|della|di|la|las|los|van|von|der|den|bin|al)[ \\u00a0]){0,2}${capitalized})){1,3}`;
const freshWord = "(?<![\\p{L}\\p{N}'’-])";

const titled = new RegExp(
  `${freshWord}(?:Mr|Mrs|Ms|Miss|Dr|Prof|Sir|Dame|Herr|Frau|Señora?|Sra?|Monsieur|Madame|Mme|Signora?|Dona?)\\.?[ \\u00a0]${capitalized}(?:${surname})?`,
  'gu',
);
const greeted = new RegExp(
  `${freshWord}(?:[Hh]i|[Hh]ey|[Hh]ello|[Dd]ear|[Tt]hanks|[Tt]hank you|[Cc]heers|[Kk]udos to|[Tt]hanks to|[Cc]ongrats|[Cc]ongratulations|[Rr]egards|[Ss]hout-?out to|[Hh]allo|[Hh]ola|[Bb]onjour|[Cc]iao|[Ll]iebe[r]?),?[ \\u00a0](?<name>${capitalized}(?:${surname})?)`,
  'gu',
);
const nameLike = new RegExp(`${freshWord}${capitalized}(?:${surname})?`, 'gu');
const signature = new RegExp(`^[ \\u00a0]*[-–—]{1,2}[ \\u00a0]*(?<name>${capitalized}(?:${surname})?)$`, 'u');

/** A line of its own at the end: "— Ben". */
function signedBy(text: string): PersonalData[] {
  const whole = text.trimEnd();
  const lineBegin = whole.lastIndexOf('\n') + 1;
  const name = lineBegin > 0 ? signature.exec(whole.slice(lineBegin))?.groups?.name : undefined;
  return name ? [{ kind: 'name', begin: whole.length - name.length, end: whole.length }] : [];
}

/** 田中さん, 李先生, 김민수 씨; not お客様 ("customers"), 皆さん ("all of you") or 花屋さん ("the florist"). */
const withHonorific =
  /[\p{Script=Han}\p{Script=Katakana}ー]{1,8}(?<![客皆神母父奥王仏姫兄姉娘屋者員店隊々])(?=さん|様|氏|先生|女士|小姐)|(?<![\p{L}])\p{Script=Hangul}{2,4}(?= ?씨(?!\p{L}))/gu;

/** Names as a reader would guess them. In a language that capitalizes every noun, only given names and titles tell. */
function namesByPattern(text: string): PersonalData[] {
  const guessed = [titled, withHonorific].flatMap((pattern) => marks(text, pattern, 'name'));
  const afterGreeting = Array.from(text.matchAll(greeted)).flatMap(({ 0: all, index, groups }) => {
    const name = groups?.name ?? '';
    const begin = index + all.length - name.length;
    return isWordOfEnglish(firstOf(name)) ? [] : [{ kind: 'name' as const, begin, end: begin + name.length }];
  });
  const likely = marks(text, nameLike, 'name').flatMap((found) => partThatNames(text, found));
  return [...guessed, ...afterGreeting, ...likely, ...signedBy(text)];
}

const firstOf = (name: string): string => name.split(/[ \u00a0]/u)[0] ?? '';
const isWordOfEnglish = (word: string): boolean => isEnglishWord(word.toLowerCase());

/** "Meet Ana Silva": from the given name on. "Oyelaran Babatunde": two words that no English dictionary has. */
function partThatNames(text: string, { begin, end }: PersonalData): PersonalData[] {
  const words = Array.from(text.slice(begin, end).matchAll(/[^ \u00a0]+/gu));
  const isInside = /[\p{L}\p{N},&] $/u.test(text.slice(Math.max(0, begin - 2), begin));
  const first = words.find(
    ({ 0: word, index }, position) =>
      isGivenName(word) ||
      (mayBeGivenName(word) &&
        (isInside || index > 0 || words.slice(position + 1).some(({ 0: next }) => !isWordOfEnglish(next)))),
  );
  if (first) return [{ kind: 'name', begin: begin + first.index, end }];
  const isUnknown = ({ 0: word }: RegExpMatchArray) => !isWordOfEnglish(word) && !isEnglishName(word.toLowerCase());
  const unknown = words.filter((word) => word[0].length > 2 && /\p{Ll}/u.test(word[0]) && isUnknown(word));
  return unknown.length >= 2 && unknown.length === words.length ? [{ kind: 'name', begin, end }] : [];
}

const titles = new Set(['Herr', 'Frau', 'Doktor', 'Professor', 'Señor', 'Señora', 'Monsieur', 'Madame', 'Signora']);

/** Every name, and each part of it that is nothing but a name, longest first. */
function namesIn(text: string, found: readonly PersonalData[]): string[] {
  const whole = found.filter(({ kind }) => kind === 'name').map(({ begin, end }) => text.slice(begin, end).trim());
  const parts = whole
    .flatMap((name) => name.split(/[\s\u00a0]+/u))
    .filter(
      (part) => /^\p{Lu}\p{L}{2,}/u.test(part) && !titles.has(part) && (isGivenName(part) || !isWordOfEnglish(part)),
    );
  return [...new Set([...whole, ...parts])].filter((name) => name.length > 1).sort((a, b) => b.length - a.length);
}

/** As many as a post can reasonably hold: each is looked for in the whole text. */
const maxNames = 200;

function occurrences(text: string, names: readonly string[]): Mark[] {
  const wanted = names.slice(0, maxNames).map((name) => name.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&'));
  if (wanted.length === 0) return [];
  // in scripts without spaces, a name ends where the next letter begins
  const pattern = `(?<![\\p{Script=Latin}\\p{N}])(?:${wanted.join('|')})(?![\\p{Script=Latin}\\p{N}])`;
  return marks(text, new RegExp(pattern, 'gu'), 'name').map(markOf);
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
    .trim();
}
