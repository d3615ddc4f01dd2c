import { isDeepStrictEqual } from 'node:util';
import type { InputBlock, Modal } from '../block-kit/blocks.js';
import type { FileInput, InputElement } from '../block-kit/elements.js';
import { type FieldValue, keyOf, toldValue, withValue } from '../block-kit/fields.js';
import type { Context } from '../context.js';
import type { Acknowledgement, SubmittedValues, UploadInput } from '../driver.js';
import { extensionOf, upload } from '../files.js';
import type { OpenView } from '../model.js';
import { sendViewAction } from './view-payload.js';

export const inputsIn = ({ blocks }: Modal): InputBlock[] => blocks.filter((block) => block.type === 'input');

const fieldOf = ({ block_id: blockId = '', element }: InputBlock) => ({ blockId, element });

/** Fills in input blocks and tells the app of each changed one with `dispatch_action`. */
export async function fillIn(context: Context, view: OpenView, typed: SubmittedValues): Promise<Acknowledgement[]> {
  const inputs = inputsIn(view.modal);
  const unknown = Object.keys(typed).filter((id) => inputs.every(({ block_id }) => block_id !== id));
  if (unknown.length > 0) throw new Error(`The modal has no field ${unknown.join(', ')}.`);
  const results: Acknowledgement[] = [];
  for (const input of inputs) {
    const field = fieldOf(input);
    const given = typed[field.blockId];
    if (given === undefined) continue;
    const value = heldValue(context, view, field.element, given);
    if (isDeepStrictEqual(value, view.values.get(keyOf(field)))) continue;
    toldValue(field.element, value); // throws if there is no such option
    view.values = withValue(view.values, field, value);
    context.state.changed();
    if (input.dispatch_action && field.element.type !== 'plain_text_input') {
      results.push(await sendViewAction(context, view, field, value));
    }
  }
  return results;
}

/** What the field then holds; undefined if it was emptied. */
function heldValue(
  context: Context,
  { user }: OpenView,
  element: InputElement,
  given: SubmittedValues[string],
): FieldValue | undefined {
  if (given === null || given.length === 0) return undefined;
  const items: readonly (string | UploadInput)[] = typeof given === 'string' ? [given] : given;
  const texts = items.filter((item) => typeof item === 'string');
  const files = items.filter((item) => typeof item !== 'string');
  const wanted = element.type === 'file_input' ? files : texts;
  if (wanted.length < items.length)
    throw new Error(`A ${element.type} takes ${wanted === files ? 'only' : 'no'} files.`);
  if (element.type === 'file_input') return uploadAll(context, user, element, files);
  if (element.type === 'checkboxes') {
    const places = new Map(element.options.map(({ value }, index) => [value, index]));
    return texts.toSorted((one, other) => (places.get(one) ?? 0) - (places.get(other) ?? 0));
  }
  if (texts.length > 1) throw new Error(`A ${element.type} holds one value.`);
  return texts[0];
}

const maxFileBytes = 10 * 2 ** 20; // https://docs.slack.dev/reference/block-kit/block-elements/file-input-element

/** Slack takes the files at once, before the form is submitted. It refuses what the element does not take by its name or size. */
function uploadAll(context: Context, user: string, element: FileInput, files: readonly UploadInput[]): string[] {
  const { filetypes, max_files: maxFiles = 10 } = element;
  if (files.length > maxFiles) throw new Error(`The field takes at most ${maxFiles} files.`);
  for (const { name, content } of files) {
    if (content.length > maxFileBytes) throw new Error(`${name} is larger than 10 MB.`);
    if (filetypes && !filetypes.includes(extensionOf(name))) {
      throw new Error(`${name} is none of the file types ${filetypes.join(', ')}.`);
    }
  }
  return files.map((file) => {
    const uploaded = upload(context, user, file);
    uploaded.isGivenToApp = true;
    return uploaded.id;
  });
}

/** What Slack's own form says before it sends anything, by block_id. */
export function refusals(view: OpenView): Record<string, string> {
  const errors = inputsIn(view.modal).flatMap((input) => {
    const error = refusal(input, view.values.get(keyOf(fieldOf(input))));
    return error === undefined ? [] : [[input.block_id ?? '', error] as const];
  });
  return Object.fromEntries(errors);
}

function refusal({ element, optional }: InputBlock, value: FieldValue | undefined): string | undefined {
  if (value === undefined) return optional ? undefined : 'Please complete this required field.';
  if (element.type !== 'plain_text_input') return undefined;
  const { max_length = 3000 } = element;
  return value.length > max_length ? `Must be at most ${max_length} characters.` : undefined;
}
