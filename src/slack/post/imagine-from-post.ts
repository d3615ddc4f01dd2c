import type { AllMiddlewareArgs, MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import type { Draft, DraftReference } from '../../core/prompt/draft.js';
import { formWords } from '../../text/form.js';
import { notifyUser } from '../api/notify-user.js';
import type { SlackDeps } from '../deps.js';
import { textInputLimit } from '../form/fields.js';
import { createOpenForm } from '../form/open-form.js';
import { prepareForm } from '../form/prepare-form.js';
import { removeDraft } from '../form/remove-draft.js';
import { readPostText } from './post-text.js';
import { readPost } from './refine-prompt.js';

/** The post's author and thread; posts by apps may have no user. */
const postSchema = z.looseObject({ user: z.string().optional(), thread_ts: z.string().optional() });

/** "Imagine from this post": the modal at once, the post's words read into it while the person looks. */
export function createImagineFromPost(deps: SlackDeps) {
  const openForm = createOpenForm(deps);
  return async ({ ack, shortcut }: SlackShortcutMiddlewareArgs<MessageShortcut> & AllMiddlewareArgs): Promise<void> => {
    await ack();
    const reference = { workspaceId: deps.workspaceId, userId: shortcut.user.id, id: deps.newId() };
    await openForm({
      event: 'shortcut',
      triggerId: shortcut.trigger_id,
      tell: notifyUser(deps, {
        userId: shortcut.user.id,
        channelId: shortcut.channel.id,
        responseUrl: shortcut.response_url,
      }),
      waiting: deps.analyzePost ? formWords.readingPost : formWords.opening,
      graceMilliseconds: 0,
      prepare: async () => {
        const { draft, prompt } = await draftFromPost(deps, shortcut, reference);
        return prepareForm(deps, draft, { prompt });
      },
      forget: () => removeDraft(deps, reference),
    });
  };
}

async function draftFromPost(
  deps: SlackDeps,
  { message, message_ts, channel, response_url }: MessageShortcut,
  reference: DraftReference,
): Promise<{ draft: Draft; prompt: string }> {
  const { user, thread_ts } = postSchema.parse(message);
  const text = readPostText(message);
  const promptLimit = Math.min(deps.offered[0].promptLimit, textInputLimit);
  const { prompt, findings } = await readPost(deps, text, promptLimit);
  return {
    prompt,
    draft: {
      version: 1,
      ...reference,
      channelId: channel.id,
      threadTs: thread_ts ?? message_ts,
      responseUrl: response_url,
      post: { text, ...findings, ...(user && { authorId: user }) },
    },
  };
}
