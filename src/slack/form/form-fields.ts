import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { ModelInfo } from '../../core/image-model.js';
import { styles } from '../../core/prompt/styles.js';
import { shorten } from '../../core/shorten.js';
import { aboutCost } from '../../text/batch.js';
import { formWords } from '../../text/form.js';
import { plainText } from '../message/elements.js';

/** Names on the wire, kept for ever: forms may be open while the app is replaced. */
export const formCallbackId = 'imagine_modal';
export const settingsCallbackId = 'imagine_settings';
export const operationCallbackId = 'imagine_operation';
export const fullSizeCallbackId = 'imagine_full_size';
export const useOwnWordsActionId = 'use_own_words';
export const newIdeasActionId = 'new_ideas';
/** Slack reports a click on a link button too; it only has to be acknowledged. */
export const openImageActionId = /^open_image_\d+$/;
export const valueActionId = 'value';

export const blockIds = {
  prompt: 'prompt',
  negativePrompt: 'negative_prompt',
  aspectRatio: 'aspect_ratio',
  style: 'style',
  model: 'model',
  seed: 'seed',
  visibility: 'visibility',
  image: 'image',
  imageUse: 'image_use',
  translation: 'translation',
} as const;

/** The fields of the form, as typed or chosen; '' for an empty one. */
export type FormValues = Record<Exclude<keyof typeof blockIds, 'visibility' | 'image' | 'translation'>, string> &
  IdeaValues;

/** How often the prompt was filled anew, and how often there were new ideas: parts of block_ids. */
export interface Rounds {
  round: number;
  /** 0: there are none. */
  ideas: number;
}

export interface IdeaValues {
  /** As they were edited. */
  ideas: readonly string[];
  /** Which is to be drawn: `1` to `3`, `each` or `own`; '' without ideas. */
  choice: string;
}

const maxIdeas = 3;

export function ideaBlockId(ideas: number, number: number): string {
  return `idea_${number}_${ideas}`;
}

export function choiceBlockId({ ideas, round }: Rounds): string {
  return `idea_choice_${ideas}_${round}`;
}

/** Slack keeps what was typed into an input as long as its block_id stays: a field that is filled anew needs another. */
export function promptBlockId(round: number): string {
  return round === 0 ? blockIds.prompt : `${blockIds.prompt}_${round}`;
}

/** plain_text_input takes no more: https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
export const textInputLimit = 3000;
/** Labels of options: https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const optionTextLimit = 75;

export function textField(
  field: 'prompt' | 'ownPrompt' | 'chosenPrompt' | 'negativePrompt' | 'seed',
  initial: string,
  blockId: string = blockIds[field === 'negativePrompt' || field === 'seed' ? field : 'prompt'],
): types.InputBlock {
  const isPrompt = field !== 'negativePrompt' && field !== 'seed';
  return {
    type: 'input',
    block_id: blockId,
    label: plainText(formWords[field === 'chosenPrompt' ? 'ownPrompt' : field]),
    hint: plainText(formWords[`${field}Hint`]),
    optional: field !== 'prompt',
    element: {
      type: 'plain_text_input',
      action_id: valueActionId,
      multiline: isPrompt,
      max_length: textInputLimit,
      ...(initial && { initial_value: shorten(initial, textInputLimit) }),
    },
  };
}

export function option(value: string, label: string): types.PlainTextOption {
  return { text: plainText(shorten(label, optionTextLimit)), value };
}

/** @param initial the chosen value; the first option if it is none of them */
export function choiceField(
  field: 'aspectRatio' | 'style' | 'model' | 'visibility' | 'imageUse' | 'translation',
  options: types.PlainTextOption[],
  initial: string | undefined,
): types.InputBlock {
  const chosen = options.find(({ value }) => value === initial) ?? options[0];
  return {
    type: 'input',
    block_id: blockIds[field],
    label: plainText(formWords[field]),
    element: { type: 'static_select', action_id: valueActionId, options, ...(chosen && { initial_option: chosen }) },
  };
}

/** A select has to have a value: this one means none. */
const noStyle = 'none';

export function styleOptions(): types.PlainTextOption[] {
  return [option(noStyle, formWords.noStyle), ...styles.map(({ id, label }) => option(id, label))];
}

/** @param chosen the chosen value; several models to compare, by their short names, are one more option */
export function modelOptions(offered: readonly ModelInfo[], chosen = ''): types.PlainTextOption[] {
  const single = offered.map(({ modelId, label, pricePerImage }) => {
    const cost = aboutCost(1, pricePerImage);
    return option(modelId, cost ? `${label} (${cost} each)` : label);
  });
  return chosen.includes(',') ? [...single, option(chosen, chosen.replaceAll(',', ', '))] : single;
}

/** Every aspect ratio that any of the models draws, in the order of the first that does. */
export function aspectRatioOptions(offered: readonly ModelInfo[]): types.PlainTextOption[] {
  const ratios = new Set(offered.flatMap(({ aspectRatios }) => aspectRatios));
  return [...ratios].map((ratio) => option(ratio, ratio));
}

const selectedSchema = z.object({ value: z.string() }).nullish();
const inputSchema = z
  .object({ value: z.string().nullish(), selected_option: selectedSchema })
  .transform(({ value, selected_option }) => selected_option?.value ?? value ?? '');
/** `view.state.values`: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
const stateSchema = z.record(z.string(), z.object({ [valueActionId]: inputSchema }).partial());

export function readValues(
  state: unknown,
  { round, ideas }: Rounds = { round: 0, ideas: 0 },
): FormValues & { visibility: string; translation: string } {
  const values = stateSchema.parse(state);
  const read = (blockId: string) => values[blockId]?.[valueActionId] ?? '';
  const style = read(blockIds.style);
  return {
    prompt: read(promptBlockId(round)),
    negativePrompt: read(blockIds.negativePrompt),
    aspectRatio: read(blockIds.aspectRatio),
    style: style === noStyle ? '' : style,
    model: read(blockIds.model),
    seed: read(blockIds.seed),
    visibility: read(blockIds.visibility),
    imageUse: read(blockIds.imageUse),
    translation: read(blockIds.translation),
    choice: ideas > 0 ? read(choiceBlockId({ round, ideas })) : '',
    ideas: Array.from({ length: maxIdeas }, (_, index) => ideaBlockId(ideas, index + 1))
      .filter((blockId) => ideas > 0 && values[blockId] !== undefined)
      .map(read),
  };
}
