import { type FlagName, flagNames } from '../core/prompt/command/command-flags.js';
import type { Complaint } from '../core/prompt/command/command-problems.js';
import type { CommandComplaints } from '../core/prompt/command/parse-command.js';
import { wholeNumber } from './numbers.js';

/*
 * What a person reads about a command. Backticks mark what can be typed; `&`, `<` and `>` are as they were typed,
 * so whoever posts a sentence escapes the whole of it once.
 */

/** All complaints, that nothing was started, and the text to copy and mend. */
export function complaintsMessage({ complaints, text }: CommandComplaints, command: string): string {
  const sentences = complaints.map((complaint) => complaintSentence(complaint, command));
  if (text.trim() === '') return sentences.join('\n');
  return [...sentences, `Nothing was started. Your text: ${code(`${command} ${text.trim()}`)}`].join('\n');
}

export function complaintSentence(complaint: Complaint, command: string): string {
  switch (complaint.problem) {
    case 'unknown_flag':
      return unknownFlag(complaint);
    case 'missing_value':
      return `${flagCode(complaint)} needs a value, such as ${code(examples[complaint.flag])}.`;
    case 'takes_no_value':
      return `${flagCode(complaint)} stands alone. Leave out ${code(`=${complaint.given}`)}.`;
    case 'repeated':
      return `${flagCode(complaint)} is there more than once: ${plain(complaint.given)}. Keep one.`;
    case 'not_a_shape':
      return `${flagCode(complaint)} is not a shape. Give ${code('--ar 16:9')}, or wide, square or tall.`;
    case 'shape_not_available':
      return shapeNotAvailable(complaint);
    case 'unknown_style':
    case 'unknown_model':
      return unknownName(complaint);
    case 'model_not_offered':
      return `The model ${code(complaint.given)} is not set up here. Choose from ${list(complaint.allowed)}.`;
    case 'retired_model':
      return `${complaint.model} was retired on ${complaint.since}. Use ${code(`--model ${complaint.didYouMean}`)}.`;
    case 'too_many_models':
      return `${code('--model')} names ${complaint.given} models for ${complaint.allowed === 1 ? 'one picture' : `${complaint.allowed} pictures`}. Name fewer, or ask for more with ${code('--n')}.`;
    case 'not_in_range':
      return notInRange(complaint);
    case 'too_long':
      return tooLong(complaint);
    case 'empty':
      return `Tell me what to draw, such as ${code(`${command} a red fox in the snow`)}.`;
  }
}

type Told<Problem extends Complaint['problem']> = Extract<Complaint, { problem: Problem }>;

function unknownFlag({ given, didYouMean }: Told<'unknown_flag'>): string {
  if (didYouMean) return `I don't know ${code(given)}. Did you mean ${code(`--${didYouMean}`)}?`;
  const known = list(flagNames.map((flag) => `--${flag}`));
  return `I don't know ${code(given)}. I know ${known}. If it is part of the picture, put it in quotes.`;
}

const shapeNotAvailable = ({ given, model, allowed, nearest }: Told<'shape_not_available'>): string =>
  `${code(`--ar ${given}`)} is not available on ${model}. It takes ${allowed.join(', ')} (nearest: ${nearest}).`;

function unknownName({ flag, given, allowed, didYouMean }: Told<'unknown_style' | 'unknown_model'>): string {
  const advice = didYouMean ? `Did you mean ${code(didYouMean)}?` : `Choose from ${list(allowed)}.`;
  return `I don't know the ${flag} ${code(given)}. ${advice}`;
}

const notInRange = (complaint: Told<'not_in_range'>): string =>
  `${flagCode(complaint)} does not work. It takes a whole number from ${complaint.allowed.min} to ${complaint.allowed.max}.`;

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
function flagCode(complaint: { flag: string; problem: Complaint['problem']; given?: string }): string {
  const withValue = complaint.problem === 'not_a_shape' || complaint.problem === 'not_in_range';
  return code(withValue ? `--${complaint.flag} ${complaint.given}` : `--${complaint.flag}`);
}

const list = (words: readonly string[]): string => words.map(code).join(', ');

/** A backtick or a line break inside would end the marking. */
const code = (text: string): string => `\`${plain(text)}\``;

const plain = (text: string): string => text.replaceAll('`', "'").replace(/\s+/g, ' ');
