import { latinLanguages, negativeWords, positiveWords, smallWordsOf, verbs } from './words.js';

/** Scripts that one language of Comprehend's list uses far more than others. */
const scripts: readonly [language: string, script: RegExp][] = [
  ['ko', /\p{Script=Hangul}/gu],
  ['ja', /[\p{Script=Hiragana}\p{Script=Katakana}]/gu],
  ['ar', /\p{Script=Arabic}/gu],
  ['hi', /\p{Script=Devanagari}/gu],
  ['ru', /\p{Script=Cyrillic}/gu],
  ['zh', /\p{Script=Han}/gu],
];

/** The languages of a text, the likeliest first. */
export function detectLanguages(text: string): { LanguageCode: string; Score: number }[] {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  for (const [LanguageCode, script] of scripts) {
    const share = (text.match(script)?.length ?? 0) / letters;
    if (share > (LanguageCode === 'ja' ? 0.1 : 0.3)) return [{ LanguageCode, Score: 0.98 }];
  }
  const words = text.toLowerCase().match(/[\p{L}']+/gu) ?? [];
  const hits = latinLanguages.map((language) => {
    const small = smallWordsOf(language);
    return { language, count: words.filter((word) => small.has(word)).length ** 3 }; // neighbors share many small words
  });
  const total = hits.reduce((sum, { count }) => sum + count, 0);
  if (total === 0) return [{ LanguageCode: 'en', Score: 0.4 }];
  const certainty = Math.min(0.99, 0.75 + total / 100);
  return hits
    .filter(({ count }) => count / total > 0.08)
    .sort((one, other) => other.count - one.count)
    .map(({ language, count }) => ({ LanguageCode: language, Score: certainty * (count / total) }));
}

/** Words that turn the next ones into their opposite. */
const negations = new Set(['not', 'no', 'never', "don't", "isn't", "wasn't", "didn't", "can't"]);

/** Counts English words, and emoji, that feel good and that feel bad. The four scores add up to 1. */
export function detectSentiment(text: string) {
  const words = text.toLowerCase().match(/[\p{L}']+|\p{Extended_Pictographic}/gu) ?? [];
  const felt = words.map((word, index) => {
    const value = Number(positiveWords.has(word)) - Number(negativeWords.has(word));
    return words.slice(Math.max(0, index - 2), index).some((before) => negations.has(before)) ? -value : value;
  });
  const positive = felt.filter((value) => value > 0).length;
  const negative = felt.filter((value) => value < 0).length;
  const weights = {
    Positive: positive + 0.03,
    Negative: negative + 0.03,
    Neutral: positive + negative === 0 ? 1.5 : 0.3,
    Mixed: 1.6 * Math.min(positive, negative) + 0.02,
  };
  const total = Object.values(weights).reduce((sum, weight) => sum + weight, 0);
  const scores = Object.entries(weights).map(([kind, weight]) => [kind, weight / total] as const);
  const [likeliest = 'Neutral'] = scores.toSorted(([, one], [, other]) => other - one)[0] ?? [];
  return { Sentiment: likeliest.toUpperCase(), SentimentScore: Object.fromEntries(scores) };
}

interface Word {
  text: string;
  begin: number;
  end: number;
}

const maxWordsOfPhrase = 5;

/** Articles and owners, which Comprehend keeps at the head of a phrase. */
const heads = new Set(
  `the a an this these our your my their his her its el la los las un una le les une des der die das den ein eine einen il lo
   gli o os as um uma`.split(/\s+/),
);

/** Runs of words that are neither small words nor, in English, common verbs. */
export function detectKeyPhrases(text: string, language: string) {
  const small = smallWordsOf(language);
  const ends = (word: string) => small.has(word) || (language === 'en' && verbs.has(word));
  return wordRuns(text, language)
    .flatMap((run) => splitRun(run, ends))
    .map(({ begin, end }) => {
      const phrase = text.slice(begin, end);
      return {
        Text: phrase,
        Score: 0.9 + 0.0999 * (1 - 1 / (1 + phrase.length / 4)), // longer phrases are surer
        // Comprehend counts Unicode code points, not UTF-16 units.
        BeginOffset: [...text.slice(0, begin)].length,
        EndOffset: [...text.slice(0, end)].length,
      };
    });
}

/** Words between punctuation marks, with their positions in the text. */
function wordRuns(text: string, language: string): Word[][] {
  const segmenter = new Intl.Segmenter(language, { granularity: 'word' });
  const runs: Word[][] = [[]];
  for (const { segment, index, isWordLike } of segmenter.segment(text)) {
    if (isWordLike) runs.at(-1)?.push({ text: segment.toLowerCase(), begin: index, end: index + segment.length });
    else if (!/^[ \t'’-]+$/.test(segment)) runs.push([]);
  }
  return runs;
}

function splitRun(run: readonly Word[], ends: (word: string) => boolean): { begin: number; end: number }[] {
  const phrases: Word[][] = [];
  for (const [index, word] of run.entries()) {
    if (ends(word.text)) continue;
    const before = run[index - 1];
    const open = phrases.at(-1);
    if (open && open.at(-1) === before && open.length < maxWordsOfPhrase) open.push(word);
    else phrases.push(before && heads.has(before.text) && ends(before.text) ? [before, word] : [word]);
  }
  return phrases.map((words) => ({ begin: words[0]?.begin ?? 0, end: words.at(-1)?.end ?? 0 }));
}
