import { imagesPerBatch } from '../core/batch/plan-batch.js';
import type { ModelInfo } from '../core/image-model.js';
import type { RequestNote } from '../core/prompt/command/check-request.js';
import { type FlagName, flagNames, type ValidationIssue } from '../core/prompt/command/flags.js';
import { styles } from '../core/prompt/styles.js';
import type { WriteFailure } from '../core/prompt/writer.js';
import { shorten } from '../core/shorten.js';
import { aboutCost, joinFacts, wholeNumber } from './batch.js';

/*
 * What a user reads about a command. Backticks mark what can be typed; `&`, `<` and `>` are as they were typed, so the
 * caller escapes the whole sentence once.
 */

export const commandWords = {
  use: (suggestion: string) => `Use ${suggestion}`,
  useAll: 'Use all',
  didYouMean: (typed: string) => `Did you mean ${code(typed)}? Nothing was drawn.`,
  nothingDrawn: 'Nothing was drawn.',
  tryAgain: 'Try again',
  drawAsIs: 'Draw it as it is',
  open: (name: string): string =>
    name === 'settings' ? 'Open settings' : `Show ${name.replace(/^show ?/, '') || 'history'}`,
  drawAnyway: (text: string) => `Draw “${shorten(text, 40)}”`,
} as const;

/** A longer text would fill the screen. */
const wholeQuoteLimit = 1500;
const firstLineLimit = 150;

export function issuesMessage(issues: readonly ValidationIssue[], text: string, command: string): string {
  const sentences = issues.map((issue) => issueSentence(issue, command));
  if (text.trim() === '') return sentences.join('\n');
  const isOverlong = text.length > wholeQuoteLimit || issues.some(({ problem }) => problem === 'too_long');
  const [firstLine = ''] = text.trim().split('\n', 1);
  const quote = isOverlong
    ? `Your text began: ${code(`${command} ${shorten(firstLine, firstLineLimit)}`)}`
    : `Your text: ${code(`${command} ${text.trim()}`)}`;
  return [...sentences, `Nothing was drawn. ${quote}`].join('\n');
}

export function noteSentence(note: RequestNote): string {
  switch (note.kind) {
    case 'flags_ignored':
      return `${list(note.given.map((given) => shorten(given, 60)))} had no effect: Midjourney's flags are left out here.`;
    case 'style_in_prompt':
      return `The style ${code(shorten(note.given, 60))} was added to your prompt, as I don't know it. I know ${list(note.known)}.`;
  }
}

export function issueSentence(issue: ValidationIssue, command: string): string {
  switch (issue.problem) {
    case 'unknown_flag':
      return `I don't know ${code(issue.given)}. ${unknownFlagAdvice(issue.didYouMean)}`;
    case 'missing_value':
      return `${flagCode(issue)} needs a value, such as ${code(examples[issue.flag])}.`;
    case 'takes_no_value':
      return `${flagCode(issue)} takes no value. Leave out ${code(`=${issue.given}`)}.`;
    case 'repeated':
      return `${flagCode(issue)} appears more than once: ${plain(issue.given)}. Keep one.`;
    case 'not_an_aspect_ratio':
      return `${code(`--${issue.flag} ${issue.given}`)} is not an aspect ratio. Use ${code('--ar 16:9')}, or wide, square or tall.`;
    case 'aspect_ratio_not_available':
      return `${code(`--ar ${issue.given}`)} is not available on ${issue.model}. It takes ${issue.allowed.join(', ')} (nearest: ${issue.nearest}).`;
    case 'unknown_name':
      return `I don't know the ${issue.flag} ${code(issue.given)}. ${issue.didYouMean ? didYouMean(issue.didYouMean) : choose(issue.allowed)}`;
    case 'model_not_offered':
      return `The model ${code(issue.given)} is not available here. ${choose(issue.allowed)}`;
    case 'retired_model':
      return `${issue.model} was retired on ${issue.since}. Use ${code(`--model ${issue.didYouMean}`)}.`;
    case 'too_many_models':
      return `${code('--model')} names ${issue.given} models for ${issue.allowed === 1 ? 'one image' : `${issue.allowed} images`}. Name fewer, or ask for more with ${code('--n')}.`;
    case 'not_in_range':
      return `${code(`--${issue.flag} ${issue.given}`)} is not valid. It takes a whole number from ${issue.allowed.min} to ${issue.allowed.max}.`;
    case 'not_a_seed':
      return `${code(`--seed ${issue.given}`)} is not valid. It takes a whole number, such as ${code(examples.seed)}.`;
    case 'too_long':
      return `${issue.flag === 'no' ? `The text of ${code('--no')}` : 'The prompt'} has ${wholeNumber(issue.given)} characters, and ${issue.model} takes ${wholeNumber(issue.allowed)}. Please shorten it.`;
    case 'empty':
      return `Tell me what to draw, for example ${code(`${command} a red fox in the snow`)}.`;
  }
}

function unknownFlagAdvice(flag: string | undefined): string {
  if (flag) return didYouMean(`--${flag}`);
  return `I know ${list(flagNames.map((name) => `--${name}`))}. If it is part of the prompt, put it in quotes.`;
}

const examples: Readonly<Record<FlagName, string>> = {
  ar: '--ar 16:9',
  no: '--no text, people',
  style: '--style watercolor',
  seed: '--seed 42',
  model: '--model core',
  n: '--n 2',
  refine: '--refine',
  'as-is': '--as-is',
  private: '--private',
  public: '--public',
};

const flagCode = ({ flag }: { flag: string }): string => code(`--${flag}`);

const didYouMean = (name: string): string => `Did you mean ${code(name)}?`;

const choose = (allowed: readonly string[]): string => `Choose from ${list(allowed)}.`;

const list = (names: readonly string[]): string => names.map(code).join(', ');

/** A backtick or a line break inside would end the marking. */
const code = (text: string): string => `\`${plain(text)}\``;

const plain = (text: string): string => text.replaceAll('`', "'").replace(/\s+/g, ' ');

const translationFailures: Readonly<Record<WriteFailure, string>> = {
  off: '',
  denied: 'Imagine does not have access to the model that translates. Please tell your Imagine administrator.',
  throttled: 'The model that translates is busy.',
  timed_out: 'The translation took too long.',
  unusable: 'The translation could not be used.',
  unavailable: 'The model that translates is not available.',
};

/** Why a prompt in another language is not drawn from its translation. */
export function notTranslated(reason: WriteFailure): string {
  return `Your prompt could not be translated. ${translationFailures[reason]}`.trim();
}

/** It names the other services that the text goes to. */
function refineHelp({ analyzes, writes }: TextServices): string[] {
  const analysis = analyzes && 'Amazon Comprehend';
  const places = [analysis, writes && 'the model that writes prompts'].filter(Boolean).join(' and ');
  if (!places) return [];
  const sent = `The text is sent to ${places} first.`;
  if (!writes)
    return [`--refine suggests a prompt for a longer text, such as a post, before anything is drawn. ${sent}`];
  return [
    `--refine shows three prompts for a text, such as a post, to choose from before anything is drawn. ${sent}`,
    'That model also translates prompts in other languages. --as-is draws one as you typed it, and in your settings you can choose to be asked first.',
  ];
}

/** What reads texts here beside the image models. */
interface TextServices {
  analyzes: boolean;
  writes: boolean;
}

/** Plain text, one paragraph an entry. */
export function help(command: string, { label, pricePerImage }: ModelInfo, services: TextServices): string[] {
  const cost = aboutCost(imagesPerBatch, pricePerImage);
  return [
    `${command} a red fox in the snow`,
    `draws four images with ${label}${cost ? ` (${cost})` : ''}. Choose the one you like by its number; its menu has the others, and what can be made of it.`,
    `${services.writes ? 'Describe' : 'Write in English and describe'} what to show: the subject, the place, the light, the style.`,
    `Add flags anywhere in your prompt: --ar 16:9, --no text, --style watercolor, --seed 42, --model core, --n 2.`,
    `Styles are ${styles.map(({ id }) => id).join(', ')}. Any other style is added to your prompt.`,
    '--private shows the images to you alone, until you share one. Settings can make that your default; --public overrides it.',
    ...refineHelp(services),
    `${command} alone opens a form, ${command} models lists the models, ${command} settings stores your defaults, ${command} usage counts your images today.`,
    `${command} history lists your last ten batches, ${command} show and a batch ID, such as ${command} show 7f3a2c, shows you one again, to share if you like.`,
    `${command} help shows this again. Only you see it.`,
  ];
}

export function modelLine(modelInfo: ModelInfo, isDefault: boolean): string {
  const { label, shortName, pricePerImage, aspectRatios, promptLimit, requestsPerMinute, state } = modelInfo;
  return joinFacts([
    `${label}${isDefault ? ' (default)' : ''}: --model ${shortName}`,
    aboutCost(1, pricePerImage)?.concat(' an image') ?? 'price not known',
    `aspect ratios ${aspectRatios.join(', ')}`,
    `up to ${wholeNumber(promptLimit)} characters`,
    `${requestsPerMinute} images a minute`,
    state.kind === 'retired' && `retired on ${state.since}`,
    modelInfo.readsEnglishOnly ? 'reads English' : 'reads many languages',
  ]);
}
