import type { JsonObject } from '../model.js';
import type { InputBlock, Modal } from './blocks.js';
import type { InputElement } from './elements.js';

/** What the input blocks of a modal hold, by `keyOf`. An untouched field that came empty has no entry. */
export type FieldValues = ReadonlyMap<string, string>;

export const inputsIn = ({ blocks }: Modal): InputBlock[] => blocks.filter((block) => block.type === 'input');

export const keyOf = ({ block_id, element }: InputBlock): string => JSON.stringify([block_id, element.action_id]);

const initialValue = (element: InputElement): string | undefined =>
  element.type === 'plain_text_input' ? element.initial_value : element.initial_option?.value;

const canHold = (element: InputElement, value: string): boolean =>
  element.type === 'plain_text_input' || element.options.some((option) => option.value === value);

/**
 * What a modal holds when it comes onto the screen, or replaces `before`. A field of the same block_id and action_id keeps
 * its value, whatever its initial value is now: https://github.com/slackapi/bolt-js/issues/290
 */
export function startingValues(modal: Modal, before?: { modal: Modal; values: FieldValues }): FieldValues {
  const kept = new Map(before && inputsIn(before.modal).map((input) => [keyOf(input), input.element.type]));
  const entries = inputsIn(modal).flatMap((input) => {
    const { element } = input;
    const key = keyOf(input);
    const old = kept.get(key) === element.type ? before?.values.get(key) : undefined;
    const value = old !== undefined && canHold(element, old) ? old : initialValue(element);
    return value === undefined ? [] : [[key, value] as const];
  });
  return new Map(entries);
}

/** What was typed or chosen, as an action and a view's state tell it. Throws if there is no such option. */
export function toldValue(element: InputElement, value?: string): JsonObject {
  const { type } = element;
  if (type === 'plain_text_input') return { type, value: value ?? null };
  const chosen = element.options.find((option) => option.value === value);
  if (value !== undefined && !chosen) throw new Error(`There is no option ${value} to choose.`);
  return { type, selected_option: chosen ?? null };
}

/** All fields by block_id, each by its action_id. */
export function byPlace<Value>(
  { modal, values }: { modal: Modal; values: FieldValues },
  tell: (element: InputElement, value: string | undefined) => Value,
): Record<string, Record<string, Value>> {
  return Object.fromEntries(
    inputsIn(modal).map((input) => {
      const { block_id = '', element } = input;
      return [block_id, { [element.action_id ?? '']: tell(element, values.get(keyOf(input))) }];
    }),
  );
}
