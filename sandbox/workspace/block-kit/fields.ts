import type { JsonObject } from '../model.js';
import type { MessageBlock, ModalBlock } from './blocks.js';
import { type InputElement, optionsOf } from './elements.js';
import { actionsIn } from './walk.js';

type Blocks = readonly (MessageBlock | ModalBlock)[];

/** Something that holds what a person typed or chose: an input, or a select menu in another block. */
export interface Field {
  blockId: string;
  element: InputElement;
}

/** A text, the value of an option, or several: the values of ticked checkboxes, the IDs of files. Never empty. */
export type FieldValue = string | readonly string[];

/** What fields hold, by `keyOf`. One that holds nothing has no entry. */
export type FieldValues = ReadonlyMap<string, FieldValue>;

function fieldsIn(blocks: Blocks): Field[] {
  return blocks.flatMap((block): Field[] => {
    if (block.type === 'input') return [{ blockId: block.block_id ?? '', element: block.element }];
    return actionsIn([block]).flatMap(({ blockId, element }) =>
      element.type === 'static_select' ? [{ blockId, element }] : [],
    );
  });
}

export const keyOf = ({ blockId, element }: Field): string => JSON.stringify([blockId, element.action_id]);

function initialValue(element: InputElement): FieldValue | undefined {
  switch (element.type) {
    case 'plain_text_input':
      return element.initial_value;
    case 'static_select':
      return element.initial_option?.value;
    case 'checkboxes':
      return element.initial_options?.map(({ value }) => value);
    case 'file_input':
      return undefined;
  }
}

const listOf = (value: FieldValue | undefined): readonly string[] =>
  typeof value === 'string' ? [value] : (value ?? []);

function canHold(element: InputElement, value: FieldValue): boolean {
  if (element.type === 'plain_text_input' || element.type === 'file_input') return true;
  return listOf(value).every((chosen) => optionsOf(element).some((option) => option.value === chosen));
}

/**
 * What blocks hold when they come onto the screen, or replace `before`. A field of the same block_id and action_id keeps its
 * value, whatever its initial value is now: https://github.com/slackapi/bolt-js/issues/290 (modals),
 * https://github.com/slackapi/bolt-python/issues/629 (messages)
 */
export function startingValues(blocks: Blocks, before?: { blocks: Blocks; values: FieldValues }): FieldValues {
  const kept = new Map(before && fieldsIn(before.blocks).map((field) => [keyOf(field), field.element.type]));
  const entries = fieldsIn(blocks).flatMap((field) => {
    const { element } = field;
    const key = keyOf(field);
    const old = kept.get(key) === element.type ? before?.values.get(key) : undefined;
    const value = old !== undefined && canHold(element, old) ? old : initialValue(element);
    return value === undefined ? [] : [[key, value] as const];
  });
  return new Map(entries);
}

/** The same with another value in this field; undefined empties it. */
export function withValue(values: FieldValues, field: Field, value: FieldValue | undefined): FieldValues {
  const others = [...values].filter(([key]) => key !== keyOf(field));
  return new Map(value === undefined ? others : [...others, [keyOf(field), value]]);
}

/**
 * The same after a choice in this select menu. Throws if there is no such option, or if it is chosen already: then nothing
 * changes, and Slack tells the app of changes.
 */
export function withChoice(values: FieldValues, field: Field, value: string | undefined): FieldValues {
  toldValue(field.element, value);
  if (values.get(keyOf(field)) === value) throw new Error(`${value ?? 'Nothing'} is what is chosen already.`);
  return withValue(values, field, value);
}

/** What was typed or chosen, as an action and a state tell it. Throws if there is no such option. */
export function toldValue(
  element: InputElement,
  value?: FieldValue,
  toldFile: (id: string) => JsonObject = (id) => ({ id }),
): JsonObject {
  const { type } = element;
  const held = listOf(value);
  const [only] = held;
  switch (type) {
    case 'plain_text_input':
      return { type, value: only ?? null };
    case 'static_select':
      return { type, selected_option: only === undefined ? null : toldOption(optionsOf(element), only) };
    case 'checkboxes':
      return { type, selected_options: held.map((chosen) => toldOption(element.options, chosen)) };
    case 'file_input':
      return { type, files: held.map(toldFile) };
  }
}

/** The option of this value, as payloads tell it. Throws if there is none. */
export function toldOption(options: ReturnType<typeof optionsOf>, value: string): JsonObject {
  const chosen = options.find((option) => option.value === value);
  if (!chosen) throw new Error(`There is no option ${value} to choose.`);
  const { text, description, ...told } = chosen;
  return { ...told, text: toldText(text), ...(description && { description: toldText(description) }) };
}

type Text = ReturnType<typeof optionsOf>[number]['text'];

/** A text object with its defaults, as Slack tells it back. */
export const toldText = (text: Text): JsonObject =>
  text.type === 'plain_text' ? { emoji: true, ...text } : { verbatim: false, ...text };

/** All fields by block_id, each by its action_id. */
export function byPlace<Value>(
  blocks: Blocks,
  values: FieldValues,
  tell: (element: InputElement, value: FieldValue | undefined) => Value,
): Record<string, Record<string, Value>> {
  const told: Record<string, Record<string, Value>> = {};
  for (const field of fieldsIn(blocks)) {
    const { blockId, element } = field;
    told[blockId] = { ...told[blockId], [element.action_id ?? '']: tell(element, values.get(keyOf(field))) };
  }
  return told;
}
