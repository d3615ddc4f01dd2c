import { type ReactNode, useEffect, useId, useRef } from 'react';
import { Icon } from './icons.js';

/** Where the focus begins: the field that asks for it, else the first one, else the answer that does nothing. */
const firstPlaces = ['[data-first]', '.dialog-body :is(input, textarea, select)', '.dialog-footer button'];

interface DialogProps {
  title: string;
  onClose: () => void;
  size?: 'small' | 'image';
  children: ReactNode;
}

/** A modal dialog of the browser's own, which keeps the focus inside and gives it back. */
export function Dialog({ title, onClose, size, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    shown?.querySelector<HTMLElement>(firstPlaces.find((place) => shown.querySelector(place)) ?? 'button')?.focus();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`dialog ${size ?? ''}`}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault(); // Escape asks the owner, who takes the dialog away
        onClose();
      }}
    >
      <header className="dialog-header">
        <h2 id={titleId}>{title}</h2>
        <button type="button" className="icon-button" aria-label="Close" onClick={onClose}>
          <Icon name="close" />
        </button>
      </header>
      {children}
    </dialog>
  );
}
