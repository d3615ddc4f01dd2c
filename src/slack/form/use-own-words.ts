import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { FormValues } from '../../core/prompt/command/read-form.js';
import type { Draft } from '../../core/prompt/draft.js';
import { promptFromOwnWords } from '../../core/prompt/post/own-words.js';
import { formWords } from '../../text/form.js';
import type { SlackDeps } from '../deps.js';
import { buildForm } from './build-form.js';
import { textInputLimit } from './fields.js';
import { readMetadata } from './metadata.js';
import { readValues } from './read-values.js';

/** "Start over with the post's own text": only the prompt changes, the other fields stay as they are. */
export function createUseOwnWords({ clients, drafts, listen, offered, workspaceId }: SlackDeps) {
  return async ({ ack, body }: SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const { view } = body;
    if (!view) return; // the button stands in modals only
    const { channelId, draftId, round } = readMetadata(view.private_metadata);
    const reference = { workspaceId, userId: body.user.id, id: draftId };
    const values = readValues(view.state.values, round);
    const show = (draft: Draft, shown: FormValues, shownRound: number, notice?: string) =>
      clients.retrying.views.update({
        view_id: view.id,
        view: buildForm({ draft, values: shown, offered, round: shownRound, ...(notice && { notice }) }),
      });
    const say = (notice: string) => show({ version: 1, ...reference, channelId }, values, round, notice);
    await listen('own words', say, async () => {
      const draft = await drafts.load(reference);
      if (!draft?.post) return say(formWords.ownWordsGone);
      const prompt = promptFromOwnWords(draft.post.text, textInputLimit);
      return show(draft, { ...values, prompt }, round + 1);
    });
  };
}
