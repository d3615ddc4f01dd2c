import {
  type FocusEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
  useLayoutEffect,
  useRef,
  useState,
} from 'react';

interface MenuItem {
  id: string;
  label: string;
  description?: string | undefined;
  /** For a listbox: that it is the one chosen now. */
  isSelected?: boolean | undefined;
  onChoose: () => void;
}

export interface MenuGroup {
  label?: string | undefined;
  items: readonly MenuItem[];
}

interface MenuProps {
  /** A `listbox` has a chosen item, a `menu` has none. */
  kind?: 'menu' | 'listbox';
  label: string;
  className?: string;
  isBusy?: boolean;
  groups: readonly MenuGroup[];
  children: ReactNode;
}

/** A button that opens a list. https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/ */
export function Menu({ kind = 'menu', label, className = 'icon-button', isBusy, groups, children }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const button = useRef<HTMLButtonElement>(null);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div className="menu">
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup={kind}
        aria-expanded={isOpen}
        aria-busy={isBusy}
        onClick={() => setOpen(!isOpen)}
      >
        {children}
      </button>
      {isOpen && (
        <Popup
          kind={kind}
          label={label}
          groups={groups}
          button={button}
          onClose={close}
          onLeave={() => setOpen(false)}
        />
      )}
    </div>
  );
}

interface PopupProps extends Pick<MenuProps, 'label' | 'groups'> {
  kind: 'menu' | 'listbox';
  button: RefObject<HTMLButtonElement | null>;
  /** Gives the focus back to the button. */
  onClose: () => void;
  /** The focus has gone elsewhere. */
  onLeave: () => void;
}

function Popup({ kind, label, groups, button, onClose, onLeave }: PopupProps) {
  const list = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const popup = list.current;
    if (!popup) return;
    const place = (): void => {
      if (button.current) placeNextTo(popup, button.current);
    };
    popup.showPopover(); // above everything, a modal dialog included, and clipped by nothing
    place();
    (popup.querySelector<HTMLElement>('[aria-selected="true"]') ?? popup.querySelector('button'))?.focus();
    window.addEventListener('scroll', place, { capture: true, passive: true });
    window.addEventListener('resize', place);
    return () => {
      window.removeEventListener('scroll', place, { capture: true });
      window.removeEventListener('resize', place);
    };
  }, [button]);
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') {
      event.preventDefault(); // or a dialog around it would close too
      event.stopPropagation();
      onClose();
      return;
    }
    const items = [...(list.current?.querySelectorAll('button') ?? [])];
    const focused = items.findIndex((item) => item.matches(':focus'));
    const next = { ArrowDown: (focused + 1) % items.length, ArrowUp: focused - 1, Home: 0, End: -1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    items.at(next)?.focus();
  };
  const itemOf = ({ id, label: text, description, isSelected, onChoose }: MenuItem) => (
    <button
      key={id}
      type="button"
      {...(kind === 'menu' ? { role: 'menuitem' } : { role: 'option', 'aria-selected': isSelected })}
      tabIndex={-1}
      onClick={() => {
        onClose();
        onChoose();
      }}
    >
      {text}
      {description && <span className="hint">{description}</span>}
    </button>
  );
  const popup = {
    ref: list,
    popover: 'manual',
    'aria-label': label,
    className: 'popup raised',
    onKeyDown,
    onBlur: ({ relatedTarget }: FocusEvent) => {
      const isInside = [list.current, button.current].some((part) => part?.contains(relatedTarget));
      if (!isInside) onLeave();
    },
    children: groups.map((group) =>
      group.label === undefined ? (
        group.items.map(itemOf)
      ) : (
        // biome-ignore lint/a11y/useSemanticElements: a fieldset has no place in a listbox
        <div key={group.items[0]?.id} role="group" aria-label={group.label}>
          <p className="group-label" aria-hidden="true">
            {group.label}
          </p>
          {group.items.map(itemOf)}
        </div>
      ),
    ),
  } as const;
  return kind === 'menu' ? <div role="menu" {...popup} /> : <div role="listbox" {...popup} />;
}

const gap = 4;
const edge = 8;

/** Below the button, above it if there is more room, and never beyond the window's edge. */
function placeNextTo(popup: HTMLElement, button: HTMLElement): void {
  const { left, right, top, bottom } = button.getBoundingClientRect();
  const { innerWidth, innerHeight } = window;
  const below = innerHeight - bottom - gap - edge;
  const above = top - gap - edge;
  const isBelow = popup.scrollHeight <= below || below >= above;
  popup.style.maxHeight = `${isBelow ? below : above}px`;
  popup.style.top = isBelow ? `${bottom + gap}px` : 'auto';
  popup.style.bottom = isBelow ? 'auto' : `${innerHeight - top + gap}px`;
  const wanted = right > innerWidth / 2 ? right - popup.offsetWidth : left;
  popup.style.left = `${Math.max(edge, Math.min(wanted, innerWidth - popup.offsetWidth - edge))}px`;
}
