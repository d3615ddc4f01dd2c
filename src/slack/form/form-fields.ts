import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { ModelInfo } from '../../core/image-model.js';
import { styles } from '../../core/prompt/styles.js';
import { shorten } from '../../core/shorten.js';
import { formWords } from '../../text/form.js';
import { aboutCost } from '../../text/recipe.js';
import { plainText } from '../message/elements.js';

/** Names on the wire, kept for ever: forms may be open while the app is replaced. */
export const formCallbackId = 'imagine_modal';
export const settingsCallbackId = 'imagine_settings';
export const useOwnWordsActionId = 'use_own_words';
/** Slack reports a click on a link button too; it only has to be acknowledged. */
export const openImageActionId = /^open_image_\d+$/;
export const valueActionId = 'value';

/** The fields of the form, as typed or chosen; '' for an empty one. */
export interface FormValues {
  prompt: string;
  negativePrompt: string;
  aspectRatio: string;
  style: string;
  model: string;
  seed: string;
}

export const blockIds: Readonly<Record<keyof FormValues, string>> = {
  prompt: 'prompt',
  negativePrompt: 'negative_prompt',
  aspectRatio: 'aspect_ratio',
  style: 'style',
  model: 'model',
  seed: 'seed',
};

/**
 * Slack keeps what was typed into an input as long as its block_id stays; another prompt in the field needs another ID.
 * @param round how often the field was filled anew
 */
export function promptBlockId(round: number): string {
  return round === 0 ? blockIds.prompt : `${blockIds.prompt}_${round}`;
}

/** plain_text_input takes no more: https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element */
export const textInputLimit = 3000;
/** Labels of options: https://docs.slack.dev/reference/block-kit/composition-objects/option-object */
const optionTextLimit = 75;

export function textField(
  field: 'prompt' | 'negativePrompt' | 'seed',
  initial: string,
  blockId = blockIds[field],
): types.InputBlock {
  return {
    type: 'input',
    block_id: blockId,
    label: plainText(formWords[field]),
    hint: plainText(formWords[`${field}Hint`]),
    optional: field !== 'prompt',
    element: {
      type: 'plain_text_input',
      action_id: valueActionId,
      multiline: field === 'prompt',
      max_length: textInputLimit,
      ...(initial && { initial_value: shorten(initial, textInputLimit) }),
    },
  };
}

export interface Choice {
  value: string;
  label: string;
}

/** @param initial the chosen value; the first choice if it is none of them */
export function choiceField(
  field: 'aspectRatio' | 'style' | 'model',
  choices: readonly Choice[],
  initial: string | undefined,
): types.InputBlock {
  const options = choices.map(({ value, label }) => ({ text: plainText(shorten(label, optionTextLimit)), value }));
  const initialOption = options.find(({ value }) => value === initial) ?? options[0];
  return {
    type: 'input',
    block_id: blockIds[field],
    label: plainText(formWords[field]),
    element: {
      type: 'static_select',
      action_id: valueActionId,
      options,
      ...(initialOption && { initial_option: initialOption }),
    },
  };
}

/** A select has to have a value: this one means none. */
const noStyle: Choice = { value: 'none', label: formWords.noStyle };

export function styleChoices(): Choice[] {
  return [noStyle, ...styles.map(({ id, label }) => ({ value: id, label }))];
}

/** @param chosen the chosen value; several models to compare, by their short names, are one more choice */
export function modelChoices(offered: readonly ModelInfo[], chosen: string): Choice[] {
  const single = offered.map(({ modelId, label, pricePerImage }) => {
    const cost = aboutCost(1, pricePerImage);
    return { value: modelId, label: cost ? `${label} (${cost} each)` : label };
  });
  return chosen.includes(',') ? [...single, { value: chosen, label: chosen.replaceAll(',', ', ') }] : single;
}

/** Every aspect ratio that any of the models draws, in the order of the first that does. */
export function aspectRatioChoices(offered: readonly ModelInfo[]): Choice[] {
  const ratios = new Set(offered.flatMap(({ aspectRatios }) => aspectRatios));
  return [...ratios].map((ratio) => ({ value: ratio, label: ratio }));
}

const inputSchema = z.object({
  value: z.string().nullish(),
  selected_option: z.object({ value: z.string() }).nullish(),
});
/** `view.state.values`: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
const stateSchema = z.record(z.string(), z.object({ [valueActionId]: inputSchema }).partial());

export function readValues(state: unknown, round: number): FormValues {
  const values = stateSchema.parse(state);
  const read = (blockId: string) => {
    const input = values[blockId]?.[valueActionId];
    return input?.selected_option?.value ?? input?.value ?? '';
  };
  const style = read(blockIds.style);
  return {
    prompt: read(promptBlockId(round)),
    negativePrompt: read(blockIds.negativePrompt),
    aspectRatio: read(blockIds.aspectRatio),
    style: style === noStyle.value ? '' : style,
    model: read(blockIds.model),
    seed: read(blockIds.seed),
  };
}
