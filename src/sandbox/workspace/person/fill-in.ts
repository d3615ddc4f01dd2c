import { type InputBlock, type InputElement, isWithin } from '../block-kit/inputs.js';
import type { SubmittedValues } from '../driver.js';
import type { JsonObject, OpenView } from '../model.js';
import { chosen } from './choose.js';

type Limits = Pick<Extract<InputElement, { type: 'plain_text_input' }>, 'min_length' | 'max_length'>;
type NumberInput = Extract<InputElement, { type: 'number_input' }>;
type Given = SubmittedValues[string] | undefined;

const inputsOf = (view: OpenView): InputBlock[] => view.modal.blocks.filter((block) => block.type === 'input');

const asList = (given: string | readonly string[] | null): readonly string[] => {
  if (given === null || given === '') return [];
  return typeof given === 'string' ? [given] : given;
};

/** What the modal came with. */
function initialValues(element: InputElement): readonly string[] {
  switch (element.type) {
    case 'plain_text_input':
    case 'number_input':
      return element.initial_value === undefined ? [] : [element.initial_value];
    case 'static_select':
    case 'radio_buttons':
      return element.initial_option ? [element.initial_option.value] : [];
    default:
      return (element.initial_options ?? []).map(({ value }) => value);
  }
}

const valuesOf = (block: InputBlock, given: Given): readonly string[] =>
  given === undefined ? initialValues(block.element) : asList(given);

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

/** What Slack's own form says before it sends anything. */
function refusal({ element, optional }: InputBlock, values: readonly string[]): string | undefined {
  const [value] = values;
  if (value === undefined) return optional ? undefined : required;
  if (element.type === 'plain_text_input') return textRefusal(value, element);
  return element.type === 'number_input' ? numberRefusal(value, element) : undefined;
}

/** A field in `view.state.values`. https://docs.slack.dev/reference/views */
function stateOf(element: InputElement, values: readonly string[]): JsonObject {
  const isTyped = element.type === 'plain_text_input' || element.type === 'number_input';
  return { type: element.type, ...(isTyped ? { value: values[0] ?? null } : chosen(element, values)) };
}

/** The form as filled in: `state.values`, and the fields that Slack does not let through. */
export function fillIn(view: OpenView, given: SubmittedValues): { values: JsonObject; errors: Record<string, string> } {
  const inputs = inputsOf(view);
  const unknown = Object.keys(given).filter((id) => inputs.every(({ block_id }) => block_id !== id));
  if (unknown.length > 0) throw new Error(`The modal has no field ${unknown.join(', ')}.`);
  const filled = inputs.map((block) => {
    const id = block.block_id ?? '';
    const values = valuesOf(block, given[id]);
    const state = { [block.element.action_id ?? '']: stateOf(block.element, values) };
    return { id, state, error: refusal(block, values) };
  });
  return {
    values: Object.fromEntries(filled.map(({ id, state }) => [id, state])),
    errors: Object.fromEntries(filled.flatMap(({ id, error }) => (error === undefined ? [] : [[id, error]]))),
  };
}
