import type { ValidationIssue } from '../core/prompt/command/flags.js';
import type { DraftPost } from '../core/prompt/draft.js';
import type { LanguageDoubt } from '../core/prompt/language/prompt-language.js';
import { joinFacts, wholeNumber, words } from './batch.js';

/** What a user reads in the forms. Plain text. */
export const formWords = {
  title: 'Imagine',
  draw: 'Draw',
  close: 'Cancel',
  opening: 'One moment.',
  writing:
    'Writing three prompts for you to choose from. This takes a few seconds. You can use the form in the meantime.',
  reading: 'Reading the text to suggest a prompt. This takes a few seconds. You can use the form in the meantime.',
  writingAgain: 'Writing new ideas. This takes a few seconds. You can still use the ones below.',
  choice: 'What to draw',
  oneOfEach: (count: number) => (count > 3 ? 'One of each, and a second take on the first' : 'One of each'),
  fromThePost: 'From the post',
  fromYourText: 'From your text',
  idea: (number: number) => `Idea ${number}`,
  ownPrompt: 'Your own words',
  ownPromptHint: 'Drawn instead of the first idea, or if you choose “Your own words” above.',
  chosenPromptHint: 'Drawn if you choose “Your own words” above.',
  newIdeas: 'New ideas',
  translation: 'Prompts in other languages',
  translate: 'Translate them to English',
  askFirst: 'Ask me first',
  findingBatch: 'Finding these images.',
  prompt: 'What should be in the image?',
  promptHint: 'Describe the subject, the place, the light, the style.',
  negativePrompt: 'What should be left out?',
  negativePromptHint: 'For example: text, people.',
  aspectRatio: 'Aspect ratio',
  style: 'Style',
  noStyle: 'No style',
  model: 'Model',
  seed: 'Seed',
  seedHint: 'The same seed and prompt give the same image again. Leave it empty for new images.',
  image: 'An image to work from',
  imageHint: 'PNG, JPEG or WebP, up to 10 MB. With an image, the aspect ratio and the model below are not used.',
  imageUse: 'How to use the image',
  imageUseHint: 'With the image, the aspect ratio and the model below are not used.',
  imageNotUsed: 'Do not use it',
  imageOfPost: 'This post has an image. Choose below how to use it.',
  imageKept: 'The image is kept. Choose below how to use it.',
  imageCost: 'With an image, the price beside its use applies.',
  imageTooLarge: 'This image is larger than 10 MB. Please use a smaller one.',
  imageOfOtherKind: 'I can read PNG, JPEG and WebP images. Please use one of those.',
  useOwnWords: "Use the post's own text",
  useTyped: 'Use the text I typed',
  unknownForm: "I can no longer find this form's data. Press Draw again, or copy your prompt into a new form.",
  wrote: ' wrote:',
  noWords: 'This post has no text. Tell me what to draw.',
  onlyBeginning:
    'Only the beginning of your text fits in this field. Leave it unchanged to draw from all of it; if you change it, only what you see is used.',
  ownWordsGone: 'The text is no longer available. Close this form and start again.',
  visibility: 'Who sees new images',
  everyone: 'Everyone in the conversation',
  onlyMe: 'Only me, until I share one',
  promptGoes: 'Your prompt goes to the image model when you press Draw, not before.',
  onlyYouSee: 'Only you will see these images, until you share one.',
  notSavedYet: 'This takes longer than usual. Please try again in a moment.',
  asSetUp: 'Workspace default',
  settingsTitle: 'Your defaults',
  saveSettings: 'Save',
  settingsIntro: 'Used unless your request says otherwise. They apply only to you, in this workspace.',
} as const;

const languageNames = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'none' });

function languageName(code: string): string | undefined {
  try {
    return languageNames.of(code);
  } catch {
    return undefined; // not a language code
  }
}

export function doubtSentence({ language, model }: LanguageDoubt): string {
  const name = language && languageName(language);
  return `${name ? `This looks like ${name}.` : 'This does not look like English.'} ${model} reads English only and often refuses or misreads other languages. Nothing has been drawn yet: change the prompt, or press Draw to try it as it is.`;
}

export function costSentence(count: number, cost: string | undefined): string {
  return `Draws ${count === 1 ? 'one image' : words.images(count)}${cost ? `, for ${cost}` : ''}.`;
}

/** Where a text goes while its form is open: nothing is sent before the form says so. '' if it goes nowhere. */
export function privacySentence({ sentTo = [], isTyped }: DraftPost): string {
  const name = isTyped ? 'Your text' : "The post's text";
  const analysis = sentTo.includes('analysis') && `${name} goes to Amazon Comprehend for analysis.`;
  const what = 'without the names, phone numbers, email addresses and links found in it,';
  const writer = sentTo.includes('writer') && `${name}, ${what} goes to the model that writes prompts.`;
  return [analysis, writer].filter(Boolean).join(' ');
}

const moods: Record<NonNullable<DraftPost['mood']>, string> = {
  positive: 'happy',
  negative: 'sad or worried',
  mixed: 'mixed',
  neutral: 'neutral',
};

const tellAdministrator = 'Please tell your Imagine administrator.';

/** Of the writer. Nothing to say if it is off. */
const writerFailures: Readonly<Record<NonNullable<DraftPost['notWritten']>, string>> = {
  off: '',
  denied: `Imagine does not have access to the model that writes prompts. ${tellAdministrator}`,
  throttled: 'The model that writes prompts is busy.',
  timed_out: 'Writing prompts took too long.',
  unusable: 'The model that writes prompts gave no usable answer.',
  unavailable: 'The model that writes prompts is not available.',
};

const notRead: Record<NonNullable<DraftPost['notRead']>, string> = {
  off: '',
  unsupported_language: 'Texts in this language cannot be analyzed.',
  throttled: 'Amazon Comprehend is busy.',
  denied: `Imagine does not have access to Amazon Comprehend. ${tellAdministrator}`,
  timed_out: 'Reading the text took too long.',
  unavailable: 'Amazon Comprehend is not available.',
};

/** What the proposed prompt is, if no writer wrote it. */
const sources: Record<Exclude<NonNullable<DraftPost['from']>, 'writer'>, string> = {
  key_phrases: 'This prompt was put together from key phrases of the text. You can edit it.',
  first_sentence: 'This prompt is taken from the beginning of the text. You can edit it.',
  nothing: 'I found nothing to draw in the text. Tell me what to draw.',
};

/** What is known of the post, where the proposal comes from, and why from there; undefined if there is nothing to say. */
export function postFindings(post: DraftPost): string | undefined {
  const { mood, language, from, isWriting } = post;
  if (post.text === '') return formWords.noWords;
  const name = language && languageName(language);
  const findings = joinFacts([mood && `Mood: ${moods[mood]}`, name && `Language: ${name}`]);
  const reasons = from === 'writer' ? [] : [failureSentence(post), from && sources[from]];
  return [findings && `${findings}.`, ...(isWriting ? [] : reasons)].filter(Boolean).join(' ') || undefined;
}

/** The analysis is worth a word only if nothing was written, and its failure made the proposal worse. */
function failureSentence({ from, ...post }: DraftPost): string {
  const ofWriter = post.notWritten ? writerFailures[post.notWritten] : '';
  const ofAnalysis = post.notRead && from !== 'key_phrases' ? notRead[post.notRead] : '';
  return [ofWriter, ofAnalysis].filter(Boolean).join(' ');
}

/** "New ideas" failed: the ones that are there still are. */
export function noNewIdeas(reason: NonNullable<DraftPost['notWritten']>): string {
  return `${writerFailures[reason] || 'New ideas are turned off here.'} You can still use the ideas below.`;
}

export function fieldSentence(issue: ValidationIssue): string {
  switch (issue.problem) {
    case 'empty':
      return 'Tell me what to draw.';
    case 'too_long':
      return `This is ${wholeNumber(issue.given)} characters long, and ${issue.model} takes ${wholeNumber(issue.allowed)}. Please shorten it.`;
    case 'not_a_seed':
      return 'Use a whole number, such as 42, or leave it empty.';
    case 'aspect_ratio_not_available':
      return `${issue.model} does not draw ${issue.given}. The nearest is ${issue.nearest}.`;
    default:
      return 'This choice is no longer available. Please choose another.';
  }
}

/** What was typed into a form that has closed, for its user to copy. */
export function withTyped(sentence: string, typed: readonly (string | undefined)[]): string {
  const texts = typed.filter(Boolean);
  return texts.length > 0 ? `${sentence}\nYou wrote: ${texts.join(' · ')}` : sentence;
}
