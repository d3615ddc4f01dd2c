import { looksEnglish } from '../language/prompt-language.js';
import { isEnglishName, isEnglishWord } from '../language/word-lists.js';
import { findAll, type PersonalData } from './found-data.js';
import { isGivenName, mayBeGivenName } from './given-names.js';

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

/** "Анна Иванова", and a Japanese surname that is no word as well, with what follows it: "佐藤花子". */
const inOtherScripts =
  /(?<!\p{L})\p{Script=Cyrillic}(?<=\p{Lu})\p{Ll}+ \p{Script=Cyrillic}(?<=\p{Lu})\p{Ll}+|(?:佐藤|鈴木|高橋|田中|伊藤|渡辺|渡邊|山本|中村|小林|加藤|吉田|山田|佐々木|斎藤|斉藤|清水|山崎|池田|橋本|阿部|石川|前田|藤田|小川|後藤|岡田|長谷川|近藤|藤井)\p{Script=Han}{0,2}/gu;

/** So much of a text tells its language. */
const maxJudged = 1_000;

/**
 * Names as a reader would guess them. In a language that capitalizes every noun, only given names and titles tell.
 * @param guesses whether two words that no English dictionary has are a name too
 */
export function namesByPattern(text: string, guesses: boolean): PersonalData[] {
  const isEnglish = looksEnglish(text.slice(0, maxJudged)).english;
  const guessed = [titled, withHonorific, inOtherScripts].flatMap((pattern) => findAll(text, pattern, 'name'));
  const afterGreeting = Array.from(text.matchAll(greeted)).flatMap(({ 0: all, index, groups }) => {
    const name = groups?.name ?? '';
    const begin = index + all.length - name.length;
    const isName = isEnglish ? !isEnglishWord(firstOf(name).toLowerCase()) : isGivenName(firstOf(name));
    return !isName ? [] : [{ kind: 'name' as const, begin, end: begin + name.length }];
  });
  const likely = findAll(text, nameLike, 'name').flatMap((found) => partThatNames(text, found, isEnglish && guesses));
  return [...guessed, ...afterGreeting, ...likely, ...signedBy(text)];
}

const firstOf = (name: string): string => name.split(/[ \u00a0]/u)[0] ?? '';

const monthAndDay = /^J[au]n ?\p{Nd}/u;

/** "Meet Ana Silva": from the given name on. "Oyelaran Babatunde": two words that no English dictionary has. */
function partThatNames(text: string, { begin, end }: PersonalData, guesses: boolean): PersonalData[] {
  const words = Array.from(text.slice(begin, end).matchAll(/[^ \u00a0]+/gu));
  const before = text.slice(Math.max(0, begin - 8), begin);
  const isInside = /[\p{L}\p{N},&] $/u.test(before) && !/\b(?:in|near|across) $/u.test(before); // "in Florence"
  const first = words.find(
    ({ 0: word, index }, position) =>
      (isGivenName(word) && !monthAndDay.test(text.slice(begin + index, begin + index + 5))) ||
      (mayBeGivenName(word) &&
        (isInside || index > 0 || words.slice(position + 1).some(({ 0: next }) => !isEnglishWord(next.toLowerCase())))),
  );
  if (first) return [{ kind: 'name', begin: begin + first.index, end }];
  if (!guesses) return [];
  const isUnknown = ({ 0: word }: RegExpMatchArray) =>
    !isEnglishWord(word.toLowerCase()) && !isEnglishName(word.toLowerCase());
  const unknown = words.filter((word) => word[0].length > 2 && /\p{Ll}/u.test(word[0]) && isUnknown(word));
  return unknown.length >= 2 && unknown.length === words.length ? [{ kind: 'name', begin, end }] : [];
}
