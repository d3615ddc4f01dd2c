import { findAll, type PersonalData } from './found-data.js';

/** In every expression, a lookbehind before a run keeps the search linear: without it every character would begin one. */
const urlCharacters = "[\\w\\-.~:/?#[\\]@!$&'()*+,;=%]";
/** Endings of hosts that are no word of a sentence in which the space after a full stop is missing. */
const hostEndings =
  `com|org|net|io|dev|app|ai|co|uk|de|fr|es|pt|nl|jp|eu|ch|pl|br|ca|edu|gov|info|shop|cloud|design|studio|
  site|online|store|test|example|invalid`.replaceAll(/\s/g, '');
const anyHostEnding = `${hostEndings}|${hostEndings.toUpperCase()}`;

const email =
  /(?<![\p{L}\p{N}._%+'-])[\p{L}\p{N}._%+'-]*[\p{L}\p{N}][@＠][\p{L}\p{N}](?:[\p{L}\p{N}.-]*[\p{L}\p{N}])?/gu;
const link = new RegExp(
  [
    `(?<![a-zA-Z\\d+.-])[a-zA-Z][a-zA-Z\\d+.-]*://${urlCharacters}*`,
    `(?<![\\p{L}\\p{N}.-])(?:www|WWW)\\.${urlCharacters}+`,
    `(?<![\\p{Script=Latin}\\d@._-])(?:[\\p{Script=Latin}\\d][\\p{Script=Latin}\\d-]*\\.)+(?:${anyHostEnding})(?![\\p{Script=Latin}\\d-])(?:[/:?#]${urlCharacters}*)?`,
    `(?<![\\p{Script=Latin}\\d@._-])(?:[\\p{Script=Latin}\\d][\\p{Script=Latin}\\d-]*\\.)+[a-z]{2,}/${urlCharacters}*`,
  ].join('|'),
  'gu',
);
const handle = /(?<![\p{L}\p{N}])[@＠][\p{L}\p{N}_][\p{L}\p{N}._-]*/gu;

const digit = '\\p{Nd}';
/** Dates come first, to be passed over; so do ranges of years. */
const dateOrPhone = new RegExp(
  [
    `(?<date>(?<![\\p{L}\\p{N}])(?:${digit}{4}[-/.]${digit}{1,2}[-/.]${digit}{1,2}|${digit}{1,2}[-/.]${digit}{1,2}[-/.](?:${digit}{4}|${digit}{2})|(?:19|20)${digit}{2} ?[-–/] ?(?:19|20)${digit}{2})(?![\\p{L}\\p{N}]))`,
    // with a country code or a leading zero, in whatever groups
    `(?<![\\p{L}\\p{N}])(?:[+＋] ?|\\(\\+?|[0٠۰０])(?:${digit}|[ \\u00a0().\\-/‐–](?=[ (]?[(${digit}])){6,}`,
    // 415-555-0134, 415.555.0134, (415) 555 0134, 1 415 555 0134, 555-0134
    `(?<![\\p{L}\\p{N}])(?:1[ .-])?${digit}{3}(?:[.-]|[)] ?| (?=${digit}{3} ))${digit}{3}[ .-]${digit}{4}(?!${digit})`,
    `(?<![\\p{L}\\p{N}.-])${digit}{3}[-]${digit}{4}(?![\\p{L}\\p{N}-])`,
    // 98765 43210
    `(?<![\\p{L}\\p{N}])[6-9]${digit}{4} ${digit}{5}(?![\\p{L}\\p{N}])`,
    // nothing but digits
    `(?<![\\p{L}\\p{N}.,])${digit}{9,15}(?![\\p{L}\\p{N}])`,
  ].join('|'),
  'gu',
);
const minPhoneDigits = 7;

/** Every email address, link, phone number and handle in a text. */
export function findAddresses(text: string): PersonalData[] {
  const phones = Array.from(text.matchAll(dateOrPhone)).flatMap(({ 0: number, index: begin, groups }) => {
    const isPhone = groups?.date === undefined && number.replace(/\P{Nd}/gu, '').length >= minPhoneDigits;
    return isPhone ? [{ kind: 'phone' as const, begin, end: begin + number.length }] : [];
  });
  return [
    ...findAll(text, email, 'email'),
    ...findAll(text, link, 'link').map((found) => trimmed(text, found)),
    ...phones,
    ...findAll(text, handle, 'handle'),
  ];
}

/** A sentence's own punctuation mark after a link is not part of it. */
function trimmed(text: string, { kind, begin, end }: PersonalData): PersonalData {
  let last = end;
  while (last > begin + 1 && /[.,;:!?)'\]]/.test(text.charAt(last - 1))) last -= 1;
  return { kind, begin, end: last };
}
