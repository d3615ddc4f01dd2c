import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt';
import type { Draft } from '../../core/prompt/draft.js';
import { promptFromOwnWords } from '../../core/prompt/post/post-prompt.js';
import { formWords } from '../../text/form.js';
import type { SlackDeps } from '../deps.js';
import { buildForm, readMetadata } from './build-form.js';
import { type FormValues, readValues, textInputLimit } from './form-fields.js';

type FormDeps = Pick<SlackDeps, 'clients' | 'drafts' | 'listen' | 'log' | 'offered' | 'workspaceId'>;
type Changed = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs;

/** "Start over with the post's own text": only the prompt changes, the other fields stay as they are. */
export async function useOwnWords(deps: FormDeps, { ack, body: { view, user } }: Changed): Promise<void> {
  await ack();
  if (!view) return; // the button is in modals only
  const { clients, drafts, listen, offered, workspaceId } = deps;
  const { channelId, draftId, round } = readMetadata(view.private_metadata);
  const reference = { workspaceId, userId: user.id, id: draftId };
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
}

/** Another model: its price, and whether it reads the prompt's language. A form that cannot be updated still draws. */
export async function changeModel(deps: FormDeps, { ack, body: { view, user } }: Changed): Promise<void> {
  await ack();
  if (!view) return; // the menu is in modals only
  const { clients, drafts, offered, workspaceId } = deps;
  const { draftId, round } = readMetadata(view.private_metadata);
  try {
    const draft = await drafts.load({ workspaceId, userId: user.id, id: draftId });
    if (!draft) return;
    const values = readValues(view.state.values, round);
    await clients.retrying.views.update({ view_id: view.id, view: buildForm({ draft, values, offered, round }) });
  } catch (error) {
    deps.log.warn('cost not updated', { draft: draftId, error });
  }
}
