import { type ReactNode, useId } from 'react';
import { CheckboxList, FilePicker } from './choice-inputs.js';
import { type BlockOf, type Element, useBlockHost } from './host.js';

/** A field of a modal, with its label, hint and error. https://docs.slack.dev/reference/block-kit/blocks/input-block */
export function InputBlockView({ block }: { block: BlockOf<'input'> }) {
  const { form } = useBlockHost();
  const id = useId();
  const { block_id: blockId = '', element, label, hint, optional, dispatch_action = false } = block;
  const error = form?.errors[blockId];
  const name = (
    <>
      {label.text} {optional && <span className="muted">(optional)</span>}
    </>
  );
  const about = (
    <div id={`${id}-about`}>
      {error && (
        <p className="error" role="alert">
          {error}
        </p>
      )}
      {hint && <p className="hint">{hint.text}</p>}
    </div>
  );
  if (element.type === 'checkboxes') {
    return (
      <fieldset className="field" aria-describedby={`${id}-about`}>
        <legend>{name}</legend>
        <CheckboxList element={element} blockId={blockId} tellsApp={dispatch_action} />
        {about}
      </fieldset>
    );
  }
  const shared = {
    id: `${id}-field`,
    'aria-required': !optional,
    'aria-invalid': error !== undefined,
    'aria-describedby': `${id}-about`,
  };
  return (
    <div className="field">
      <label htmlFor={shared.id}>{name}</label>
      {element.type === 'file_input' ? (
        <FilePicker element={element} blockId={blockId} shared={shared} />
      ) : (
        <TextOrSelect element={element} blockId={blockId} shared={shared} tellsApp={dispatch_action} />
      )}
      {about}
    </div>
  );
}

interface TextOrSelectProps {
  element: Element<'plain_text_input'> | Element<'static_select'>;
  blockId: string;
  shared: object;
  tellsApp: boolean;
}

function TextOrSelect({ element, blockId, shared, tellsApp }: TextOrSelectProps): ReactNode {
  const { form } = useBlockHost();
  const props = {
    ...shared,
    value: String(form?.values[blockId] ?? ''),
    onChange: ({ target }: { target: { value: string } }) =>
      form?.change(blockId, target.value || null, tellsApp && element.type === 'static_select'),
  };
  if (element.type === 'plain_text_input') {
    return element.multiline ? <textarea {...props} rows={5} /> : <input {...props} type="text" />;
  }
  return (
    <select {...props}>
      <option value="">{element.placeholder?.text ?? 'Select an item'}</option>
      {element.options?.map(toOption)}
      {element.option_groups?.map(({ label: groupLabel, options }) => (
        <optgroup key={options[0]?.value} label={groupLabel.text}>
          {options.map(toOption)}
        </optgroup>
      ))}
    </select>
  );
}

const toOption = ({ value, text }: { value: string; text: { text: string } }) => (
  <option key={value} value={value}>
    {text.text}
  </option>
);
