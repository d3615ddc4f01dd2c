import type { ActionElement } from '../block-kit/elements.js';
import { type Option, optionsOf } from '../block-kit/options.js';
import type { JsonObject } from '../model.js';

function options(element: Parameters<typeof optionsOf>[0], values: readonly string[]): readonly Option[] {
  return values.map((value) => {
    const option = optionsOf(element).find((offered) => offered.value === value);
    if (!option) throw new Error(`There is no option ${value} to choose.`);
    return option;
  });
}

type Chooser = Exclude<ActionElement, { type: 'button' }>;

/** What a choice looks like in an action and in a view's state. */
export function chosen(element: Chooser, values: readonly string[]): JsonObject {
  const picked = options(element, values);
  const isMany = element.type === 'checkboxes' || element.type === 'multi_static_select';
  return isMany ? { selected_options: picked } : { selected_option: picked[0] ?? null };
}

/** The `actions` entry of a `block_actions` payload, without its place. */
export function actionOf(element: ActionElement, values: readonly string[]): JsonObject {
  if (element.type !== 'button') return { type: element.type, ...chosen(element, values) };
  const { text, value, style, url } = element;
  return {
    type: 'button',
    text: { emoji: true, ...text },
    ...(value === undefined ? {} : { value }),
    ...(style === undefined ? {} : { style }),
    ...(url === undefined ? {} : { url }),
  };
}
