import { setTimeout as wait } from 'node:timers/promises';
import { type types, webApi } from '@slack/bolt';
import type { Listen } from '../listen.js';
import type { WebClients } from '../web-clients.js';
import { buildNotice } from './notice-modal.js';

export interface OpenFormOptions {
  clients: WebClients;
  listen: Listen;
}

export interface Opening {
  event: string;
  triggerId: string;
  /** What the person reads until the form is ready. */
  waiting: string;
  /** How long to hold the modal back for a form that may be ready at once. A trigger_id lives 3,000 milliseconds. */
  graceMilliseconds: number;
  /** Makes the form, or the notice that there can be none. */
  prepare(): Promise<types.ModalView>;
}

/** Opens a modal at once, and fills it when the form is ready. Whoever closed it meanwhile is not bothered again. */
export function createOpenForm({ clients, listen }: OpenFormOptions) {
  return async ({ event, triggerId, waiting, graceMilliseconds, prepare }: Opening): Promise<void> => {
    let viewId: string | undefined;
    const preparing = prepare();
    preparing.catch(() => undefined); // awaited below, after the modal is open
    const show = (view: types.ModalView) => showView(clients, viewId, triggerId, view);
    await listen(
      event,
      (sentence) => show(buildNotice(sentence)),
      async () => {
        const early = await Promise.race([preparing, wait(graceMilliseconds, undefined)]).catch(() => undefined);
        if (early) return show(early);
        viewId = await show(buildNotice(waiting));
        await show(await preparing);
      },
    );
  };
}

async function showView(
  { once, retrying }: WebClients,
  viewId: string | undefined,
  triggerId: string,
  view: types.ModalView,
): Promise<string | undefined> {
  if (!viewId) return (await once.views.open({ trigger_id: triggerId, view })).view?.id;
  try {
    await retrying.views.update({ view_id: viewId, view });
  } catch (error) {
    if (!(error instanceof webApi.WebAPIPlatformError && error.data.error === 'not_found')) throw error; // it was closed
  }
  return viewId;
}
