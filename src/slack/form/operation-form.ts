import type { types } from '@slack/bolt';
import { z } from 'zod';
import type { AspectRatio } from '../../core/image-model.js';
import type { Operation } from '../../core/model-catalog.js';
import { sameAspectRatio } from '../../core/prompt/aspect-ratio.js';
import type { Draft } from '../../core/prompt/draft.js';
import { shorten } from '../../core/shorten.js';
import { formWords } from '../../text/form.js';
import { operationCost, operationLabel, operationFormWords as words } from '../../text/operations.js';
import { context, plainText } from '../message/elements.js';
import { modal, writeMetadata } from './build-form.js';
import { operationCallbackId, option, textInputLimit, valueActionId } from './form-fields.js';

/** Names on the wire, kept for ever, like those of the form for a prompt. */
const blockIds = { target: 'target', text: 'text', aspectRatios: 'aspect_ratios' } as const;

/** What campaigns need, widest first: checkboxes take ten. https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element */
const offeredRatios: readonly AspectRatio[] = ['21:9', '16:9', '3:2', '4:3', '5:4', '1:1', '4:5', '3:4', '2:3', '9:16'];

/** What a user fills in. */
export interface OperationValues {
  target?: string | undefined;
  text?: string | undefined;
  aspectRatios?: readonly AspectRatio[] | undefined;
}

/** @param aspectRatio the image's own, which is not offered */
export function buildOperationForm(
  draft: Draft,
  operation: Operation,
  { image, aspectRatio, values }: { image: types.ImageBlock; aspectRatio: AspectRatio; values: OperationValues },
): types.ModalView {
  const { name, fields } = operation;
  const cost = operationCost(operation, ratioOptions(aspectRatio).length);
  const inputs = {
    target: () => textInput(blockIds.target, words.target(name), values.target),
    text: () => textInput(blockIds.text, words.text(name), values.text),
    aspect_ratios: () => ratioInput(aspectRatio, values.aspectRatios),
  };
  return {
    ...modal(operationLabel(name), [
      image,
      ...fields.map((field) => inputs[field]()),
      ...(draft.visibility === 'private' ? [context(formWords.onlyYouSee)] : []),
      ...(cost ? [context(cost)] : []),
    ]),
    callback_id: operationCallbackId,
    private_metadata: writeMetadata(draft),
    notify_on_close: true,
    submit: plainText(formWords.draw),
  };
}

function textInput(block_id: string, { label, hint }: { label: string; hint: string }, initial = ''): types.InputBlock {
  return {
    type: 'input',
    block_id,
    label: plainText(label),
    hint: plainText(hint),
    element: {
      type: 'plain_text_input',
      action_id: valueActionId,
      max_length: textInputLimit,
      ...(initial && { initial_value: shorten(initial, textInputLimit) }),
    },
  };
}

const ratioOptions = (own: AspectRatio) =>
  offeredRatios.filter((ratio) => !sameAspectRatio(ratio, [own])).map((ratio) => option(ratio, ratio));

function ratioInput(own: AspectRatio, chosen: readonly AspectRatio[] = []): types.InputBlock {
  const options = ratioOptions(own);
  const initial_options = options.filter(({ value }) => chosen.some((ratio) => ratio === value));
  return {
    type: 'input',
    block_id: blockIds.aspectRatios,
    label: plainText(words.aspectRatios.label),
    hint: plainText(words.aspectRatios.hint),
    element: {
      type: 'checkboxes',
      action_id: valueActionId,
      options,
      ...(initial_options.length > 0 && { initial_options }),
    },
  };
}

const textSchema = z.object({ [valueActionId]: z.object({ value: z.string().trim().nullish() }) });
const ratiosSchema = z.object({
  [valueActionId]: z.object({ selected_options: z.array(z.object({ value: z.string() })) }),
});

/** `view.state.values`: https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload */
export function readOperationForm(state: Record<string, unknown>): OperationValues {
  const text = (blockId: string) => textSchema.safeParse(state[blockId]).data?.[valueActionId]?.value || undefined;
  const ratios = ratiosSchema.safeParse(state[blockIds.aspectRatios]).data?.[valueActionId]?.selected_options ?? [];
  return {
    target: text(blockIds.target),
    text: text(blockIds.text),
    aspectRatios: ratios.flatMap(({ value }) => offeredRatios.find((ratio) => ratio === value) ?? []),
  };
}

/** The first that a user fills in. undefined if there is only something to confirm. */
export function firstField(state: Record<string, unknown>): string | undefined {
  return Object.values(blockIds).find((blockId) => blockId in state);
}

/** What a form lacks, by block ID: Slack refuses an empty field itself, but not one of spaces. */
export function findEmptyFields(state: Record<string, unknown>): Record<string, string> {
  const { target, text, aspectRatios = [] } = readOperationForm(state);
  const missing = [
    [blockIds.target, target, words.empty],
    [blockIds.text, text, words.empty],
    [blockIds.aspectRatios, aspectRatios.length > 0, words.chooseRatio],
  ] as const;
  const isMissing = ([blockId, given]: (typeof missing)[number]) => blockId in state && !given;
  return Object.fromEntries(missing.filter(isMissing).map(([blockId, , sentence]) => [blockId, sentence]));
}
