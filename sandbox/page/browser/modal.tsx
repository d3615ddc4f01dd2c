import { type FormEvent, type KeyboardEvent, useState } from 'react';
import type { SeenView } from '../../workspace/seen.js';
import type { Act } from '../act.js';
import { BlockList } from './blocks/block-list.js';
import { type BlockHost, BlockHostContext, type BlockOf, chosenIn, type FormValues } from './blocks/host.js';
import { Dialog } from './dialog.js';
import { encodeFiles } from './encode-files.js';
import { act } from './server.js';

interface ModalProps {
  view: SeenView;
  user: string;
  host: BlockHost;
}

/** https://docs.slack.dev/surfaces/modals */
export function Modal({ view, user, host: outer }: ModalProps) {
  const [shown, setShown] = useState(() => ({ view, values: formValues(view) }));
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  // After an update by the app, a field that is still there keeps what was typed.
  if (shown.view.hash !== view.hash) setShown({ view, values: formValues(view, shown) });

  const values = { ...shown.values };
  const perform = async (body: Act): Promise<void> => {
    setFailure(undefined);
    setFailure(await act(body));
  };
  const submit = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setBusy(true);
    await perform({ kind: 'submit', user, values });
    setBusy(false);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLFormElement>): void => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || !view.submit || isBusy) return;
    event.preventDefault();
    event.currentTarget.requestSubmit();
  };
  const close = () => perform({ kind: 'close', user });
  const dismiss = () => perform({ kind: 'dismiss', user });
  const host: BlockHost = {
    ...outer,
    press: (button) => perform({ kind: 'click_in_view', user, ...button, values }),
    choose: (choice) => perform({ kind: 'choose_in_view', user, ...choice, values }),
    chosen: ({ blockId, actionId }) => chosenIn(view, blockId, actionId),
    form: {
      values,
      errors: view.errors,
      change(blockId, value, tellsApp) {
        const changed = { ...values, [blockId]: value };
        setShown({ ...shown, values: changed });
        if (tellsApp) void perform({ kind: 'type', user, values: changed });
      },
      async attach(blockId, files) {
        return act({ kind: 'type', user, values: { [blockId]: await encodeFiles(files) } });
      },
      filesOf({ blockId, actionId }) {
        const held = view.values[blockId]?.[actionId] ?? [];
        return view.files.filter(({ id }) => held.includes(id)).map(({ name }) => name);
      },
    },
  };
  return (
    <Dialog title={view.title} onClose={dismiss} onBack={view.below > 0 ? close : undefined}>
      <form onSubmit={submit} onKeyDown={onKeyDown}>
        <div className="dialog-body">
          {failure && (
            <p className="error" role="alert">
              We had some trouble connecting. Try again? {failure}
            </p>
          )}
          <BlockHostContext value={host}>
            <BlockList blocks={view.blocks} />
          </BlockHostContext>
        </div>
        <footer className="dialog-footer row">
          <button type="button" className="button" onClick={close}>
            {view.close ?? (view.below > 0 ? 'Back' : view.submit ? 'Cancel' : 'Close')}
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

type Input = BlockOf<'input'>;

/** Files are not among them: Slack has them from the moment when they are chosen. */
const inputsOf = (view: SeenView): Input[] =>
  view.blocks.filter((block) => block.type === 'input').filter(({ element }) => element.type !== 'file_input');

/** What the fields hold: what was typed into the view before if it had the same field, else what Slack knows. */
function formValues(view: SeenView, before?: { view: SeenView; values: FormValues }): FormValues {
  // Slack treats a field as the same while both of its IDs stay.
  const keyOf = ({ block_id, element }: Input): string => `${block_id} ${element.action_id}`;
  const known = new Set(before && inputsOf(before.view).map(keyOf));
  return Object.fromEntries(
    inputsOf(view).map((input) => {
      const { block_id: id = '', element } = input;
      const held = view.values[id]?.[element.action_id ?? ''] ?? null;
      return [id, before && known.has(keyOf(input)) ? (before.values[id] ?? null) : held];
    }),
  );
}
