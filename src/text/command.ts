import { type FlagName, flagNames, type ValidationIssue } from '../core/prompt/command/flags.js';
import { wholeNumber } from './recipe.js';

/*
 * What a user reads about a command. Backticks mark what can be typed; `&`, `<` and `>` are as they were typed, so the
 * caller escapes the whole sentence once.
 */

/** All issues, that nothing was started, and the text to copy and correct. */
export function issuesMessage(issues: readonly ValidationIssue[], text: string, command: string): string {
  const sentences = issues.map((issue) => issueSentence(issue, command));
  if (text.trim() === '') return sentences.join('\n');
  return [...sentences, `Nothing was started. Your text: ${code(`${command} ${text.trim()}`)}`].join('\n');
}

export function issueSentence(issue: ValidationIssue, command: string): string {
  switch (issue.problem) {
    case 'unknown_flag':
      return unknownFlag(issue);
    case 'missing_value':
      return `${flagCode(issue)} needs a value, such as ${code(examples[issue.flag])}.`;
    case 'takes_no_value':
      return `${flagCode(issue)} takes no value. Leave out ${code(`=${issue.given}`)}.`;
    case 'repeated':
      return `${flagCode(issue)} appears more than once: ${plain(issue.given)}. Keep one.`;
    case 'not_an_aspect_ratio':
      return `${flagCode(issue)} is not an aspect ratio. Use ${code('--ar 16:9')}, or wide, square or tall.`;
    case 'aspect_ratio_not_available':
      return `${code(`--ar ${issue.given}`)} is not available on ${issue.model}. It takes ${issue.allowed.join(', ')} (nearest: ${issue.nearest}).`;
    case 'unknown_name':
      return unknownName(issue);
    case 'model_not_offered':
      return `The model ${code(issue.given)} is not available here. Choose from ${list(issue.allowed)}.`;
    case 'retired_model':
      return `${issue.model} was retired on ${issue.since}. Use ${code(`--model ${issue.didYouMean}`)}.`;
    case 'too_many_models':
      return `${code('--model')} names ${issue.given} models for ${issue.allowed === 1 ? 'one image' : `${issue.allowed} images`}. Name fewer, or ask for more with ${code('--n')}.`;
    case 'not_in_range':
      return `${flagCode(issue)} is not valid. It takes a whole number from ${issue.allowed.min} to ${issue.allowed.max}.`;
    case 'too_long':
      return tooLong(issue);
    case 'empty':
      return `Tell me what to draw, for example ${code(`${command} a red fox in the snow`)}.`;
  }
}

type IssueOf<Problem extends ValidationIssue['problem']> = Extract<ValidationIssue, { problem: Problem }>;

function unknownFlag({ given, didYouMean }: IssueOf<'unknown_flag'>): string {
  if (didYouMean) return `I don't know ${code(given)}. Did you mean ${code(`--${didYouMean}`)}?`;
  const known = list(flagNames.map((flag) => `--${flag}`));
  return `I don't know ${code(given)}. I know ${known}. If it is part of the prompt, put it in quotes.`;
}

function unknownName({ flag, given, allowed, didYouMean }: IssueOf<'unknown_name'>): string {
  const advice = didYouMean ? `Did you mean ${code(didYouMean)}?` : `Choose from ${list(allowed)}.`;
  return `I don't know the ${flag} ${code(given)}. ${advice}`;
}

function tooLong({ flag, given, allowed, model }: IssueOf<'too_long'>): string {
  const what = flag === 'no' ? `The text of ${code('--no')}` : 'The prompt';
  return `${what} has ${wholeNumber(given)} characters, and ${model} takes ${wholeNumber(allowed)}. Please shorten it.`;
}

const examples: Readonly<Record<FlagName, string>> = {
  ar: '--ar 16:9',
  no: '--no text, people',
  style: '--style watercolor',
  seed: '--seed 42',
  model: '--model core',
  n: '--n 2',
  refine: '--refine',
};

/** The flag as it was typed, with its value if that is what is wrong. */
function flagCode(issue: { flag: string; problem: ValidationIssue['problem']; given?: string }): string {
  const withValue = issue.problem === 'not_an_aspect_ratio' || issue.problem === 'not_in_range';
  return code(withValue ? `--${issue.flag} ${issue.given}` : `--${issue.flag}`);
}

const list = (words: readonly string[]): string => words.map(code).join(', ');

/** A backtick or a line break inside would end the marking. */
const code = (text: string): string => `\`${plain(text)}\``;

const plain = (text: string): string => text.replaceAll('`', "'").replace(/\s+/g, ' ');
