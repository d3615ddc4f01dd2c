import { useId } from 'react';
import { type BlockOf, useBlockHost } from './host.js';

/** A field of a modal, with its label, hint and error. https://docs.slack.dev/reference/block-kit/blocks/input-block */
export function InputBlockView({ block }: { block: BlockOf<'input'> }) {
  const { form } = useBlockHost();
  const id = useId();
  const { block_id: blockId = '', element, label, hint, optional, dispatch_action = false } = block;
  const error = form?.errors[blockId];
  const shared = {
    id: `${id}-field`,
    value: form?.values[blockId] ?? '',
    'aria-required': !optional,
    'aria-invalid': error !== undefined,
    'aria-describedby': `${id}-about`,
    onChange: ({ target }: { target: { value: string } }) =>
      form?.change(blockId, target.value || null, dispatch_action && element.type === 'static_select'),
  };
  return (
    <div className="field">
      <label htmlFor={`${id}-field`}>
        {label.text} {optional && <span className="muted">(optional)</span>}
      </label>
      {element.type === 'static_select' ? (
        <select {...shared}>
          <option value="">{element.placeholder?.text ?? 'Select an item'}</option>
          {element.options?.map(toOption)}
          {element.option_groups?.map(({ label: groupLabel, options }) => (
            <optgroup key={options[0]?.value} label={groupLabel.text}>
              {options.map(toOption)}
            </optgroup>
          ))}
        </select>
      ) : element.multiline ? (
        <textarea {...shared} rows={5} />
      ) : (
        <input {...shared} type="text" />
      )}
      <div id={`${id}-about`}>
        {error && (
          <p className="error" role="alert">
            {error}
          </p>
        )}
        {hint && <p className="hint">{hint.text}</p>}
      </div>
    </div>
  );
}

const toOption = ({ value, text }: { value: string; text: { text: string } }) => (
  <option key={value} value={value}>
    {text.text}
  </option>
);
