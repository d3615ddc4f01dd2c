import { useState } from 'react';
import type { SeenView } from '../../workspace/driver.js';
import { act } from './ask-server.js';
import { type BlockHost, BlockHostContext } from './blocks/block-host.js';
import { BlockList } from './blocks/block-list.js';
import { Dialog } from './dialog.js';
import { formValues } from './modal-form.js';
import { sayFailure } from './say-failure.js';

interface ModalProps {
  view: SeenView;
  user: string;
  host: BlockHost;
}

/** The app's modal on this person's screen. https://docs.slack.dev/surfaces/modals */
export function Modal({ view, user, host }: ModalProps) {
  const [shown, setShown] = useState(() => ({ view, values: formValues(view) }));
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  // The app put another content into the modal: what was typed stays, where the field does.
  if (shown.view.hash !== view.hash) setShown({ view, values: formValues(view, shown) });

  const submit = async (): Promise<void> => {
    setBusy(true);
    setFailure('');
    const result = await act({ kind: 'submit', user, values: { ...shown.values } }).finally(() => setBusy(false));
    if (result.outcome === 'failed') setFailure(sayFailure(result.failure));
  };
  const form = {
    values: shown.values,
    errors: view.errors,
    change: (blockId: string, value: string | string[] | null) =>
      setShown({ ...shown, values: { ...shown.values, [blockId]: value } }),
  };
  const close = () => act({ kind: 'close', user });
  return (
    <Dialog title={view.title} onClose={close}>
      <form
        aria-busy={isBusy}
        onSubmit={(event) => {
          event.preventDefault();
          void submit();
        }}
      >
        <div className="dialog-body">
          {failure && (
            <p className="banner" role="alert">
              We had some trouble connecting. Try again? <span className="muted">({failure})</span>
            </p>
          )}
          <BlockHostContext value={{ ...host, form }}>
            <BlockList blocks={view.blocks} />
          </BlockHostContext>
        </div>
        <footer className="dialog-footer">
          <button type="button" className="button" onClick={close}>
            {view.close ?? (view.submit ? 'Cancel' : 'Close')}
          </button>
          {view.submit && (
            <button type="submit" className="button primary" disabled={isBusy} aria-busy={isBusy}>
              {view.submit}
            </button>
          )}
        </footer>
      </form>
    </Dialog>
  );
}
