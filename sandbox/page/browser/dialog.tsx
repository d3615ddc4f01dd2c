import { type ReactNode, useEffect, useId, useRef } from 'react';
import type { Confirmation } from './blocks/host.js';
import { Text } from './blocks/text.js';
import { IconButton } from './icons.js';

/** What gets the focus first: the first field, else the button that does nothing. */
const firstFocus = ['.dialog-body :is(input, textarea, select)', '.dialog-footer button', 'button'];

interface DialogProps {
  title: string;
  onClose: () => void;
  /** Set for a view that covers another one. */
  onBack?: (() => void) | undefined;
  size?: 'image';
  children: ReactNode;
}

/** Uses the browser's modal dialog, which keeps the focus inside. */
export function Dialog({ title, onClose, onBack, size, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const titleId = useId();
  useEffect(() => {
    const shown = dialog.current;
    const before = document.activeElement;
    shown?.showModal();
    const selector = firstFocus.find((candidate) => shown?.querySelector(candidate));
    if (selector) shown?.querySelector<HTMLElement>(selector)?.focus();
    return () => {
      shown?.close();
      if (before instanceof HTMLElement) before.focus();
    };
  }, []);
  return (
    <dialog
      ref={dialog}
      className={`dialog raised ${size ?? ''}`}
      aria-labelledby={titleId}
      closedby={size === 'image' ? 'any' : 'closerequest'} // a click beside a large image closes it too
      onCancel={(event) => {
        event.preventDefault(); // Escape: the owner removes the dialog
        onClose();
      }}
    >
      <header className="row">
        {onBack && <IconButton name="left" label="Back" className="back" onClick={onBack} />}
        <h2 id={titleId} className="grow">
          {title}
        </h2>
        <IconButton name="close" label="Close" onClick={onClose} />
      </header>
      {children}
    </dialog>
  );
}

interface ConfirmDialogProps {
  confirmation: Confirmation;
  onAnswer: (isConfirmed: boolean) => void;
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export function ConfirmDialog({ confirmation, onAnswer }: ConfirmDialogProps) {
  const { title, text, confirm, deny, style } = confirmation;
  return (
    <Dialog title={title?.text ?? 'Are you sure?'} onClose={() => onAnswer(false)}>
      <div className="dialog-body">
        <Text text={text} />
      </div>
      <footer className="dialog-footer row">
        <button type="button" className="button" onClick={() => onAnswer(false)}>
          {deny?.text ?? 'Cancel'}
        </button>
        <button type="button" className={`button ${style ?? 'primary'}`} onClick={() => onAnswer(true)}>
          {confirm?.text ?? 'Yes'}
        </button>
      </footer>
    </Dialog>
  );
}
