import { setTimeout as wait } from 'node:timers/promises';
import { type types, webApi } from '@slack/bolt';
import { RequestError } from '../../core/errors.js';
import type { Tell } from '../api/listen.js';
import type { WebClients } from '../api/web-clients.js';
import type { SlackDeps } from '../deps.js';
import { buildNotice } from './build-form.js';

export interface Opening {
  event: string;
  triggerId: string;
  /** For what goes wrong before the modal is open, or cannot be said in it. */
  tell: Tell;
  /** What the user reads until the form is ready. */
  waiting: string;
  /** How long to hold the modal back for a form that may be ready at once. A trigger_id lives 3,000 milliseconds. */
  graceMilliseconds: number;
  /** Makes the form, or the notice that there can be none. */
  prepare(): Promise<types.ModalView>;
  /** Removes what `prepare` kept, if the user never sees the form. */
  forget?(): Promise<void>;
}

/** Opens a modal at once, and fills it when the form is ready. If the user has closed it meanwhile, it stays closed. */
export async function openForm(
  { clients, listen }: Pick<SlackDeps, 'clients' | 'listen'>,
  { event, triggerId, tell, waiting, graceMilliseconds, prepare, forget }: Opening,
): Promise<void> {
  let viewId: string | undefined;
  let isUnseen = false;
  const preparing = prepare();
  preparing.catch(() => undefined); // awaited below, after the modal is open
  const tellInModal: Tell = async (sentence) => {
    if (!viewId) return tell(sentence);
    return update(clients, viewId, buildNotice(sentence)).catch(() => tell(sentence));
  };
  await listen(event, tellInModal, async () => {
    const early = await Promise.race([preparing, wait(graceMilliseconds, undefined)]);
    try {
      viewId = await open(clients, triggerId, early ?? buildNotice(waiting));
      if (!early && viewId) isUnseen = !(await update(clients, viewId, await preparing));
    } catch (error) {
      isUnseen = error instanceof webApi.WebAPIPlatformError || error instanceof RequestError; // after another failure it may be open
      throw error;
    }
  });
  if (!isUnseen) return;
  await preparing.catch(() => undefined);
  await forget?.();
}

/** A trigger_id lives 3,000 milliseconds: https://docs.slack.dev/reference/methods/views.open#errors */
const tooLate = new Set(['expired_trigger_id', 'exchanged_trigger_id']);

async function open({ once }: WebClients, triggerId: string, view: types.ModalView): Promise<string | undefined> {
  try {
    return (await once.views.open({ trigger_id: triggerId, view })).view?.id;
  } catch (error) {
    const isTooLate = error instanceof webApi.WebAPIPlatformError && tooLate.has(error.data.error);
    throw isTooLate ? new RequestError({ kind: 'form_too_late' }, { cause: error }) : error;
  }
}

/** False if it was closed meanwhile. */
async function update({ retrying }: WebClients, viewId: string, view: types.ModalView): Promise<boolean> {
  try {
    await retrying.views.update({ view_id: viewId, view });
    return true;
  } catch (error) {
    if (!(error instanceof webApi.WebAPIPlatformError && error.data.error === 'not_found')) throw error;
    return false;
  }
}
