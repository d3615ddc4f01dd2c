import type { JsonObject } from '../model.js';
import type { InputBlock, ModalBlock } from './blocks.js';
import { type ActionElement, type InputElement, optionsOf } from './elements.js';
import type { Modal } from './modal.js';
import { actionsIn } from './walk.js';

/** What the fields of a modal hold, by `keyOf`. An untouched field that came empty has no entry. */
export type FieldValues = ReadonlyMap<string, string>;

/** An element of a modal that holds a value: that of an input block, or a chooser elsewhere. Buttons and overflows hold none. */
export interface Field {
  blockId: string;
  element: InputElement;
  /** Set for the element of an input block. */
  input?: InputBlock | undefined;
}

function fieldsOf(block: ModalBlock): Field[] {
  if (block.type === 'input') return [{ blockId: block.block_id ?? '', element: block.element, input: block }];
  return actionsIn([block]).flatMap(({ element, blockId }) =>
    element.type === 'button' || element.type === 'overflow' ? [] : [{ blockId, element }],
  );
}

export const fieldsIn = ({ blocks }: Modal): Field[] => blocks.flatMap(fieldsOf);

export const keyOf = ({ blockId, element }: Field): string => JSON.stringify([blockId, element.action_id]);

function initialValue(element: InputElement): string | undefined {
  return element.type === 'plain_text_input' ? element.initial_value : element.initial_option?.value;
}

function canHold(element: InputElement, value: string): boolean {
  return element.type === 'plain_text_input' || optionsOf(element).some((option) => option.value === value);
}

/**
 * What a modal holds when it comes onto the screen, or replaces `before`. A field of the same block_id and action_id keeps
 * its value, whatever its initial value is now: https://github.com/slackapi/bolt-js/issues/290
 */
export function startingValues(modal: Modal, before?: { modal: Modal; values: FieldValues }): FieldValues {
  const kept = new Map(before && fieldsIn(before.modal).map((field) => [keyOf(field), field.element.type]));
  const entries = fieldsIn(modal).flatMap((field) => {
    const key = keyOf(field);
    const old = kept.get(key) === field.element.type ? before?.values.get(key) : undefined;
    const value = old !== undefined && canHold(field.element, old) ? old : initialValue(field.element);
    return value === undefined ? [] : [[key, value] as const];
  });
  return new Map(entries);
}

/** What was typed or chosen, as an action and a view's state tell it. Throws if there is no such option. */
export function toldValue(
  element: Exclude<ActionElement | InputElement, { type: 'button' }>,
  value?: string,
): JsonObject {
  const { type } = element;
  if (type === 'plain_text_input') return { type, value: value ?? null };
  const chosen = optionsOf(element).find((option) => option.value === value);
  if (value !== undefined && !chosen) throw new Error(`There is no option ${value} to choose.`);
  return { type, selected_option: chosen ?? null };
}

/** All fields by block_id, then by action_id. */
export function byPlace<Value>(
  { modal, values }: { modal: Modal; values: FieldValues },
  tell: (field: Field, value: string | undefined) => Value,
): Record<string, Record<string, Value>> {
  const told: Record<string, Record<string, Value>> = {};
  for (const field of fieldsIn(modal)) {
    const { blockId, element } = field;
    told[blockId] = { ...told[blockId], [element.action_id ?? '']: tell(field, values.get(keyOf(field))) };
  }
  return told;
}
