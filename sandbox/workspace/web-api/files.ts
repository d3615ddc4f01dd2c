import { z } from 'zod';
import { ApiError } from '../api-error.js';
import { admitContent } from '../content.js';
import type { Context } from '../context.js';
import { visibleChannel } from '../conversations.js';
import { addAppMessage } from '../messages.js';
import type { Channel, JsonObject, SlackFile } from '../model.js';
import { jsonArgument, type Methods, parseArguments } from './method.js';

const ticketArguments = z.object({
  filename: z.string().min(1),
  length: z.coerce.number().int().min(1),
  alt_txt: z.string().max(1000).optional(),
});

const completeArguments = z.object({
  files: jsonArgument(z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1)),
  channel_id: z.string().optional(),
  channels: z.string().optional(),
  thread_ts: z.string().optional(),
  initial_comment: z.string().optional(),
  blocks: z.unknown().optional(),
});

function getUploadUrl(context: Context, given: JsonObject): JsonObject {
  const wanted = parseArguments(ticketArguments, given);
  const id = context.ids.next('F');
  context.state.files.set(id, {
    id,
    name: wanted.filename,
    title: wanted.filename,
    altText: wanted.alt_txt,
    length: wanted.length,
    mediaType: '',
    isComplete: false,
    processedAt: context.now(),
    createdAt: context.now(),
    sharedIn: new Set(),
  });
  return { upload_url: `${context.url()}/upload/v1/${id}`, file_id: id };
}

/** Each ticket is good for one completion. */
function uploadedFile(context: Context, id: string): SlackFile {
  const file = context.state.files.get(id);
  if (!file?.content || file.isComplete) throw new ApiError('file_not_found');
  return file;
}

/** `chat:write.public` is of no help here: files need membership. */
function destination(context: Context, id: string): Channel {
  const channel = visibleChannel(context, id);
  if (!channel.members.has(context.state.app.botUserId)) throw new ApiError('not_in_channel');
  if (channel.isArchived || channel.isRestricted) throw new ApiError('posting_to_channel_denied');
  return channel;
}

async function complete(context: Context, given: JsonObject): Promise<JsonObject> {
  const wanted = parseArguments(completeArguments, given);
  const files = wanted.files.map(({ id }) => uploadedFile(context, id));
  const ids = wanted.channels?.split(',') ?? (wanted.channel_id ? [wanted.channel_id] : []);
  const channels = ids.map((id) => destination(context, id));
  const content = await admitComment(context, wanted);
  for (const [index, file] of files.entries()) {
    file.isComplete = true;
    file.title = wanted.files[index]?.title ?? file.title;
    file.processedAt = new Date(context.now().getTime() + context.settings.fileProcessingMs);
    for (const channel of channels) file.sharedIn.add(channel.id);
  }
  for (const channel of channels) {
    const message = addAppMessage(context, content, { channel: channel.id, threadTs: wanted.thread_ts });
    message.files = files.map(({ id }) => id);
  }
  context.state.changed();
  return { files: files.map(({ id, title }) => ({ id, title })) };
}

/** `blocks` are ignored beside an `initial_comment`. */
async function admitComment(context: Context, wanted: z.output<typeof completeArguments>) {
  const { initial_comment: text, blocks } = wanted;
  if (text) return admitContent(context, { text });
  return blocks === undefined ? { text: '', blocks: [], attachments: [] } : admitContent(context, { blocks });
}

/** https://docs.slack.dev/messaging/working-with-files */
export const fileMethods: Methods = {
  'files.getUploadURLExternal': { token: 'bot', scope: 'files:write', run: getUploadUrl },
  'files.completeUploadExternal': { token: 'bot', scope: 'files:write', run: complete },
};
