import { useId } from 'react';
import type { InputBlock } from '../../../workspace/block-kit/inputs.js';
import type { FormValue } from '../modal-form.js';
import { useBlockHost } from './block-host.js';
import { ChooserView } from './choosers.js';

/** A field of a modal with its label, hint and error. https://docs.slack.dev/reference/block-kit/blocks/input-block */
export function InputBlockView({ block }: { block: InputBlock }) {
  const { form } = useBlockHost();
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
}

function Field({ id, block: { element, optional }, isWrong, value, onChange }: FieldProps) {
  const described = `${id}-about`;
  if (element.type !== 'plain_text_input' && element.type !== 'number_input') {
    const chosen = typeof value === 'string' ? [value] : (value ?? []);
    return (
      <ChooserView
        element={element}
        chosen={chosen}
        onChoose={(values) => onChange(values.length > 0 ? values : null)}
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
  };
  if (element.type === 'number_input') return <input {...shared} type="text" inputMode="decimal" />;
  return element.multiline ? <textarea {...shared} rows={5} /> : <input {...shared} type="text" />;
}
