import type { types } from '@slack/bolt';
import { correctText, suggestionFor } from '../../core/prompt/command/correct-text.js';
import type { ValidationIssue } from '../../core/prompt/command/flags.js';
import { commandWords, issuesMessage } from '../../text/command.js';
import { escapeText } from '../api/mrkdwn.js';
import { askerOf, sendToUser, type TypedCommand } from '../api/notify-user.js';
import type { SlackDeps } from '../deps.js';
import { actions, button } from '../message/elements.js';

/** Both carry a text: one as it is to be typed, one as it is to be drawn. Kept for ever, as the IDs of all buttons. */
export const fixActionId = /^fix_request_\d+$/;
export const drawActionId = 'draw_request';

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
const valueLimit = 2000;
/** https://docs.slack.dev/reference/block-kit/blocks/section-block */
const sectionLimit = 3000;
const maxSuggestions = 5;

/**
 * What is wrong with a text, with a button for each suggestion, and one for all. A text that no button can carry is to be
 * typed again.
 */
export function askForCorrection(
  deps: SlackDeps,
  command: TypedCommand,
  text: string,
  issues: readonly ValidationIssue[],
): Promise<void> {
  const suggested = issues.filter((issue) => suggestionFor(issue) !== undefined).slice(0, maxSuggestions);
  const labels = new Map<string, string>(); // by the corrected text, as two models may suggest the same
  for (const issue of suggested) {
    labels.set(correctText(text, issue) ?? text, commandWords.use(suggestionFor(issue) ?? ''));
  }
  const all = suggested.reduce((corrected, issue) => correctText(corrected, issue) ?? corrected, text);
  if (labels.size > 1) labels.set(all, commandWords.useAll);
  const buttons = [...labels].map(([corrected, label], index) => fixButton(index + 1, label, corrected));
  return ask(deps, command, issuesMessage(issues, text, command.command), buttons);
}

/** @param meant the command that the text may have been meant to be */
export function askForCommand(deps: SlackDeps, command: TypedCommand, text: string, meant: string): Promise<void> {
  const question = commandWords.didYouMean(`${command.command} ${meant}`);
  return ask(deps, command, question, [
    fixButton(1, commandWords.open(meant), meant),
    button(drawActionId, commandWords.drawAnyway(text), { value: text }),
  ]);
}

/** A prompt that could not be translated, too late for a form: it can be tried again, or drawn as it is. */
export function askAgain(deps: SlackDeps, command: TypedCommand, text: string, notice: string): Promise<void> {
  return ask(deps, command, `${notice} ${commandWords.nothingDrawn}`, [
    fixButton(1, commandWords.tryAgain, text),
    fixButton(2, commandWords.drawAsIs, `${text} --as-is`),
  ]);
}

function fixButton(number: number, label: string, text: string): types.Button {
  return button(`fix_request_${number}`, label, { value: text });
}

async function ask(deps: SlackDeps, command: TypedCommand, sentences: string, buttons: types.Button[]): Promise<void> {
  const text = escapeText(sentences);
  const fitting = buttons.filter(({ value = '' }) => value.length <= valueLimit);
  const isPlain = fitting.length === 0 || text.length > sectionLimit;
  const question: types.SectionBlock = { type: 'section', text: { type: 'mrkdwn', text, verbatim: true } };
  await sendToUser(deps, askerOf(command), isPlain ? { text } : { text, blocks: [question, actions(...fitting)] });
}
