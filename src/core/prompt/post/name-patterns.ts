import { looksEnglish } from '../language/prompt-language.js';
import { isEnglishName, isEnglishWord } from '../language/word-lists.js';
import { findAll, type PersonalData } from './found-data.js';
import { cyrillicNames, isBeforeSurname, isGivenName, mayBeGivenName } from './given-names.js';

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
  /[\p{Script=Han}\p{Script=Katakana}ー]{1,8}(?<![客皆神母父奥王仏姫兄姉娘屋者員店隊々人家族模仕同多異各外有摂華彼])(?=さん|様|氏|先生|女士|小姐)|(?<![\p{L}])\p{Script=Hangul}{2,4}(?= ?씨(?!\p{L}))/gu;

/** "Анна Иванова", and a Japanese surname that is no word as well, with what follows it: "佐藤花子". */
const inOtherScripts = new RegExp(
  [
    `(?<!\\p{L})(?:${cyrillicNames})(?: \\p{Lu}\\p{Ll}+)?(?!\\p{L})`,
    '(?:佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|山本|中村|小林|加藤|吉田|佐々木|斎藤|斉藤|阿部|藤田|後藤|岡田|長谷川|近藤|藤井)(?![県市町村区寺山川公駅店])\\p{Script=Han}{0,2}',
  ].join('|'),
  'gu',
);

/** By its beginning. */
export const readsEnglish = (text: string): boolean => looksEnglish(text.slice(0, 1_000)).english;

/**
 * Names as a reader would guess them. In a language that capitalizes every noun, only given names and titles tell.
 * @param onlySure a detector has looked already: only a given name with a surname, or after a title, is one that it missed
 */
export function namesByPattern(text: string, onlySure: boolean): PersonalData[] {
  const isEnglish = readsEnglish(text);
  const guessed = [titled, withHonorific, inOtherScripts].flatMap((pattern) => findAll(text, pattern, 'name'));
  const likely = findAll(text, nameLike, 'name').flatMap((found) =>
    partThatNames(text, found, { onlySure, guesses: isEnglish && !onlySure }),
  );
  if (onlySure) return [...guessed, ...likely, ...signedBy(text)];
  const afterGreeting = Array.from(text.matchAll(greeted)).flatMap(({ 0: all, index, groups }) => {
    const name = groups?.name ?? '';
    const begin = index + all.length - name.length;
    const first = firstOf(name);
    const isUnknown = isEnglish && !isEnglishWord(first.toLowerCase()) && !isEnglishName(first.toLowerCase());
    const isName = isUnknown || isGivenName(first) || mayBeGivenName(first);
    return !isName ? [] : [{ kind: 'name' as const, begin, end: begin + name.length }];
  });
  return [...guessed, ...afterGreeting, ...likely, ...signedBy(text)];
}

const firstOf = (name: string): string => name.split(/[ \u00a0]/u)[0] ?? '';

interface Trust {
  onlySure: boolean;
  guesses: boolean;
}

/** "San Francisco" is no one. */
const saint = /(?:San|Santa|Santo|São|Saint|Sankt|St\.?)[ \u00a0]$/u;

/** "Meet Ana Silva": from the given name on. "Oyelaran Babatunde": two words that no English dictionary has. */
function partThatNames(text: string, { begin, end }: PersonalData, { onlySure, guesses }: Trust): PersonalData[] {
  const words = Array.from(text.slice(begin, end).matchAll(/[^ \u00a0]+/gu));
  const isInside = /[\p{L}\p{N},&] $/u.test(text.slice(Math.max(0, begin - 2), begin));
  const first = words.find(({ 0: word, index }, position) => {
    if (saint.test(text.slice(Math.max(0, begin + index - 7), begin + index))) return false;
    const next = words[position + 1]?.[0].toLowerCase();
    if (next && isBeforeSurname(word) && !isEnglishWord(next)) return true;
    if (onlySure) return false;
    return isGivenName(word) || (mayBeGivenName(word) && !next && (isInside || index > 0));
  });
  if (first) return [{ kind: 'name', begin: begin + first.index, end }];
  if (!guesses) return [];
  const isUnknown = ({ 0: word }: RegExpMatchArray) =>
    !isEnglishWord(word.toLowerCase()) && !isEnglishName(word.toLowerCase());
  const unknown = words.filter((word) => word[0].length > 2 && /\p{Ll}/u.test(word[0]) && isUnknown(word));
  return unknown.length >= 2 && unknown.length === words.length ? [{ kind: 'name', begin, end }] : [];
}
