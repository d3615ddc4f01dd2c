import { type KeyboardEvent, useId } from 'react';
import type { InputBlock } from '../../../workspace/block-kit/inputs.js';
import type { FormValue } from '../modal-form.js';
import { useBlockHost } from './block-host.js';
import { ChooserView } from './choosers.js';

/** A field of a modal with its label, hint and error. https://docs.slack.dev/reference/block-kit/blocks/input-block */
export function InputBlockView({ block }: { block: InputBlock }) {
  const { form, act } = useBlockHost();
  const id = useId();
  const blockId = block.block_id ?? '';
  const error = form?.errors[blockId];
  return (
    <div className={error ? 'field has-error' : 'field'}>
      <label id={`${id}-label`} htmlFor={`${id}-field`}>
        {block.label.text} {block.optional && <span className="muted">(optional)</span>}
      </label>
      <Field
        id={id}
        block={block}
        isWrong={error !== undefined}
        value={form?.values[blockId] ?? null}
        onChange={(value) => form?.change(blockId, value)}
        onDispatch={
          block.dispatch_action
            ? (selected) => act({ blockId, actionId: block.element.action_id ?? '', ...(selected && { selected }) })
            : undefined
        }
      />
      <div id={`${id}-about`}>
        {error && (
          <p className="field-error" role="alert">
            {error}
          </p>
        )}
        {block.hint && <p className="hint">{block.hint.text}</p>}
      </div>
    </div>
  );
}

interface FieldProps {
  id: string;
  block: InputBlock;
  isWrong: boolean;
  value: FormValue;
  onChange: (value: FormValue) => void;
  /** Where the app wants to hear of the field before the modal is sent: a choice, or Enter in a line of text. */
  onDispatch: ((selected?: string[]) => Promise<void>) | undefined;
}

function Field({ id, block: { element, optional }, isWrong, value, onChange, onDispatch }: FieldProps) {
  const described = `${id}-about`;
  if (element.type !== 'plain_text_input' && element.type !== 'number_input') {
    const chosen = typeof value === 'string' ? [value] : (value ?? []);
    return (
      <ChooserView
        element={element}
        chosen={chosen}
        onChoose={(values) => {
          onChange(values.length > 0 ? values : null);
          void onDispatch?.(values);
        }}
        labelledBy={`${id}-label`}
        describedBy={described}
      />
    );
  }
  const shared = {
    id: `${id}-field`,
    value: typeof value === 'string' ? value : '',
    placeholder: element.placeholder?.text,
    'data-first': element.focus_on_load,
    'aria-required': !optional,
    'aria-invalid': isWrong,
    'aria-describedby': described,
    onChange: ({ target }: { target: { value: string } }) => onChange(target.value || null),
    onKeyDown: (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !onDispatch || (element.type === 'plain_text_input' && element.multiline)) return;
      event.preventDefault();
      void onDispatch();
    },
  };
  if (element.type === 'number_input') return <input {...shared} type="text" inputMode="decimal" />;
  return element.multiline ? <textarea {...shared} rows={5} /> : <input {...shared} type="text" />;
}
