import type { SeenView } from '../../workspace/seen.js';
import { act } from './ask-server.js';
import { type BlockHost, BlockHostContext } from './blocks/block-host.js';
import { BlockList } from './blocks/block-list.js';
import { Dialog } from './dialog.js';
import { useModal } from './use-modal.js';

interface ModalProps {
  view: SeenView;
  user: string;
  host: BlockHost;
}

/** The app's modal on this person's screen. https://docs.slack.dev/surfaces/modals */
export function Modal({ view, user, host }: ModalProps) {
  const { form, isBusy, failure, submit, click } = useModal(view, user);
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
              {failure}
            </p>
          )}
          <BlockHostContext value={{ ...host, form, act: click }}>
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
