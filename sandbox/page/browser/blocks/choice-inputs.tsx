import { type ChangeEvent, useState } from 'react';
import { IconButton } from '../icons.js';
import { type Element, useBlockHost } from './host.js';
import { Text } from './text.js';

interface CheckboxListProps {
  element: Element<'checkboxes'>;
  blockId: string;
  tellsApp: boolean;
}

/** https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element */
export function CheckboxList({ element, blockId, tellsApp }: CheckboxListProps) {
  const { form } = useBlockHost();
  const held = form?.values[blockId] ?? [];
  const toggle = (value: string, isTicked: boolean): void =>
    form?.change(blockId, isTicked ? [...held, value] : [...held].filter((other) => other !== value), tellsApp);
  return element.options.map(({ value, text, description }) => (
    <label key={value} className="checkbox">
      <input type="checkbox" checked={held.includes(value)} onChange={({ target }) => toggle(value, target.checked)} />
      <span>
        <Text text={text} />
        {description && <Text text={description} className="hint" />}
      </span>
    </label>
  ));
}

interface FilePickerProps {
  element: Element<'file_input'>;
  blockId: string;
  shared: object;
}

/** Files go to Slack as they are chosen. https://docs.slack.dev/reference/block-kit/block-elements/file-input-element */
export function FilePicker({ element, blockId, shared }: FilePickerProps) {
  const { form } = useBlockHost();
  const [refusal, setRefusal] = useState<string>();
  const { filetypes, max_files: maxFiles = 10 } = element;
  const names = form?.filesOf({ blockId, actionId: element.action_id ?? '' }) ?? [];
  const attach = async (files: readonly File[]): Promise<void> => setRefusal(await form?.attach(blockId, files));
  const onChange = ({ target }: ChangeEvent<HTMLInputElement>): void => {
    const files = [...(target.files ?? [])];
    target.value = ''; // the list below says what was chosen, also after this view was covered by another
    if (files.length > 0) void attach(files);
  };
  return (
    <>
      <input
        {...shared}
        type="file"
        accept={filetypes?.map((type) => `.${type}`).join(',')}
        multiple={maxFiles > 1}
        onChange={onChange}
      />
      {names.length > 0 && (
        <p className="row chosen-files">
          <span className="grow">{names.join(', ')}</span>
          <IconButton name="close" label={`Remove ${names.join(', ')}`} onClick={() => void attach([])} />
        </p>
      )}
      {refusal && (
        <p className="error" role="alert">
          {refusal}
        </p>
      )}
    </>
  );
}
