import { useState } from 'react';
import type { SeenView } from '../../workspace/seen.js';
import type { Act } from '../act.js';
import { act } from './ask-server.js';
import type { BlockHost, ElementAction } from './blocks/block-host.js';
import { type FormValue, formValues } from './modal-form.js';
import { sayFailure } from './say-failure.js';

interface ModalState {
  form: NonNullable<BlockHost['form']>;
  isBusy: boolean;
  /** Told above the fields; empty where all is well. */
  failure: string;
  submit: () => Promise<void>;
  /** Presses or chooses something between the fields. */
  click: (action: ElementAction) => Promise<void>;
}

const sayError = (error: unknown): string => (error instanceof Error ? error.message : String(error));

/** A modal's fields as they are filled in, and what its two buttons do. */
export function useModal(view: SeenView, user: string): ModalState {
  const [shown, setShown] = useState(() => ({ view, values: formValues(view) }));
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState('');
  // The app put another content into the modal: what was typed stays, where the field does.
  if (shown.view.hash !== view.hash) setShown({ view, values: formValues(view, shown) });

  const values = { ...shown.values };
  const perform = async (body: Act): Promise<void> => {
    setFailure('');
    try {
      const result = await act(body);
      if (result.outcome === 'failed') {
        setFailure(`We had some trouble connecting. Try again? ${sayFailure(result.failure)}`);
      }
    } catch (error) {
      setFailure(sayError(error));
    }
  };
  const submit = (): Promise<void> => {
    setBusy(true);
    return perform({ kind: 'submit', user, values }).finally(() => setBusy(false));
  };
  const click = (action: ElementAction) => perform({ kind: 'click_in_view', user, ...action, values });
  const form: ModalState['form'] = {
    values: shown.values,
    errors: view.errors,
    change: (blockId: string, value: FormValue) =>
      setShown({ ...shown, values: { ...shown.values, [blockId]: value } }),
  };
  return { form, isBusy, failure, submit, click };
}
