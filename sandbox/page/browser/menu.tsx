import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from 'react';

interface MenuItem {
  label: string;
  onChoose: () => void;
}

interface MenuProps {
  label: string;
  className?: string;
  items: readonly MenuItem[];
  children: ReactNode;
}

/** A button with a menu, by the keyboard as by the mouse. https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/ */
export function Menu({ label, className = 'icon-button', items, children }: MenuProps) {
  const [isOpen, setOpen] = useState(false);
  const area = useRef<HTMLDivElement>(null);
  const list = useRef<HTMLDivElement>(null);
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    if (isOpen) list.current?.querySelector('button')?.focus();
  }, [isOpen]);
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  return (
    <div ref={area} className="menu">
      <button
        ref={button}
        type="button"
        className={className}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        onClick={() => setOpen(!isOpen)}
      >
        {children}
      </button>
      {isOpen && (
        <div
          ref={list}
          role="menu"
          aria-label={label}
          className="menu-list"
          onKeyDown={(event) => moveFocus(event, close)}
          onBlur={({ relatedTarget }) => {
            if (!(relatedTarget instanceof Node && area.current?.contains(relatedTarget))) setOpen(false);
          }}
        >
          {items.map((item) => (
            <button
              key={item.label}
              type="button"
              role="menuitem"
              tabIndex={-1}
              onClick={() => {
                close();
                item.onChoose();
              }}
            >
              {item.label}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function moveFocus(event: KeyboardEvent<HTMLElement>, close: () => void): void {
  const items = [...event.currentTarget.querySelectorAll<HTMLElement>('[role=menuitem]')];
  const at = items.findIndex((item) => item.matches(':focus'));
  const targets: Readonly<Record<string, number>> = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: -1 };
  const target = targets[event.key];
  if (event.key === 'Escape') {
    event.stopPropagation();
    close();
  } else if (target !== undefined) {
    event.preventDefault();
    items.at(target % items.length)?.focus();
  }
}
