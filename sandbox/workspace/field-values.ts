import { canHold, type Field, fieldsIn, initialValues } from './block-kit/fields.js';
import type { Modal } from './block-kit/modal.js';

/** What stands in the fields of a modal, by block_id and action_id. A field that nobody touched and that came empty has no entry. */
export type FieldValues = ReadonlyMap<string, readonly string[]>;

interface Filled {
  modal: Modal;
  values: FieldValues;
}

const keyOf = ({ blockId, element }: Field): string => JSON.stringify([blockId, element.action_id]);

export const valuesOf = (values: FieldValues, field: Field): readonly string[] => values.get(keyOf(field)) ?? [];

export const withValues = (values: FieldValues, field: Field, entered: readonly string[]): FieldValues =>
  new Map(values).set(keyOf(field), entered);

function keptValues(before: Filled | undefined, field: Field): readonly string[] | undefined {
  const known = before && fieldsIn(before.modal.blocks).find((candidate) => keyOf(candidate) === keyOf(field));
  const values = known?.element.type === field.element.type ? before?.values.get(keyOf(field)) : undefined;
  return values && canHold(field.element, values) ? values : undefined;
}

/**
 * What stands in a modal when it comes onto the screen, or in the place of `before`. A field of the same block_id and action_id
 * keeps what stood in it, whatever its initial value is now: https://github.com/slackapi/bolt-js/issues/290
 */
export function startingValues({ blocks }: Modal, before?: Filled): FieldValues {
  const entries = fieldsIn(blocks).map(
    (field) => [keyOf(field), keptValues(before, field) ?? initialValues(field.element)] as const,
  );
  return new Map(entries.flatMap(([key, values]) => (values ? [[key, values]] : [])));
}
