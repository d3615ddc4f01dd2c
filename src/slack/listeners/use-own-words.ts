import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import { promptFromOwnWords } from '../../core/post/own-words.js';
import type { ListenerServices } from '../listener-services.js';
import { buildForm } from '../modal/build-form.js';
import { textInputLimit } from '../modal/fields.js';
import { readMetadata } from '../modal/metadata.js';
import { buildNotice } from '../modal/notice-modal.js';
import { readValues } from '../modal/read-values.js';

/** "Start again from the post's own words": only the prompt changes, the other fields stay as they are. */
export function createUseOwnWords({ clients, drafts, listen, offered, workspaceId }: ListenerServices) {
  return async ({ ack, body }: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const { view } = body;
    if (!view) return; // the button stands in modals only
    const update = (next: ReturnType<typeof buildForm>) =>
      clients.retrying.views.update({ view_id: view.id, view: next });
    await listen(
      'own words',
      (sentence) => update(buildNotice(sentence)),
      async () => {
        const { draftId, round } = readMetadata(view.private_metadata);
        const draft = await drafts.load({ workspaceId, userId: body.user.id, id: draftId });
        if (!draft?.post) return;
        const prompt = promptFromOwnWords(draft.post.text, textInputLimit);
        const values = { ...readValues(view.state.values, round), prompt };
        await update(buildForm({ draft, values, offered, round: round + 1 }));
      },
    );
  };
}
