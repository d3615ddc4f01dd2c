import { useState } from 'react';
import { ConfirmDialog } from '../dialog.js';
import { type Button, useBlockHost } from './host.js';
import { withEmoji } from './text.js';

/** Asks for confirmation if the button has a `confirm` dialog, then tells the app. */
export function ButtonView({ button, blockId }: { button: Button; blockId: string }) {
  const { press } = useBlockHost();
  const [isAsking, setAsking] = useState(false);
  const [isBusy, setBusy] = useState(false);
  const { text, style = '', url, confirm, action_id: actionId = '', accessibility_label } = button;
  const send = async (): Promise<void> => {
    setBusy(true);
    await press({ blockId, actionId });
    setBusy(false);
  };
  const onClick = (): void => {
    if (url) window.open(url, '_blank', 'noreferrer');
    if (confirm) setAsking(true);
    else if (!isBusy) void send();
  };
  const answer = (isConfirmed: boolean): void => {
    setAsking(false);
    if (isConfirmed) void send();
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
        {text.emoji === false ? text.text : withEmoji(text.text)}
      </button>
      {isAsking && confirm && <ConfirmDialog confirmation={confirm} onAnswer={answer} />}
    </>
  );
}
