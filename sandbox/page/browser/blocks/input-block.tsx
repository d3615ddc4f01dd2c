import { useId } from 'react';
import { Chooser } from './elements.js';
import { type BlockOf, useBlockHost } from './host.js';

/** A field of a modal, with its label, hint and error. https://docs.slack.dev/reference/block-kit/blocks/input-block */
export function InputBlockView({ block }: { block: BlockOf<'input'> }) {
  const { form } = useBlockHost();
  const id = useId();
  const error = form?.errors[block.block_id ?? ''];
  return (
    <div className="field">
      <label id={`${id}-label`} htmlFor={`${id}-field`}>
        {block.label.text} {block.optional && <span className="muted">(optional)</span>}
      </label>
      <Field id={id} block={block} isInvalid={error !== undefined} />
      <div id={`${id}-about`}>
        {error && (
          <p className="error" role="alert">
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
  block: BlockOf<'input'>;
  isInvalid: boolean;
}

function Field({ id, block, isInvalid }: FieldProps) {
  const { form, act } = useBlockHost();
  const { element, block_id: blockId = '', dispatch_action, optional } = block;
  const value = form?.values[blockId] ?? null;
  const change = (changed: string | null): void => form?.change(blockId, changed);
  if (element.type === 'static_select' || element.type === 'radio_buttons') {
    const choose = (chosen: string | null): void => {
      change(chosen);
      if (dispatch_action && chosen) {
        void act({ blockId, actionId: element.action_id ?? '', selected: [chosen] });
      }
    };
    return (
      <Chooser
        element={element}
        chosen={value}
        onChoose={choose}
        labelledBy={`${id}-label`}
        describedBy={`${id}-about`}
      />
    );
  }
  const shared = {
    id: `${id}-field`,
    value: value ?? '',
    placeholder: element.placeholder?.text,
    'aria-required': !optional,
    'aria-invalid': isInvalid,
    'aria-describedby': `${id}-about`,
    onChange: ({ target }: { target: { value: string } }) => change(target.value || null),
  };
  return element.multiline ? <textarea {...shared} rows={5} /> : <input {...shared} type="text" />;
}
