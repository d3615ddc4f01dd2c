import type { types } from '@slack/bolt';
import type { ImagePrompt } from '../../core/batch/plan-batch.js';
import type { DraftIdeas } from '../../core/prompt/draft.js';
import { shorten } from '../../core/shorten.js';
import { formWords } from '../../text/form.js';
import { plainText } from '../message/elements.js';
import {
  choiceBlockId,
  type FormValues,
  type IdeaValues,
  ideaBlockId,
  option,
  promptBlockId,
  type Rounds,
  textInputLimit,
  valueActionId,
} from './form-fields.js';

/** Of the choice, beside the numbers of the ideas. */
export const oneOfEach = 'each';
export const ownWords = 'own';

/** Chosen when ideas arrive. */
const freshChoice = '1';

/** Fewer images cannot show all three. */
const minForEach = 3;

/** What a form shows first of new ideas. Words that are in the user's own field by then stay chosen. */
export function freshIdeas({ proposals }: DraftIdeas, ownPrompt = ''): IdeaValues {
  return { ideas: proposals.map(({ prompt }) => prompt), choice: ownPrompt.trim() === '' ? freshChoice : ownWords };
}

/** The choice, and each idea in a field of its own, so that none is lost when another is chosen. */
export function ideaFields(
  ideas: DraftIdeas,
  { ideas: texts, choice }: IdeaValues,
  { rounds, count, isTyped }: { rounds: Rounds; count: number; isTyped: boolean | undefined },
): types.InputBlock[] {
  const only = isTyped ? formWords.fromYourText : formWords.fromThePost;
  const names = ideas.proposals.map(
    ({ title }, index) => title || (ideas.proposals.length > 1 ? formWords.idea(index + 1) : only),
  );
  const options = [
    ...names.map((name, index) => option(`${index + 1}`, name)),
    ...(names.length > 1 && count >= minForEach ? [option(oneOfEach, formWords.oneOfEach(count))] : []),
    option(ownWords, formWords.ownPrompt),
  ];
  const chosen = options.find(({ value }) => value === choice) ?? options[0];
  return [
    {
      type: 'input',
      block_id: choiceBlockId(rounds),
      label: plainText(formWords.choice),
      element: { type: 'static_select', action_id: valueActionId, options, ...(chosen && { initial_option: chosen }) },
    },
    ...ideas.proposals.map(({ prompt }, index): types.InputBlock => {
      const text = texts[index] ?? prompt;
      return {
        type: 'input',
        block_id: ideaBlockId(rounds.ideas, index + 1),
        label: plainText(names[index] ?? ''),
        optional: true,
        element: {
          type: 'plain_text_input',
          action_id: valueActionId,
          multiline: true,
          max_length: textInputLimit,
          ...(text && { initial_value: shorten(text, textInputLimit) }),
        },
      };
    }),
  ];
}

/** A prompt that is to be drawn, and the field in which it was written. */
export interface ChosenPrompt extends ImagePrompt {
  blockId: string;
}

/** Whether the first ideas came beside a field that may have been filled before them. */
function isFirst({ round, ideas }: Rounds, choice: string): boolean {
  return round === 0 && ideas === 1 && choice === freshChoice;
}

/** The field for the user's own words, by what is said of it. */
export function promptField({ choice }: Pick<FormValues, 'choice'>, rounds: Rounds) {
  if (rounds.ideas === 0) return 'prompt';
  return isFirst(rounds, choice) ? 'ownPrompt' : 'chosenPrompt';
}

/**
 * What users wrote into their own field while the first ideas were being written comes before the choice, which they had not
 * made. Once that field was filled by a button, or other ideas came, the form has shown which counts.
 * @param ideas of the draft, for their titles: the texts are those of the form
 */
export function chosenPrompts(
  { prompt, ideas: texts, choice }: Pick<FormValues, 'prompt' | 'ideas' | 'choice'>,
  { round, ideas: ideasRound }: Rounds,
  ideas: DraftIdeas | undefined,
): readonly [ChosenPrompt, ...ChosenPrompt[]] {
  const all = texts.map((text, index) => ({
    blockId: ideaBlockId(ideasRound, index + 1),
    title: (ideas?.round === ideasRound && ideas.proposals[index]?.title) || '',
    prompt: text.trim(),
  }));
  const isOwn = choice === ownWords || (isFirst({ round, ideas: ideasRound }, choice) && prompt.trim() !== '');
  const [first, ...others] = choice === oneOfEach ? all : all.filter((_, index) => `${index + 1}` === choice);
  return first && !isOwn ? [first, ...others] : [{ blockId: promptBlockId(round), title: '', prompt }];
}

/** One for each image: those after the last prompt are second takes, from the first on. */
export function dealOut(prompts: readonly ImagePrompt[], count: number): ImagePrompt[] | undefined {
  if (prompts.length < 2) return undefined;
  return Array.from({ length: count }, (_, index) => prompts[index % prompts.length]).flatMap((one) =>
    one ? { title: one.title, prompt: one.prompt } : [],
  );
}
