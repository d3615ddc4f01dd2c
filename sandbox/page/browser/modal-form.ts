import type { InputBlock } from '../../workspace/block-kit/inputs.js';
import type { SeenView } from '../../workspace/seen.js';
import { initiallyChosen } from './blocks/choosers.js';

/** A text, chosen values, or nothing. */
export type FormValue = string | string[] | null;

export type FormValues = Readonly<Record<string, FormValue>>;

/** Input blocks are the same field as long as both ids stay: then Slack keeps what was typed. */
const fieldKey = ({ block_id = '', element }: InputBlock): string => `${block_id} ${element.action_id}`;

const fieldsOf = (view: SeenView): InputBlock[] => view.blocks.filter((block) => block.type === 'input');

function initialValue({ element }: InputBlock): FormValue {
  if (element.type === 'plain_text_input' || element.type === 'number_input') return element.initial_value ?? null;
  const chosen = initiallyChosen(element);
  return chosen.length > 0 ? chosen : null;
}

/** The fields of a view: as typed in the view before it where that had them too, else as the view comes. */
export function formValues(view: SeenView, before?: { view: SeenView; values: FormValues }): FormValues {
  const kept = new Set(before ? fieldsOf(before.view).map(fieldKey) : []);
  return Object.fromEntries(
    fieldsOf(view).map((field) => {
      const id = field.block_id ?? '';
      return [id, before && kept.has(fieldKey(field)) ? (before.values[id] ?? null) : initialValue(field)];
    }),
  );
}
