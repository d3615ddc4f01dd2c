import { useState } from 'react';
import type { z } from 'zod';
import type { button } from '../../../workspace/block-kit/elements.js';
import { useConfirm } from '../confirm.js';
import { useBlockHost } from './block-host.js';
import { withEmoji } from './emoji.js';

type ButtonElement = z.infer<typeof button>;

/** https://docs.slack.dev/reference/block-kit/block-elements/button-element */
export function ButtonElementView({ element, blockId }: { element: ButtonElement; blockId: string }) {
  const { act } = useBlockHost();
  const confirm = useConfirm();
  const [isBusy, setBusy] = useState(false);
  const { text, style = '', url, accessibility_label, action_id = '' } = element;
  const press = async (): Promise<void> => {
    if (isBusy) return;
    if (element.confirm && !(await confirm(element.confirm))) return;
    setBusy(true);
    await act({ blockId, actionId: action_id }).finally(() => setBusy(false));
  };
  const label = text.emoji === false ? text.text : withEmoji(text.text);
  if (url) {
    return (
      <a
        className={`button ${style}`}
        href={url}
        target="_blank"
        rel="noreferrer"
        aria-label={accessibility_label}
        onClick={press}
      >
        {label}
      </a>
    );
  }
  return (
    <button
      type="button"
      className={`button ${style}`}
      aria-label={accessibility_label}
      aria-busy={isBusy}
      onClick={press}
    >
      {label}
    </button>
  );
}
