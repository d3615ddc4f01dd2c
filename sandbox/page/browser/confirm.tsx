import { createContext, type ReactNode, useContext, useRef, useState } from 'react';
import type { z } from 'zod';
import type { confirmation } from '../../workspace/block-kit/text.js';
import { Text } from './blocks/text.js';
import { Dialog } from './dialog.js';

export type Confirmation = NonNullable<z.infer<typeof confirmation>>;

type Ask = (question: Confirmation) => Promise<boolean>;

const ConfirmContext = createContext<Ask>(() => Promise.resolve(true));

/** Asks the person; resolves to what they chose. */
export const useConfirm = (): Ask => useContext(ConfirmContext);

/** Shows the confirmation dialogs of buttons and menus. https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
export function ConfirmProvider({ children }: { children: ReactNode }) {
  const [question, setQuestion] = useState<Confirmation>();
  const settle = useRef<(answer: boolean) => void>(() => {});
  const ask: Ask = (asked) => {
    setQuestion(asked);
    return new Promise((resolve) => {
      settle.current = resolve;
    });
  };
  const answer = (isSure: boolean): void => {
    setQuestion(undefined);
    settle.current(isSure);
  };
  return (
    <ConfirmContext value={ask}>
      {children}
      {question && (
        <Dialog title={question.title?.text ?? 'Are you sure?'} onClose={() => answer(false)} size="small">
          <div className="dialog-body">
            <Text text={question.text} />
          </div>
          <footer className="dialog-footer">
            <button type="button" className="button" onClick={() => answer(false)}>
              {question.deny?.text ?? 'Cancel'}
            </button>
            <button
              type="button"
              className={`button ${question.style === 'danger' ? 'danger' : 'primary'}`}
              onClick={() => answer(true)}
            >
              {question.confirm?.text ?? 'Yes'}
            </button>
          </footer>
        </Dialog>
      )}
    </ConfirmContext>
  );
}
