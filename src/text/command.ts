import { type FlagName, flagNames } from '../core/prompt/command/command-flags.js';
import type { ValidationIssue } from '../core/prompt/command/command-problems.js';
import type { CommandIssues } from '../core/prompt/command/parse-command.js';
import { wholeNumber } from './numbers.js';

/*
 * What a person reads about a command. Backticks mark what can be typed; `&`, `<` and `>` are as they were typed,
 * so whoever posts a sentence escapes the whole of it once.
 */

/** All issues, that nothing was started, and the text to copy and mend. */
export function issuesMessage({ issues, text }: CommandIssues, command: string): string {
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
    case 'not_a_shape':
      return `${flagCode(issue)} is not a shape. Give ${code('--ar 16:9')}, or wide, square or tall.`;
    case 'shape_not_available':
      return shapeNotAvailable(issue);
    case 'unknown_style':
    case 'unknown_model':
      return unknownName(issue);
    case 'model_not_offered':
      return `The model ${code(issue.given)} is not available here. Choose from ${list(issue.allowed)}.`;
    case 'retired_model':
      return `${issue.model} was retired on ${issue.since}. Use ${code(`--model ${issue.didYouMean}`)}.`;
    case 'too_many_models':
      return `${code('--model')} names ${issue.given} models for ${issue.allowed === 1 ? 'one image' : `${issue.allowed} images`}. Name fewer, or ask for more with ${code('--n')}.`;
    case 'not_in_range':
      return notInRange(issue);
    case 'too_long':
      return tooLong(issue);
    case 'empty':
      return `Tell me what to draw, for example ${code(`${command} a red fox in the snow`)}.`;
  }
}

type Told<Problem extends ValidationIssue['problem']> = Extract<ValidationIssue, { problem: Problem }>;

function unknownFlag({ given, didYouMean }: Told<'unknown_flag'>): string {
  if (didYouMean) return `I don't know ${code(given)}. Did you mean ${code(`--${didYouMean}`)}?`;
  const known = list(flagNames.map((flag) => `--${flag}`));
  return `I don't know ${code(given)}. I know ${known}. If it is part of the prompt, put it in quotes.`;
}

const shapeNotAvailable = ({ given, model, allowed, nearest }: Told<'shape_not_available'>): string =>
  `${code(`--ar ${given}`)} is not available on ${model}. It takes ${allowed.join(', ')} (nearest: ${nearest}).`;

function unknownName({ flag, given, allowed, didYouMean }: Told<'unknown_style' | 'unknown_model'>): string {
  const advice = didYouMean ? `Did you mean ${code(didYouMean)}?` : `Choose from ${list(allowed)}.`;
  return `I don't know the ${flag} ${code(given)}. ${advice}`;
}

const notInRange = (issue: Told<'not_in_range'>): string =>
  `${flagCode(issue)} is not valid. It takes a whole number from ${issue.allowed.min} to ${issue.allowed.max}.`;

function tooLong({ flag, given, allowed, model }: Told<'too_long'>): string {
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

/** The flag as it was typed, with its value where that is what is wrong. */
function flagCode(issue: { flag: string; problem: ValidationIssue['problem']; given?: string }): string {
  const withValue = issue.problem === 'not_a_shape' || issue.problem === 'not_in_range';
  return code(withValue ? `--${issue.flag} ${issue.given}` : `--${issue.flag}`);
}

const list = (words: readonly string[]): string => words.map(code).join(', ');

/** A backtick or a line break inside would end the marking. */
const code = (text: string): string => `\`${plain(text)}\``;

const plain = (text: string): string => text.replaceAll('`', "'").replace(/\s+/g, ' ');
