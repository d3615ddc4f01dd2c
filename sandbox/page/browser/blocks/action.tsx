import { useState } from 'react';
import { ConfirmDialog } from '../dialog.js';
import { Icon } from '../icons.js';
import { Menu, type MenuGroup } from '../menu.js';
import { type ActionElement, type ActionOf, useBlockHost, useOpenUrl } from './host.js';
import { withEmoji } from './text.js';

type PlainText = ActionOf<'button'>['text'];
type Confirmed = Pick<ActionElement, 'confirm'>;

const shownText = ({ text, emoji }: PlainText): string => (emoji === false ? text : withEmoji(text));

/** Something to press or choose from. https://docs.slack.dev/reference/block-kit/block-elements */
export function ActionView({ element, blockId }: { element: ActionElement; blockId: string }) {
  switch (element.type) {
    case 'button':
      return <ButtonView button={element} blockId={blockId} />;
    case 'overflow':
      return <OverflowView overflow={element} blockId={blockId} />;
    case 'static_select':
      return <SelectView select={element} blockId={blockId} />;
  }
}

/** Does something after the user has confirmed it, if they must. `dialog` asks them. */
function useConfirmed({ confirm }: Confirmed) {
  const [asked, setAsked] = useState<{ act: () => Promise<void> }>();
  const [isBusy, setBusy] = useState(false);
  const run = async (act: () => Promise<void>): Promise<void> => {
    setBusy(true);
    await act();
    setBusy(false);
  };
  const start = (act: () => Promise<void>): void => {
    if (confirm) setAsked({ act });
    else if (!isBusy) void run(act);
  };
  const answer = (isConfirmed: boolean): void => {
    setAsked(undefined);
    if (isConfirmed && asked) void run(asked.act);
  };
  const dialog = asked && confirm && <ConfirmDialog confirmation={confirm} onAnswer={answer} />;
  return { start, isBusy, dialog };
}

export function ButtonView({ button, blockId }: { button: ActionOf<'button'>; blockId: string }) {
  const { press } = useBlockHost();
  const openUrl = useOpenUrl();
  const { start, isBusy, dialog } = useConfirmed(button);
  const { text, style = '', url, action_id: actionId = '', accessibility_label } = button;
  const onClick = (): void => {
    if (url) openUrl(url);
    start(() => press({ blockId, actionId }));
  };
  return (
    <>
      <button
        type="button"
        className={`button ${style}`}
        aria-label={accessibility_label}
        aria-busy={isBusy}
        onClick={onClick}
      >
        {shownText(text)}
      </button>
      {dialog}
    </>
  );
}

/** https://docs.slack.dev/reference/block-kit/block-elements/overflow-menu-element */
function OverflowView({ overflow, blockId }: { overflow: ActionOf<'overflow'>; blockId: string }) {
  const { choose } = useBlockHost();
  const openUrl = useOpenUrl();
  const { start, isBusy, dialog } = useConfirmed(overflow);
  const { options, action_id: actionId = '' } = overflow;
  const items = options.map(({ text, value, description, url }) => ({
    id: value,
    label: shownText(text),
    description: description && shownText(description),
    onChoose: () => {
      if (url) openUrl(url);
      start(() => choose({ blockId, actionId, value }));
    },
  }));
  return (
    <>
      <Menu label="More options" className="button overflow" isBusy={isBusy} groups={[{ items }]}>
        <Icon name="more" />
      </Menu>
      {dialog}
    </>
  );
}

/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element */
function SelectView({ select, blockId }: { select: ActionOf<'static_select'>; blockId: string }) {
  const { choose, chosen } = useBlockHost();
  const { start, isBusy, dialog } = useConfirmed(select);
  const { options = [], option_groups, placeholder, action_id: actionId = '' } = select;
  const value = chosen({ blockId, actionId });
  const groups = (option_groups ?? [{ label: undefined, options }]).map(
    (group): MenuGroup => ({
      label: group.label && shownText(group.label),
      items: group.options.map((option) => ({
        id: option.value,
        label: shownText(option.text),
        description: option.description && shownText(option.description),
        isSelected: option.value === value,
        onChoose: () => option.value !== value && start(() => choose({ blockId, actionId, value: option.value })),
      })),
    }),
  );
  const clear = {
    id: 'clear',
    label: 'Clear selection',
    onChoose: () => start(() => choose({ blockId, actionId, value: null })),
  };
  const prompt = placeholder ? shownText(placeholder) : 'Select an item';
  const selected = groups.flatMap(({ items }) => items).find(({ isSelected }) => isSelected)?.label;
  return (
    <>
      <Menu
        kind="listbox"
        label={selected ? `${prompt}: ${selected}` : prompt}
        className="button select"
        isBusy={isBusy}
        groups={value === null ? groups : [...groups, { items: [clear] }]}
      >
        <span className="grow">{selected ?? prompt}</span>
        <Icon name="down" />
      </Menu>
      {dialog}
    </>
  );
}
