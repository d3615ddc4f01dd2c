import type { ModelInfo } from '../../image-model.js';
import { isShared, languagesHinted } from './word-hints.js';
import { isEnglishName, isEnglishWord, isWeak, languagesTold } from './word-lists.js';

export interface LanguageDoubt {
  /** ISO 639-1, if it is certain enough to be named. */
  language: string | undefined;
  /** The label of the first model that reads English only. */
  model: string;
}

/** Asked before any image is paid for. */
export function doubtLanguage(prompt: string, models: readonly ModelInfo[]): LanguageDoubt | undefined {
  const model = models.find(({ readsEnglishOnly }) => readsEnglishOnly);
  const { english, language } = looksEnglish(prompt);
  return model && !english ? { model: model.label, language } : undefined;
}

/**
 * Prompts are short, full of names, brands, borrowed words and typing mistakes, and statistical detectors guess wildly below
 * a sentence, and the better ones take 50 MB of memory and more. So a foreign prompt has to show it twice: in words that no English
 * dictionary has, and in words that tell one language. Fewer than three words are never enough ("tikka masala").
 */
const minWords = 3;
/**
 * A telling word weighs two; one that English prompts borrow ("de") weighs one, as does an unknown word with an accent or with
 * an ending of the language.
 */
const minWeight = 2;
/** So many endings of one language name it. */
const minHints = 2;

/**
 * Whether a prompt reads as English, for a warning before money is spent. Local, and in doubt English: a wrong
 * warning annoys more than a missing one. Text in quotation marks is left out: it is to be painted, in any language.
 */
export function looksEnglish(prompt: string): { english: boolean; language?: LanguageDoubt['language'] } {
  const text = prompt.normalize('NFC').replace(/"[^"]*"|“[^“”]*”|«[^«»]*»/gu, ' ');
  const script = judgeScript(text);
  if (!script.isLatin) return { english: false, language: script.language };
  if ((text.match(/\p{L}[\p{L}\p{M}’']*/gu) ?? []).length < minWords) return { english: true };
  const words = wordsOf(text);
  const [best, second] = languagesOf(words);
  const kinds = words.map((word) => kindOf(word, best?.language));
  if (!isForeign(words, kinds)) return { english: true };
  const tells = kinds.includes('telling') || kinds.filter((kind) => kind === 'hinting').length >= minHints;
  const isSure = best !== undefined && tells && best.weight > (second?.weight ?? 0);
  return { english: false, language: isSure ? best.language : undefined };
}

/** Kana comes first, as Japanese uses Han too. Han is Chinese only with its small words; Arabic script only without Persian and Urdu letters. */
const scriptsOfOneLanguage: [RegExp, string][] = [
  [/\p{Script=Hiragana}|\p{Script=Katakana}/u, 'ja'],
  [/\p{Script=Hangul}/u, 'ko'],
  [/\p{Script=Greek}/u, 'el'],
  [/\p{Script=Hebrew}/u, 'he'],
  [/\p{Script=Thai}/u, 'th'],
  [/^(?!.*[پچژگکیےٹڈڑ]).*\p{Script=Arabic}/u, 'ar'],
  // at least two Han characters, one a small word; each part says what it skips, so that no text is searched twice
  [
    /^(?=[^的了和在里是们这个着]*[的了和在里是们这个着])\P{Script=Han}*\p{Script=Han}\P{Script=Han}*\p{Script=Han}/u,
    'zh',
  ],
  [/[їєґ]/u, 'uk'],
];

/** Whether a text is mostly in the Latin script and, if not, the language (ISO 639-1) that its script gives away. */
function judgeScript(text: string): { isLatin: boolean; language?: string | undefined } {
  const letters = text.match(/\p{L}+/gu)?.join('') ?? '';
  const others = letters.replace(/\p{Script=Latin}+/gu, '');
  if (others.length === 0 || others.length * 2 < letters.length) return { isLatin: true };
  return { isLatin: false, language: scriptsOfOneLanguage.find(([script]) => script.test(others))?.[1] };
}

/** Elided articles are words of their own: "l’équipe" is two. "all’" keeps its apostrophe, as "all" alone is English. */
function wordsOf(text: string): string[] {
  const apart = text
    .replace(/(?<!\p{L})([ldn]|un)[’'](?=\p{L})/giu, '$1 ')
    .replace(/(?<!\p{L})((?:a|da|de|ne|su|co)ll)[’'](?=\p{L})/giu, "$1' ");
  return apart.match(/\p{L}[\p{L}\p{M}’']*/gu) ?? [];
}

/** The languages that the words tell, weightiest first. */
function languagesOf(words: string[]): { language: string; weight: number }[] {
  const weights = new Map<string, number>();
  for (const word of words) {
    for (const language of languagesTold(word))
      weights.set(language, (weights.get(language) ?? 0) + (isWeak(word) ? 1 : 2));
  }
  const bySmallWords = new Set(weights.keys());
  for (const word of words.filter(isUnknown)) {
    for (const { language, needsSmallWord } of languagesHinted(word))
      if (!needsSmallWord || bySmallWords.has(language)) weights.set(language, (weights.get(language) ?? 0) + 1);
  }
  return [...weights].map(([language, weight]) => ({ language, weight })).sort((a, b) => b.weight - a.weight);
}

/** In no English dictionary, as a word or a name, and not capitalized like a name. */
function isUnknown(word: string): boolean {
  return (
    word === word.toLowerCase() && !isEnglishWord(word) && !isEnglishName(word) && languagesTold(word).length === 0
  );
}

type Kind = 'telling' | 'borrowed' | 'hinting' | 'english' | 'shared' | 'name' | 'short' | 'accented' | 'unknown';

/** What one word says, if the prompt is in `language`. */
function kindOf(word: string, language: string | undefined): Kind {
  const lower = word.toLowerCase();
  if (language !== undefined && languagesTold(word).includes(language)) return isWeak(word) ? 'borrowed' : 'telling';
  // "en", "i" and "w" are in the dictionary and in half of Europe's sentences
  if (isShared(lower)) return 'shared';
  if (isEnglishWord(lower)) return lower.length < 3 ? 'short' : 'english';
  // an unknown capitalized word is a name too, except in German, which capitalizes every noun
  if (isEnglishName(lower) || (word !== lower && language !== 'de')) return 'name';
  if (languagesHinted(lower).some((hint) => hint.language === language)) return 'hinting';
  if (!/[^\p{ASCII}’]/u.test(lower)) return 'unknown';
  return isEnglishWord(withoutAccents(lower)) ? 'name' : 'accented'; // "café" and "dragón" say nothing
}

/** The dictionary has "cafe" and "pinata" without accents only. */
function withoutAccents(word: string): string {
  return word.normalize('NFD').replace(/\p{M}/gu, '');
}

/** Words that no other language shares, and that hold an English prompt together. */
const surelyEnglish = new Set(['and', 'the', 'with', 'from', 'by', 'this', 'that']);

function isForeign(words: string[], kinds: Kind[]): boolean {
  const count = (...wanted: Kind[]) => kinds.filter((kind) => wanted.includes(kind)).length;
  const telling = count('telling');
  const foreign = telling + count('borrowed', 'hinting', 'accented', 'unknown');
  const english = count('english') + words.filter((word) => surelyEnglish.has(word.toLowerCase())).length;
  if (foreign < (telling > 0 ? 2 : 3) || 2 * telling + count('borrowed', 'hinting', 'accented') < minWeight)
    return false;
  // an English noun phrase ends with its head: "fleur de lis tattoo"
  const last = kinds.at(-1);
  if (last === 'english' || last === 'short' || last === 'shared')
    return telling > 0 && foreign >= 3 && foreign >= 3 * english;
  return foreign >= 2 * english;
}
