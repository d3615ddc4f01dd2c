import { englishVerbs } from './words/english-verbs.js';
import { stopWords } from './words/stop-words.js';

export interface KeyPhrase {
  Text: string;
  Score: number;
  /** In Unicode code points, not in the UTF-16 units that JavaScript counts. */
  BeginOffset: number;
  EndOffset: number;
}

interface Word {
  text: string;
  begin: number;
  end: number;
}

/** Words of one noun phrase, the article before it counted. */
const longest = 5;

/** Articles and owners, which Comprehend keeps at the head of a phrase. */
const heads: ReadonlySet<string> = new Set(
  `the a an this these our your my their his her its el la los las un una le les une des der die das den ein eine einen il lo
   gli o os as um uma de het een`.split(/\s+/),
);

/** Runs of words that are neither small words nor, in English, common verbs. */
export function detectKeyPhrases(text: string, language: string): KeyPhrase[] {
  const small = stopWords(language);
  const ends = (word: string) => small.has(word) || (language === 'en' && englishVerbs.has(word));
  const phrases = wordRuns(text, language).flatMap((run) => splitRun(run, ends));
  const points = codePointOffsets(text);
  return phrases.map(({ begin, end }) => {
    const phrase = text.slice(begin, end);
    return { Text: phrase, Score: scoreOf(phrase), BeginOffset: points(begin), EndOffset: points(end) };
  });
}

/** Words between punctuation marks, with their places in the text. */
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
    if (open && open.at(-1) === before && open.length < longest) open.push(word);
    else phrases.push(before && ends(before.text) && heads.has(before.text) ? [before, word] : [word]);
  }
  return phrases.map((words) => ({ begin: words[0]?.begin ?? 0, end: words.at(-1)?.end ?? 0 }));
}

/** From UTF-16 offsets to code points. */
function codePointOffsets(text: string): (offset: number) => number {
  const pairs: number[] = [];
  for (const { index } of text.matchAll(/[\u{10000}-\u{10ffff}]/gu)) pairs.push(index);
  return (offset) => offset - pairs.filter((index) => index < offset).length;
}

/** Longer phrases are surer; always above 0.9. */
function scoreOf(phrase: string): number {
  return 0.9 + 0.0999 * (1 - 1 / (1 + phrase.length / 4));
}
