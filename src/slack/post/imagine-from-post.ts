import type { MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { clickBy, lookClick } from '../../core/batch/actions.js';
import { slackFileIdSchema } from '../../core/ids.js';
import type { Draft, DraftPost } from '../../core/prompt/draft.js';
import { promptFromPost } from '../../core/prompt/post/post-prompt.js';
import { formWords } from '../../text/form.js';
import { decide } from '../actions/handle-click.js';
import { prepareChange } from '../actions/prepare-change.js';
import { readPostText } from '../api/mrkdwn.js';
import type { SlackDeps } from '../deps.js';
import { textInputLimit } from '../form/form-fields.js';
import { imageTypes } from '../form/image-fields.js';
import { openForm, prepareForm } from '../form/open-form.js';

const fileSchema = z.object({ id: slackFileIdSchema.optional(), mimetype: z.string().optional() });

/** Posts by apps may have no author, and posts of blocks alone no text. */
const postSchema = z.object({
  text: z.string().catch(''),
  user: z.string().optional(),
  thread_ts: z.string().optional(),
  files: z.array(fileSchema.catch({})).catch([]),
});

/** The first image of the post. */
function findImageFile({ files }: z.infer<typeof postSchema>): Draft['image'] {
  const fileId = files.find(({ mimetype = '' }) => imageTypes.includes(mimetype))?.id;
  return fileId ? { fileId } : undefined;
}

const optionsSchema = z.array(z.object({ value: z.string() })).catch([]);
const controlSchema = z.object({
  value: z.string().optional().catch(undefined),
  options: optionsSchema,
  option_groups: z.array(z.object({ options: optionsSchema })).catch([]),
});
const controlsSchema = z.object({
  blocks: z.array(z.object({ elements: z.array(controlSchema).catch([]) })).catch([]),
});

/** The batch that a message of the app's own shows, by what its buttons and menus carry. */
function findBatchId(message: unknown): string | undefined {
  const controls = controlsSchema.parse(message).blocks.flatMap(({ elements }) => elements);
  const values = controls.flatMap(({ value = '', options, option_groups }) => {
    const grouped = option_groups.flatMap((group) => group.options);
    return [value, ...[...options, ...grouped].map((option) => option.value)];
  });
  return values.flatMap((value) => /^(?:[a-z_]+:)?([0-7][0-9A-HJKMNP-TV-Z]{25})(?::\d+)?$/.exec(value)?.[1] ?? [])[0];
}

/**
 * "Imagine from this post": the form at once, filled with a prompt for the post when there is one, or with that of the
 * batch that the post shows.
 */
export async function imagineFromPost(
  deps: SlackDeps,
  { ack, shortcut }: SlackShortcutMiddlewareArgs<MessageShortcut>,
): Promise<void> {
  await ack();
  const { user, channel, message, message_ts, response_url, trigger_id } = shortcut;
  const batchId = findBatchId(message);
  const reading = deps.analyzePost ? formWords.readingPost : formWords.opening;
  await openForm(deps, {
    event: 'shortcut',
    triggerId: trigger_id,
    asker: { userId: user.id, responseUrl: response_url },
    waiting: batchId ? formWords.findingBatch : reading,
    graceMilliseconds: 0,
    async prepare(draft) {
      const shown = batchId && (await decide(deps, channel.id, batchId, clickBy(user.id, lookClick)));
      if (shown && shown.kind === 'done')
        return prepareChange(deps, shown.stored.value, { ...draft, channelId: channel.id }, { isPrivate: false });
      const post = postSchema.parse(message);
      const text = readPostText(post.text);
      const promptLimit = Math.min(deps.offered[0].promptLimit, textInputLimit);
      const { prompt, ...findings } = await proposePrompt(deps, text, promptLimit);
      const where = { channelId: channel.id, threadTs: post.thread_ts ?? message_ts };
      const read = { text, ...findings, authorId: post.user };
      const image = deps.downloadFile && findImageFile(post);
      return prepareForm(deps, { ...draft, ...where, post: read, ...(image && { image }) }, { prompt });
    },
  });
}

/** A prompt for a text, and what is known of the text. Never fails: at worst the text itself is the prompt. */
export async function proposePrompt(
  { analyzePost, log }: Pick<SlackDeps, 'analyzePost' | 'log'>,
  text: string,
  promptLimit: number,
): Promise<{ prompt: string } & Pick<DraftPost, 'mood' | 'language' | 'notRead'>> {
  if (text === '') return { prompt: '' };
  const analysis = analyzePost ? await analyzePost(text) : { keyPhrases: [], notRead: 'off' as const };
  const { language, notRead, cause } = analysis;
  if (cause) log.warn(notRead ? 'post not analyzed' : 'post analyzed in part', { reason: notRead, error: cause });
  return { ...promptFromPost(text, analysis, promptLimit), language, notRead };
}
