import { useState } from 'react';
import type { ActionElement } from '../../../workspace/block-kit/elements.js';
import type { ImageElement } from '../../../workspace/block-kit/images.js';
import { useConfirm } from '../confirm.js';
import { Icon } from '../icons.js';
import { Menu } from '../menu.js';
import { useBlockHost } from './block-host.js';
import { ButtonElementView } from './button.js';
import { type Chooser, ChooserView, initiallyChosen } from './choosers.js';
import { Image } from './image.js';

type Overflow = Extract<ActionElement, { type: 'overflow' }>;

/** Anything that can stand in an actions block or beside a section's text. */
export function ActionElementView({ element, blockId }: { element: ActionElement | ImageElement; blockId: string }) {
  switch (element.type) {
    case 'image':
      return <Image image={element} className="accessory-image" />;
    case 'button':
      return <ButtonElementView element={element} blockId={blockId} />;
    case 'overflow':
      return <OverflowMenu element={element} blockId={blockId} />;
    default:
      return <ActingChooser element={element} blockId={blockId} />;
  }
}

function OverflowMenu({ element, blockId }: { element: Overflow; blockId: string }) {
  const { act } = useBlockHost();
  const confirm = useConfirm();
  const choose = async (value: string, url: string | undefined): Promise<void> => {
    if (element.confirm && !(await confirm(element.confirm))) return;
    if (url) window.open(url, '_blank', 'noreferrer');
    await act({ blockId, actionId: element.action_id ?? '', selected: [value] });
  };
  return (
    <Menu
      label="More options"
      className="button overflow"
      items={element.options.map(({ text, value, url }) => ({ label: text.text, onChoose: () => choose(value, url) }))}
    >
      <Icon name="more" />
    </Menu>
  );
}

/** Outside of an input block each choice is told to the app at once. */
function ActingChooser({ element, blockId }: { element: Chooser; blockId: string }) {
  const { act } = useBlockHost();
  const confirm = useConfirm();
  const [chosen, setChosen] = useState(() => initiallyChosen(element));
  const choose = async (values: string[]): Promise<void> => {
    if (element.confirm && !(await confirm(element.confirm))) return;
    setChosen(values);
    await act({ blockId, actionId: element.action_id ?? '', selected: values });
  };
  return <ChooserView element={element} chosen={chosen} onChoose={choose} />;
}
