import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { SlackDeps } from '../deps.js';
import { buildForm } from '../form/build-form.js';
import { readMetadata } from '../form/metadata.js';
import { readValues } from '../form/read-values.js';

/** Another model in the form: its price, and whether it reads the words' language. A form that cannot be updated still draws. */
export function createChangeModel({ clients, drafts, log, offered, workspaceId }: SlackDeps) {
  return async ({ ack, body: { view, user } }: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs) => {
    await ack();
    if (!view) return; // the menu stands in modals only
    const { draftId, round } = readMetadata(view.private_metadata);
    try {
      const draft = await drafts.load({ workspaceId, userId: user.id, id: draftId });
      const values = readValues(view.state.values, round);
      if (draft)
        await clients.retrying.views.update({ view_id: view.id, view: buildForm({ draft, values, offered, round }) });
    } catch (error) {
      log.warn('cost not updated', { draft: draftId, error });
    }
  };
}
