import { latinLanguages, stopWords } from './words/stop-words.js';

export interface DominantLanguage {
  LanguageCode: string;
  Score: number;
}

/** Scripts that one language of Comprehend's list uses far more than others. The first that fits most letters wins. */
const scripts: readonly [language: string, script: RegExp][] = [
  ['ko', /\p{Script=Hangul}/gu],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['el', /\p{Script=Greek}/gu],
  ['he', /\p{Script=Hebrew}/gu],
  ['th', /\p{Script=Thai}/gu],
];

/** Characters that only traditional, and only Ukrainian, writing has. */
const traditional = /[們這個說時會國學與對為從來見長開門問點體電過還進]/u;
const ukrainian = /[іїєґ]/u;

/** The languages of a text, the likeliest first; the scores sum to no more than 1. */
export function detectLanguages(text: string): DominantLanguage[] {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  if (letters === 0) return [scored('en', 0.3)];
  const han = share(text, /\p{Script=Han}/gu, letters);
  for (const [language, script] of scripts) {
    const found = share(text, script, letters);
    const isJapanese = language === 'ja' && found > 0.1 && found + han > 0.5;
    if (found > 0.5 || isJapanese) return [scored(language === 'ru' && ukrainian.test(text) ? 'uk' : language, 0.98)];
  }
  if (han > 0.3) return [scored(traditional.test(text) ? 'zh-TW' : 'zh', 0.97)];
  return detectLatin(text);
}

function share(text: string, script: RegExp, letters: number): number {
  return (text.match(script)?.length ?? 0) / letters;
}

/** By how many of its words are among the small words of each language; cubed, as neighbours share many of them. */
function detectLatin(text: string): DominantLanguage[] {
  const words = text.toLowerCase().match(/[\p{L}']+/gu) ?? [];
  const hits = latinLanguages.map((language) => {
    const small = stopWords(language);
    return { language, count: words.filter((word) => small.has(word)).length ** 3 };
  });
  const total = hits.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return [scored('en', 0.4)];
  const certainty = Math.min(0.99, 0.75 + total / 100);
  return hits
    .filter(({ count }) => count / total > 0.08)
    .sort((one, other) => other.count - one.count)
    .map(({ language, count }) => scored(language, certainty * (count / total)));
}

function scored(LanguageCode: string, Score: number): DominantLanguage {
  return { LanguageCode, Score };
}
