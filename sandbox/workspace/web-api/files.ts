import { z } from 'zod';
import { fromJson } from '../../http.js';
import { ApiError } from '../api-error.js';
import { addAppMessage } from '../content.js';
import type { Context } from '../context.js';
import { type Exchange, type Outcome, withFault } from '../exchange.js';
import { isVisibleToApp, toldFile } from '../files.js';
import type { ChannelKind, JsonObject, SlackFile } from '../model.js';
import { visibleChannel } from '../state.js';
import { type Methods, parseArguments } from './method.js';

const ticketArguments = z.object({
  filename: z.string().min(1),
  length: z.coerce.number().int().min(1),
  alt_txt: z.string().max(1000).optional(),
});

function getUploadUrl({ state, ids, now, url }: Context, given: JsonObject): JsonObject {
  const { filename, length, alt_txt: altText } = parseArguments(ticketArguments, given);
  const id = ids.next('F');
  state.files.set(id, {
    id,
    user: state.app.botUserId,
    name: filename,
    title: filename,
    altText,
    length,
    mediaType: '',
    isComplete: false,
    createdAt: now(),
    processedAt: now(),
    sharedIn: new Set(),
    isGivenToApp: false,
  });
  return { upload_url: `${url()}/upload/${id}`, file_id: id };
}

/** `POST <upload_url>` with the bytes, raw or as a form. https://docs.slack.dev/messaging/working-with-files */
export async function serveUpload(context: Context, exchange: Exchange, id: string): Promise<void> {
  const call = { method: 'upload', arguments: { file_id: id } };
  const outcome = (status: number, text: string, error?: string): Outcome => ({
    error,
    answer: () => void exchange.response.writeHead(status).end(text),
  });
  const receive = async (): Promise<Outcome> => {
    const content = await readUpload(exchange);
    const file = context.state.files.get(id);
    if (!file) return outcome(404, 'not found', 'not_found');
    if (content.length !== file.length) return outcome(400, 'wrong length', 'wrong_length');
    Object.assign(file, { content, mediaType: mediaTypeOf(content) });
    return outcome(200, `OK - ${content.length}`);
  };
  const fault = context.faults.calls.take(call);
  const error = await withFault(exchange, fault, receive, (planned) => outcome(400, planned.error, planned.error));
  context.logCall({ ...call, error });
}

async function readUpload({ request, body }: Exchange): Promise<Buffer> {
  const type = request.headers['content-type'] ?? '';
  if (!type.startsWith('multipart/form-data')) return body;
  const form = await new Response(new Uint8Array(body), { headers: { 'content-type': type } }).formData();
  const file = [...form.values()].find((value) => typeof value !== 'string');
  return file ? Buffer.from(await file.arrayBuffer()) : Buffer.alloc(0);
}

/** By its first bytes, not by its name. */
function mediaTypeOf(content: Buffer): string {
  if (content.toString('latin1', 1, 4) === 'PNG') return 'image/png';
  return content.toString('hex', 0, 2) === 'ffd8' ? 'image/jpeg' : 'application/octet-stream';
}

const completeArguments = z.object({
  files: z.preprocess(fromJson, z.array(z.object({ id: z.string(), title: z.string().optional() })).min(1)),
  channel_id: z.string().optional(),
  thread_ts: z.string().optional(),
});

function complete(context: Context, given: JsonObject): JsonObject {
  const wanted = parseArguments(completeArguments, given);
  const files = wanted.files.map(({ id, title }) => ({ file: uploadedFile(context, id), title }));
  const channel = wanted.channel_id ? visibleChannel(context, wanted.channel_id) : undefined;
  // `chat:write.public` is of no help here: files need membership.
  if (channel && !channel.members.has(context.state.app.botUserId)) throw new ApiError('not_in_channel');
  if (channel?.isArchived) throw new ApiError('posting_to_channel_denied');
  for (const { file, title = file.title } of files) {
    const processedAt = new Date(context.now().getTime() + context.settings.fileProcessingMs);
    Object.assign(file, { isComplete: true, title, processedAt });
    if (channel) file.sharedIn.add(channel.id);
  }
  if (channel) {
    const place = { channel: channel.id, threadTs: wanted.thread_ts };
    addAppMessage(context, { text: '', blocks: [] }, place).files = files.map(({ file }) => file.id);
  }
  context.state.changed();
  return { files: files.map(({ file: { id, title } }) => ({ id, title })) };
}

const fileArgument = z.object({ file: z.string().min(1) });

/** Each ticket is good for one completion. */
function uploadedFile({ state }: Context, id: string): SlackFile {
  const file = state.files.get(id);
  if (!file?.content || file.isComplete) throw new ApiError('file_not_found');
  return file;
}

/** A message with nothing but the file goes with it: https://github.com/ltworf/localslackirc/pull/87 */
function deleteFile({ state }: Context, given: JsonObject): JsonObject {
  const { file } = parseArguments(fileArgument, given);
  const found = state.files.get(file);
  if (!found) throw new ApiError('file_not_found');
  if (found.user !== state.app.botUserId) throw new ApiError('cant_delete_file');
  state.files.delete(file);
  state.messages = state.messages.filter(
    ({ files, text, blocks }) => !(files.length === 1 && files[0] === file && text === '' && blocks.length === 0),
  );
  state.changed();
  return {};
}

/** https://docs.slack.dev/reference/methods/files.info */
function fileInfo(context: Context, given: JsonObject): JsonObject {
  const { channels, files } = context.state;
  const file = files.get(parseArguments(fileArgument, given).file);
  if (!file?.content || !isVisibleToApp(context, file)) throw new ApiError('file_not_found');
  const sharedIn = (...kinds: ChannelKind[]) =>
    [...file.sharedIn].filter((id) => kinds.some((kind) => kind === channels.get(id)?.kind));
  const places = { channels: sharedIn('public'), groups: sharedIn('private'), ims: sharedIn('direct', 'app') };
  return { file: { ...toldFile(context, file), ...places }, comments: [] };
}

/** https://docs.slack.dev/messaging/working-with-files */
export const fileMethods: Methods = {
  'files.getUploadURLExternal': { scope: 'files:write', run: getUploadUrl },
  'files.completeUploadExternal': { scope: 'files:write', run: complete },
  'files.info': { scope: 'files:read', run: fileInfo },
  'files.delete': { scope: 'files:write', run: deleteFile },
};
