import type { ModalBlock } from './blocks.js';
import type { InputBlock, InputElement } from './inputs.js';
import { optionsOf } from './options.js';
import { actionsIn } from './walk.js';

/** An element of a modal that holds a value: that of an input block, or a menu or boxes elsewhere. Buttons and overflows hold none. */
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

export const fieldsIn = (blocks: readonly ModalBlock[]): Field[] => blocks.flatMap(fieldsOf);

/** What an element comes with; undefined where it comes empty. */
export function initialValues(element: InputElement): readonly string[] | undefined {
  switch (element.type) {
    case 'plain_text_input':
    case 'number_input':
      return element.initial_value === undefined ? undefined : [element.initial_value];
    case 'static_select':
    case 'radio_buttons':
      return element.initial_option && [element.initial_option.value];
    default:
      return element.initial_options?.map(({ value }) => value);
  }
}

export const isTyped = (
  element: InputElement,
): element is Extract<InputElement, { type: 'plain_text_input' | 'number_input' }> =>
  element.type === 'plain_text_input' || element.type === 'number_input';

/** Whether the element can hold these values. */
export function canHold(element: InputElement, values: readonly string[]): boolean {
  return isTyped(element) || values.every((value) => optionsOf(element).some((option) => option.value === value));
}
