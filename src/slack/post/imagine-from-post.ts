import type { MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt';
import { z } from 'zod';
import { clickBy, lookClick } from '../../core/batch/actions.js';
import { slackFileIdSchema } from '../../core/ids.js';
import type { Draft, DraftPost } from '../../core/prompt/draft.js';
import { readPost } from '../../core/prompt/ideas.js';
import { formWords } from '../../text/form.js';
import { decide } from '../actions/handle-click.js';
import { prepareChange } from '../actions/prepare-change.js';
import { readPostText } from '../api/mrkdwn.js';
import type { SlackDeps } from '../deps.js';
import { buildForm, type FormOptions } from '../form/build-form.js';
import { fillIdeas, textToWriteFor } from '../form/fill-ideas.js';
import { textInputLimit } from '../form/form-fields.js';
import { imageTypes } from '../form/image-fields.js';
import { openForm, planForm } from '../form/open-form.js';

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
 * "Imagine from this post": the form at once, and prompts for the post in it once they are written; or the form of the batch
 * that the post shows.
 */
export async function imagineFromPost(
  deps: SlackDeps,
  { ack, shortcut }: SlackShortcutMiddlewareArgs<MessageShortcut>,
): Promise<void> {
  await ack();
  const { user, channel, message, message_ts, response_url, trigger_id } = shortcut;
  const batchId = findBatchId(message);
  let form: FormOptions | undefined;
  await openForm(deps, {
    event: 'shortcut',
    triggerId: trigger_id,
    asker: { userId: user.id, responseUrl: response_url },
    waiting: batchId ? formWords.findingBatch : formWords.opening,
    graceMilliseconds: batchId ? 0 : graceMilliseconds,
    async prepare(draft) {
      const shown = batchId && (await decide(deps, channel.id, batchId, clickBy(user.id, lookClick)));
      if (shown && shown.kind === 'done')
        return prepareChange(deps, shown.stored.value, { ...draft, channelId: channel.id }, { isPrivate: false });
      const post = postSchema.parse(message);
      const where = { channelId: channel.id, threadTs: post.thread_ts ?? message_ts };
      const read = textToWriteFor(deps, { text: readPostText(post.text), authorId: post.user });
      const image = deps.downloadFile && findImageFile(post);
      const begun = { ...draft, ...where, ...(image && { image }) };
      const { prompt, ...found } = read.isWriting ? { prompt: '' } : await promptWithoutServices(deps, read.text);
      form = await planForm(deps, { ...begun, post: { ...read, ...found } }, { prompt });
      return buildForm(form);
    },
    afterwards: async (shown) => form && fillIdeas(deps, form, shown),
  });
}

/** Nothing is sent before the form has said where: so the form comes first, and is whole if the bucket answers in this time. */
const graceMilliseconds = 200;

/** The post's first sentence, of which nothing is sent anywhere. */
async function promptWithoutServices(
  { offered, log }: Pick<SlackDeps, 'offered' | 'log'>,
  text: string,
): Promise<{ prompt: string } & Pick<DraftPost, 'from' | 'notRead'>> {
  if (text === '') return { prompt: '' };
  const none = { analyzePost: undefined, detectPersonalData: undefined, log };
  const { rule, found } = await readPost(none, text, Math.min(offered[0].promptLimit, textInputLimit));
  return { prompt: rule.prompt, from: rule.from, notRead: found.notRead };
}
