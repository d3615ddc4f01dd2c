import { useId } from 'react';
import type { ActionElement } from '../../../workspace/block-kit/elements.js';
import type { Option } from '../../../workspace/block-kit/options.js';
import { Text } from './text.js';

export type Chooser = Exclude<ActionElement, { type: 'button' | 'overflow' }>;

interface ChooserProps {
  element: Chooser;
  chosen: readonly string[];
  onChoose: (values: string[]) => void;
  /** Ids of the label and of what explains the field. */
  labelledBy?: string | undefined;
  describedBy?: string | undefined;
}

/** What the element comes with. */
export function initiallyChosen(element: Chooser): string[] {
  if ('initial_options' in element) return (element.initial_options ?? []).map(({ value }) => value);
  return 'initial_option' in element && element.initial_option ? [element.initial_option.value] : [];
}

export function ChooserView(props: ChooserProps) {
  const { element } = props;
  return element.type === 'static_select' || element.type === 'multi_static_select' ? (
    <Select {...props} element={element} />
  ) : (
    <Boxes {...props} element={element} />
  );
}

type SelectElement = Extract<Chooser, { type: 'static_select' | 'multi_static_select' }>;

function Select({ element, chosen, onChoose, labelledBy, describedBy }: ChooserProps & { element: SelectElement }) {
  const isMany = element.type === 'multi_static_select';
  const placeholder = element.placeholder?.text ?? 'Select an item';
  return (
    <select
      multiple={isMany}
      value={isMany ? [...chosen] : (chosen[0] ?? '')}
      aria-labelledby={labelledBy}
      aria-label={labelledBy ? undefined : placeholder}
      aria-describedby={describedBy}
      onChange={({ target }) => onChoose([...target.selectedOptions].map(({ value }) => value).filter(Boolean))}
    >
      {!isMany && <option value="">{placeholder}</option>}
      {element.options?.map(toOption)}
      {element.option_groups?.map((group) => (
        <optgroup key={group.label.text} label={group.label.text}>
          {group.options.map(toOption)}
        </optgroup>
      ))}
    </select>
  );
}

const toOption = ({ value, text }: Option) => (
  <option key={value} value={value}>
    {text.text}
  </option>
);

type BoxesElement = Extract<Chooser, { type: 'checkboxes' | 'radio_buttons' }>;

function Boxes({ element, chosen, onChoose, labelledBy, describedBy }: ChooserProps & { element: BoxesElement }) {
  const name = useId();
  const isMany = element.type === 'checkboxes';
  const toggle = (value: string): void => {
    if (!isMany) onChoose([value]);
    else onChoose(chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]);
  };
  return (
    <fieldset className="boxes" aria-labelledby={labelledBy} aria-describedby={describedBy}>
      {element.options.map(({ value, text, description }) => (
        <label key={value}>
          <input
            type={isMany ? 'checkbox' : 'radio'}
            name={name}
            checked={chosen.includes(value)}
            onChange={() => toggle(value)}
          />
          <span>
            <Text text={text} />
            {description && (
              <span className="hint">
                <Text text={description} />
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  );
}
