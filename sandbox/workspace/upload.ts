import { ApiError } from './api-error.js';
import type { Context } from './context.js';
import { type Exchange, type Outcome, withFault } from './exchange.js';

/** The bytes of an upload, and the type that a browser's form would tell. */
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
  if (content.toString('latin1', 0, 3) === 'GIF') return 'image/gif';
  return content.toString('hex', 0, 2) === 'ffd8' ? 'image/jpeg' : 'application/octet-stream';
}

async function receive(context: Context, exchange: Exchange, id: string): Promise<Outcome> {
  const { response } = exchange;
  const answer = (status: number, text: string) => () => void response.writeHead(status).end(text);
  const file = context.state.files.get(id);
  const content = await readUpload(exchange);
  if (!file) return { error: 'not_found', answer: answer(404, 'not found') };
  if (content.length !== file.length) return { error: 'wrong_length', answer: answer(400, 'wrong length') };
  file.content = content;
  file.mediaType = mediaTypeOf(content);
  return { answer: answer(200, `OK - ${content.length}`) };
}

/** `POST <upload_url>` with the raw bytes or a form. https://docs.slack.dev/messaging/working-with-files */
export async function serveUpload(context: Context, exchange: Exchange, id: string): Promise<void> {
  const call = { method: 'upload', arguments: { file_id: id } };
  const error = await withFault(
    exchange,
    context.faults.calls.take(call),
    () => receive(context, exchange, id),
    (fault) => ({ error: fault.error, answer: () => void exchange.response.writeHead(400).end(fault.error) }),
  );
  context.callLog.add({ ...call, at: context.now(), ok: error === undefined, error });
}

/** The bytes behind a file's `url_private`, for whoever holds the bot's token. */
export function servePrivateFile(context: Context, { request, response }: Exchange, id: string): void {
  const file = context.state.files.get(id);
  if (request.headers.authorization !== `Bearer ${context.credentials.botToken}`) {
    response.writeHead(403).end(new ApiError('invalid_auth').code);
  } else if (file?.content) {
    response.writeHead(200, { 'content-type': file.mediaType }).end(file.content);
  } else {
    response.writeHead(404).end();
  }
}
