import type { ActionElement } from '../block-kit/elements.js';
import { isTyped } from '../block-kit/fields.js';
import type { InputElement } from '../block-kit/inputs.js';
import { type Option, optionsOf } from '../block-kit/options.js';
import type { JsonObject } from '../model.js';

/** Everything that can be pressed, chosen from or typed into. */
export type AnyElement = ActionElement | InputElement;

function options(element: Parameters<typeof optionsOf>[0], values: readonly string[]): readonly Option[] {
  return values.map((value) => {
    const option = optionsOf(element).find((offered) => offered.value === value);
    if (!option) throw new Error(`There is no option ${value} to choose.`);
    return option;
  });
}

/** What was typed or chosen, as an action and a view's state tell it. Throws for an option that there is not. */
export function toldValues(element: Exclude<AnyElement, { type: 'button' }>, values: readonly string[]): JsonObject {
  const { type } = element;
  if (element.type !== 'overflow' && isTyped(element)) return { type, value: values[0] ?? null };
  const picked = options(element, values);
  const isMany = type === 'checkboxes' || type === 'multi_static_select';
  return { type, ...(isMany ? { selected_options: picked } : { selected_option: picked[0] ?? null }) };
}

/** The `actions` entry of a `block_actions` payload, without its place. */
export function actionOf(element: AnyElement, values: readonly string[]): JsonObject {
  if (element.type !== 'button') return toldValues(element, values);
  const { text, value, style, url } = element;
  return {
    type: 'button',
    text: { emoji: true, ...text },
    ...(value === undefined ? {} : { value }),
    ...(style === undefined ? {} : { style }),
    ...(url === undefined ? {} : { url }),
  };
}

/** Whether the person says no in the dialog that the element asks for. Throws where it asks for none. */
export function isCancelled(element: AnyElement, confirm = true): boolean {
  if (confirm) return false;
  if (!('confirm' in element && element.confirm)) throw new Error(`${element.action_id} asks for no confirmation.`);
  return true;
}
