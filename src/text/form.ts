import type { Complaint } from '../core/prompt/command/command-problems.js';
import type { DraftPost } from '../core/prompt/draft.js';
import type { LanguageDoubt } from '../core/prompt/language/check-language.js';
import { wholeNumber } from './numbers.js';

/** What a person reads in the modals. Plain text. */
export const formWords = {
  title: 'Imagine',
  draw: 'Draw',
  close: 'Cancel',
  opening: 'One moment.',
  readingPost: 'Reading the post with Amazon Comprehend to propose a prompt. This takes a few seconds.',
  findingBatch: 'Looking up these pictures.',
  prompt: 'What should be in the picture?',
  promptHint: 'The subject, the place, the light, the style.',
  negativePrompt: 'What should be left out?',
  negativePromptHint: 'For example: text, people.',
  aspectRatio: 'Shape',
  style: 'Style',
  noStyle: 'No special style',
  model: 'Model',
  seed: 'Seed',
  seedHint: 'The same seed and words give the same picture again. Leave it empty for new ones.',
  useOwnWords: "Start again from the post's own words",
  unknownForm: 'I cannot find what belongs to this form. Press Draw again, or copy your words into a new one.',
  wrote: ' wrote:',
  noWords: 'This post has no words to read. Tell me what to draw.',
  onlyBeginning:
    'Only the beginning of your words fits in the field. Leave it as it is to draw from all of them; what you change is drawn as it stands.',
  ownWordsGone: 'The words of the post are not at hand any more. Close this and choose the post again.',
  notSavedYet: 'This takes longer than usual. Please try again in a moment.',
  asSetUp: 'As set up here',
  settingsTitle: 'Your defaults',
  saveSettings: 'Save',
  settingsIntro: 'Used whenever you do not say otherwise. Only for you, in this workspace.',
  whereWordsGo: 'Your words go to the model when you press Draw, and no earlier.',
  postWasSent: 'The post was sent to Amazon Comprehend to be read.',
} as const;

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

/** The English name of a language by its code; undefined for one that has none. */
function languageName(code: string): string | undefined {
  try {
    return languageNames.of(code);
  } catch {
    return undefined; // not a language code at all
  }
}

export function doubtSentence({ language, model }: LanguageDoubt): string {
  const name = language && languageName(language);
  return `${name ? `This looks like ${name}.` : 'This does not look like English.'} ${model} reads English only and often refuses or misreads other languages. Nothing has been drawn yet: change the words, or press Draw to try them as they are.`;
}

export function costSentence(count: number, cost: string | undefined): string {
  return `${count === 1 ? 'One picture is' : `${count} pictures are`} drawn${cost ? `, for ${cost}` : ''}.`;
}

/** Who gets to read what, and when: a post that was to be analysed has left the house before the form is there. */
export function privacySentence(post: DraftPost | undefined): string {
  const wasSent = post !== undefined && post.text !== '' && post.notRead !== 'off';
  return wasSent ? `${formWords.postWasSent} ${formWords.whereWordsGo}` : formWords.whereWordsGo;
}

const moods: Record<NonNullable<DraftPost['mood']>, string> = {
  positive: 'happy',
  negative: 'sad or worried',
  mixed: 'mixed',
  neutral: 'neutral',
};

const reasons: Record<NonNullable<DraftPost['notRead']>, string> = {
  off: 'Here are the post’s own words.',
  unsupported_language: 'Posts in this language cannot be analysed, so here are the post’s own words.',
  throttled: 'The service that reads posts is busy, so here are the post’s own words.',
  denied: 'This app may not have posts analysed, so here are the post’s own words.',
  timed_out: 'Reading the post took too long, so here are the post’s own words.',
  unavailable: 'The service that reads posts is not available, so here are the post’s own words.',
};

/** What was found out about the post, or why nothing was; undefined where there is nothing to say. */
export function postFindings({ mood, language, notRead, text }: DraftPost): string | undefined {
  if (text === '') return formWords.noWords;
  const name = language && languageName(language);
  const facts = [mood && `Mood: ${moods[mood]}`, name && `Language: ${name}`].filter(Boolean).join(' · ');
  return [facts, notRead && reasons[notRead]].filter(Boolean).join('. ') || undefined;
}

/** What is wrong with one field, and what it takes. */
export function fieldSentence(complaint: Complaint): string {
  switch (complaint.problem) {
    case 'empty':
      return 'Tell me what to draw.';
    case 'too_long':
      return `This is ${wholeNumber(complaint.given)} characters long, and ${complaint.model} takes ${wholeNumber(complaint.allowed)}. Please shorten it.`;
    case 'not_in_range':
      return `Give a whole number from ${complaint.allowed.min} to ${complaint.allowed.max}, or leave it empty.`;
    case 'shape_not_available':
      return `${complaint.model} does not draw ${complaint.given}. The nearest is ${complaint.nearest}.`;
    default:
      return 'This choice is not available any more. Please choose another.';
  }
}
