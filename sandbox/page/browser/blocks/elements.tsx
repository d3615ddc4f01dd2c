import { type ReactNode, useId, useState } from 'react';
import { ConfirmDialog } from '../dialog.js';
import { Icon } from '../icons.js';
import { Menu } from '../menu.js';
import { type ActionElement, type ElementOf, useBlockHost } from './host.js';
import { Text, withEmoji } from './text.js';

interface ElementProps<Element> {
  element: Element;
  blockId: string;
}

/** What an actions block or a section's accessory can hold. */
export function ActionElementView({ element, blockId }: ElementProps<ActionElement>) {
  switch (element.type) {
    case 'button':
      return <ButtonView element={element} blockId={blockId} />;
    case 'overflow':
      return <OverflowMenu element={element} blockId={blockId} />;
    case 'static_select':
    case 'radio_buttons':
      return <ActingChooser element={element} blockId={blockId} />;
  }
}

interface ElementActing {
  /** Asks for confirmation if the element has a `confirm` dialog, then tells the app. */
  start: (selected?: string) => void;
  isBusy: boolean;
  /** The confirmation dialog while it is open. */
  dialog: ReactNode;
}

function useActing({ element, blockId }: ElementProps<ActionElement>): ElementActing {
  const { act } = useBlockHost();
  const [asked, setAsked] = useState<{ selected: string | undefined }>();
  const [isBusy, setBusy] = useState(false);
  const send = async (selected: string | undefined): Promise<void> => {
    setBusy(true);
    await act({ blockId, actionId: element.action_id ?? '', ...(selected && { selected: [selected] }) });
    setBusy(false);
  };
  const start = (selected?: string): void => {
    if (element.confirm) setAsked({ selected });
    else if (!isBusy) void send(selected);
  };
  const answer = (isConfirmed: boolean): void => {
    setAsked(undefined);
    if (isConfirmed) void send(asked?.selected);
  };
  const dialog = asked && element.confirm && <ConfirmDialog confirmation={element.confirm} onAnswer={answer} />;
  return { start, isBusy, dialog };
}

function ButtonView(props: ElementProps<ElementOf<'button'>>) {
  const { text, style = '', url, accessibility_label } = props.element;
  const { start, isBusy, dialog } = useActing(props);
  const press = (): void => {
    if (url) window.open(url, '_blank', 'noreferrer');
    start();
  };
  return (
    <>
      <button
        type="button"
        className={`button ${style}`}
        aria-label={accessibility_label}
        aria-busy={isBusy}
        onClick={press}
      >
        {text.emoji === false ? text.text : withEmoji(text.text)}
      </button>
      {dialog}
    </>
  );
}

function OverflowMenu(props: ElementProps<ElementOf<'overflow'>>) {
  const { start, dialog } = useActing(props);
  const items = props.element.options.map(({ text, value, url }) => ({
    label: text.text,
    onChoose() {
      if (url) window.open(url, '_blank', 'noreferrer');
      start(value);
    },
  }));
  return (
    <>
      <Menu label="More options" className="button" items={items}>
        <Icon name="more" />
      </Menu>
      {dialog}
    </>
  );
}

export type ChooserElement = ElementOf<'static_select' | 'radio_buttons'>;

/** Outside an input block, the app is told of each choice. */
function ActingChooser(props: ElementProps<ChooserElement>) {
  const { element } = props;
  const { start, dialog } = useActing(props);
  const [chosen, setChosen] = useState(element.initial_option?.value ?? null);
  const choose = (value: string | null): void => {
    if (!element.confirm) setChosen(value);
    if (value) start(value);
  };
  return (
    <>
      <Chooser element={element} chosen={chosen} onChoose={choose} />
      {dialog}
    </>
  );
}

interface ChooserProps {
  element: ChooserElement;
  chosen: string | null;
  onChoose: (value: string | null) => void;
  /** IDs of the elements that label and describe the field. */
  labelledBy?: string;
  describedBy?: string;
}

export function Chooser({ element, chosen, onChoose, labelledBy, describedBy }: ChooserProps) {
  const name = useId();
  const label = { 'aria-labelledby': labelledBy, 'aria-describedby': describedBy };
  if (element.type === 'radio_buttons') {
    return (
      <fieldset className="radio-buttons" {...label}>
        {element.options.map(({ value, text, description }) => (
          <label key={value}>
            <input type="radio" name={name} checked={chosen === value} onChange={() => onChoose(value)} />
            <span>
              <Text text={text} />
              {description && <Text text={description} className="hint" />}
            </span>
          </label>
        ))}
      </fieldset>
    );
  }
  const { placeholder, options, option_groups } = element;
  const placeholderText = placeholder?.text ?? 'Select an item';
  return (
    <select
      {...label}
      aria-label={labelledBy ? undefined : placeholderText}
      value={chosen ?? ''}
      onChange={({ target }) => onChoose(target.value || null)}
    >
      <option value="">{placeholderText}</option>
      <Options options={options ?? []} />
      {option_groups?.map((group) => (
        <optgroup key={group.label.text} label={group.label.text}>
          <Options options={group.options} />
        </optgroup>
      ))}
    </select>
  );
}

type Options = NonNullable<ElementOf<'static_select'>['options']>;

const Options = ({ options }: { options: Options }) =>
  options.map(({ value, text }) => (
    <option key={value} value={value}>
      {text.text}
    </option>
  ));
