import type { DraftPost } from '../draft.js';
import { looksEnglish } from '../language/prompt-language.js';
import { isEnglishWord } from '../language/word-lists.js';
import { countWords, cutToWords, maxPromptWords } from '../prompt-words.js';
import { firstSentence } from './first-sentence.js';
import type { PersonalData } from './found-data.js';
import { chooseKeyPhrases, type KeyPhrase, withoutAddresses } from './key-phrases.js';
import { withoutNames, withoutPersonalData } from './personal-data.js';
import { isPlace, isQuoted, leadTo, lightOf, townOf } from './scene.js';

export type Mood = NonNullable<DraftPost['mood']>;

/** How certain each mood of a post is; the four add up to 1. */
export type Sentiment = Readonly<Record<Mood, number>>;

/** What an analysis knows of a post; a part that is missing could not be had. */
export interface PostAnalysis {
  /** ISO 639-1, or "zh-TW". */
  language?: string | undefined;
  sentiment?: Sentiment | undefined;
  keyPhrases: readonly KeyPhrase[];
  /** What a detector of personal data found in the text; undefined if none looked, and patterns have to do. */
  personalData?: readonly PersonalData[] | undefined;
  /** Why nothing more is known than the language, if that. */
  notRead?: DraftPost['notRead'];
  /** The error that a part, or all of it, is missing for, for the operator's log. */
  cause?: unknown;
}

/** Light and color that carry the mood; a neutral post needs none. */
const moodSentences: Readonly<Record<Mood, string>> = {
  positive: 'The mood is joyful, with bright, warm light.',
  negative: 'The mood is somber, with soft, muted colors.',
  mixed: 'The mood is bittersweet, with light and shadow side by side.',
  neutral: '',
};

/** A mood needs more than half of the scores: below, the analysis itself is unsure. */
const minMoodScore = 0.5;
/** As for every phrase: below, the analysis itself doubts it. */
const minPlaceScore = 0.5;

/** en-GB: no comma before "and". */
const list = new Intl.ListFormat('en-GB', { type: 'conjunction' });

export interface PostPrompt {
  prompt: string;
  mood: Mood | undefined;
  /** What the prompt is made of. */
  from: 'key_phrases' | 'first_sentence' | 'nothing';
}

/** A post and its key phrases without personal data. */
export interface CleanPost extends Pick<PostAnalysis, 'language' | 'sentiment' | 'keyPhrases'> {
  text: string;
  /** The names that were taken out. */
  names: readonly string[];
}

export function cleanPost(text: string, { language, sentiment, keyPhrases, personalData }: PostAnalysis): CleanPost {
  const { text: clean, names } = withoutPersonalData(text, personalData);
  const known = keyPhrases.map(({ text: phrase, score }) => ({ text: withoutNames(phrase, names), score }));
  const shown = known.filter(({ text: phrase }) => phrase !== '' && !wasTakenOut(phrase, { text, clean }));
  return { text: clean, names, language, sentiment, keyPhrases: shown };
}

/**
 * A post as a prompt without a model that writes: its place and light, then its surest key phrases, in its mood. A post that
 * was not read, or that is not English, is its first sentence. At most 60 words and `promptLimit` UTF-16 units; the weakest
 * phrases give way first, then the mood. Empty only for a post without words. In the post's own language if that is not English.
 */
export function promptFromPost(
  { text: post, language, sentiment, keyPhrases }: CleanPost,
  promptLimit: number,
): PostPrompt {
  const mood = moods.find((candidate) => sentiment && sentiment[candidate] > minMoodScore);
  const fits = (prompt: string) => prompt.length <= promptLimit && countWords(prompt) <= maxPromptWords;
  const phrases = language === undefined || language === 'en' ? choosePhrases(keyPhrases, post) : [];
  const scenes = phrases.map((_, index) => describeScene(phrases.slice(0, index + 1), post));
  const withMoods = scenes.toReversed().map((words) => withMood(words, mood, lightOf(post) !== undefined));
  const scene = [...withMoods, ...scenes.slice(0, 1)].find(fits);
  if (scene !== undefined) return { prompt: scene, mood, from: 'key_phrases' };
  const sentence = promptFromOwnWords(cutToWords(firstSentence(post)), promptLimit);
  const isForeign = language === undefined ? !looksEnglish(sentence).english : language !== 'en';
  if (sentence === '') return { prompt: '', mood, from: 'nothing' };
  const told = isForeign ? sentence : [withMood(sentence, mood), sentence].find(fits);
  return { prompt: told ?? sentence, mood, from: 'first_sentence' };
}

/** Whether a phrase of the text went with the personal data, such as a part of an address. */
function wasTakenOut(phrase: string, { text, clean }: { text: string; clean: string }): boolean {
  const wanted = onOneLine(phrase);
  return onOneLine(text).includes(wanted) && !onOneLine(clean).includes(wanted);
}

const onOneLine = (text: string): string => text.replace(/\s+/gu, ' ').trim().toLowerCase();

/** The first place that the post names is where everything else is, however sure the analysis is of it. */
function choosePhrases(keyPhrases: readonly KeyPhrase[], post: string): string[] {
  const shown = keyPhrases.filter(({ text }) => !isQuoted(text, post));
  const places = shown.filter(({ text, score }) => score >= minPlaceScore && isPlace(text) && post.includes(text));
  const place = places.sort((a, b) => post.indexOf(a.text) - post.indexOf(b.text))[0];
  return chooseKeyPhrases(shown.map((phrase) => (phrase === place ? { ...phrase, score: 1 } : phrase)));
}

/** "At the cabin, in soft morning light: the first snow, dark chocolate and orange peel." */
function describeScene(phrases: readonly string[], post: string): string {
  const light = lightOf(post);
  const place = phrases.find(isPlace);
  const lead = place && leadTo(place, post);
  const town = townOf(post);
  const where = place ? (lead ? `${lead} ${withArticle(place)}` : withArticle(place)) : town && `in ${town}`;
  const inTown = where && town && !where.includes(town) ? ` in ${town}` : '';
  const things = phrases.filter((phrase) => phrase !== place && phrase !== town).map(asThing);
  const opening = [`${where ?? ''}${inTown}`, light && !(where ?? '').includes(light) ? light : '']
    .filter(Boolean)
    .join(', ');
  if (opening === '') return sentenceOf(list.format(things));
  return sentenceOf(things.length === 0 ? opening : `${opening}: ${list.format(things)}`);
}

const owner = /^(?:our|my|your|his|her|their|its|this|that|these|those|some|every|each|another|all)(?:\s+own)?\s+/iu;

const imperative = /^(?:add|ask|bake|check|fold|join|meet|mix|pour|send|serve|see|stir|visit|whisk)\s+(?=\p{L})/iu;

/** "our new roof garden" → "a new roof garden": an image knows no owner. Nor does it care how a sentence began. */
function withArticle(phrase: string): string {
  const bare = phrase.replace(owner, '');
  if (bare === phrase || /^(?:a|an|the)\s/iu.test(bare) || /s$/u.test(bare)) return bare;
  return `${/^[aeiou]/iu.test(bare) ? 'an' : 'a'} ${bare}`;
}

function asThing(phrase: string): string {
  const thing = withArticle(phrase.replace(imperative, ''));
  const [first = ''] = thing.split(' ');
  return isEnglishWord(first.toLowerCase()) && thing.slice(1) === thing.slice(1).toLowerCase()
    ? thing.charAt(0).toLowerCase() + thing.slice(1)
    : thing;
}

function sentenceOf(words: string): string {
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

const moods: readonly Mood[] = ['positive', 'negative', 'mixed', 'neutral'];

function withMood(prompt: string, mood: Mood | undefined, isLit = false): string {
  if (mood === undefined || mood === 'neutral') return prompt;
  if (isLit) return `${prompt} ${moodSentences[mood].replace(/,.*/u, '.')}`;
  return `${prompt}${/[.!?…]["”’»)]?$/u.test(prompt) ? '' : '.'} ${moodSentences[mood]}`;
}

/** The last sentence may leave this much of the limit unused; if more would be lost, words are cut instead. */
const minShare = 0.5;

/**
 * The post's own words as a prompt: on one line, without addresses, cut after a sentence that fits in `limit` (UTF-16 units),
 * else after a word, else after a character as people count them.
 */
export function promptFromOwnWords(text: string, limit: number): string {
  const words = withoutAddresses(text);
  if (words.length <= limit) return words;
  const sentences = cut(words, limit, 'sentence');
  if (sentences.length >= limit * minShare) return sentences;
  return cut(words, limit, 'word') || cut(words, limit, 'grapheme');
}

function cut(text: string, limit: number, granularity: 'sentence' | 'word' | 'grapheme'): string {
  let end = 0;
  for (const { index, segment } of new Intl.Segmenter('und', { granularity }).segment(text)) {
    const trimmed = index + segment.trimEnd().length;
    if (trimmed > limit) break;
    end = trimmed;
  }
  return text.slice(0, end).trim();
}
