import { type Field, fieldsIn, isTyped } from '../block-kit/fields.js';
import { type InputBlock, type InputElement, isWithin } from '../block-kit/inputs.js';
import { valuesOf, withValues } from '../field-values.js';
import type { SubmittedValues } from '../inputs.js';
import type { JsonObject, OpenView } from '../model.js';
import type { SeenView } from '../seen.js';
import { toldValues } from './choose.js';

type Limits = Pick<Extract<InputElement, { type: 'plain_text_input' }>, 'min_length' | 'max_length'>;
type NumberInput = Extract<InputElement, { type: 'number_input' }>;

const asList = (given: string | readonly string[] | null): readonly string[] => {
  if (given === null || given === '') return [];
  return typeof given === 'string' ? [given] : given;
};

/** Puts values into a field. Throws for an option that there is not. */
export function putInto(view: OpenView, field: Field, values: readonly string[]): void {
  toldValues(field.element, values);
  view.values = withValues(view.values, field, values);
}

/** Puts what the person types into the input blocks, all of it or nothing; answers the fields that it changes. */
export function putTyped(view: OpenView, typed: SubmittedValues): Field[] {
  const inputs = fieldsIn(view.modal.blocks).filter(({ input }) => input);
  const unknown = Object.keys(typed).filter((id) => inputs.every(({ blockId }) => blockId !== id));
  if (unknown.length > 0) throw new Error(`The modal has no field ${unknown.join(', ')}.`);
  const entries = inputs.flatMap((field) => {
    const given = typed[field.blockId];
    return given === undefined ? [] : [{ field, values: asList(given) }];
  });
  for (const { field, values } of entries) toldValues(field.element, values);
  const changed = entries.filter(({ field, values }) => values.join('\n') !== valuesOf(view.values, field).join('\n'));
  for (const { field, values } of entries) putInto(view, field, values);
  return changed.map(({ field }) => field);
}

const required = 'Please complete this required field.';

function textRefusal(text: string, { min_length = 0, max_length = 3000 }: Limits): string | undefined {
  if (text.length > max_length) return `Must be at most ${max_length} characters.`;
  return text.length < min_length ? `Must be at least ${min_length} characters.` : undefined;
}

function numberRefusal(text: string, element: NumberInput): string | undefined {
  const form = element.is_decimal_allowed ? /^-?\d+(\.\d+)?$/ : /^-?\d+$/;
  if (!form.test(text)) return 'Please enter a valid number.';
  return isWithin(text, element) ? undefined : 'Please enter a number within the limits.';
}

function refusal({ element, optional }: InputBlock, values: readonly string[]): string | undefined {
  const [value] = values;
  if (value === undefined) return optional ? undefined : required;
  if (element.type === 'plain_text_input') return textRefusal(value, element);
  return element.type === 'number_input' ? numberRefusal(value, element) : undefined;
}

/** What Slack's own form says before it sends anything, by block_id. */
export function refusals(view: OpenView): Record<string, string> {
  const errors = fieldsIn(view.modal.blocks).map((field): [string, string | undefined] => [
    field.blockId,
    field.input && refusal(field.input, valuesOf(view.values, field)),
  ]);
  return Object.fromEntries(errors.flatMap(([id, error]) => (error === undefined ? [] : [[id, error]])));
}

/** The whole form by block_id, then by action_id. */
function byPlace<Value>(
  { modal, values }: OpenView,
  tell: (field: Field, values: readonly string[]) => Value,
): Record<string, Record<string, Value>> {
  const told: Record<string, Record<string, Value>> = {};
  for (const field of fieldsIn(modal.blocks)) {
    const { blockId, element } = field;
    told[blockId] = { ...told[blockId], [element.action_id ?? '']: tell(field, valuesOf(values, field)) };
  }
  return told;
}

/**
 * `view.state.values`, menus outside of input blocks included.
 * https://api.slack.com/changelog/2020-09-full-state-on-view-submisson-and-block-actions
 */
export const stateOf = (view: OpenView): JsonObject =>
  byPlace(view, ({ element }, values) => toldValues(element, values));

/** The same as a person sees it. */
export function seenValues(view: OpenView): SeenView['values'] {
  return byPlace(view, ({ element }, values) => {
    const isOne = isTyped(element) || element.type === 'static_select' || element.type === 'radio_buttons';
    return isOne ? (values[0] ?? null) : values;
  });
}
