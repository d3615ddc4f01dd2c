import { z } from 'zod';
import { sendJson } from '../http.js';
import { ApiError } from './api-error.js';
import { addAppMessage, admitContent, replaceContent } from './content.js';
import type { Context } from './context.js';
import { type Exchange, type Outcome, withFault } from './exchange.js';
import type { JsonObject } from './model.js';
import type { Origin } from './single-use.js';
import { removeMessage } from './state.js';

/** `POST <response_url>`. https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
export async function serveResponseUrl(context: Context, exchange: Exchange, path: string): Promise<void> {
  const call = { method: 'response_url', arguments: readMessage(exchange) };
  const error = await withFault(
    exchange,
    context.faults.responseUrls.take(call),
    () => respond(context, exchange, path, call.arguments),
    (fault) => bareError(exchange, fault.error),
  );
  context.logCall({ ...call, error });
}

function readMessage({ body }: Exchange): JsonObject {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(body.toString()));
  } catch {
    return {}; // answered as `no_text`
  }
}

/** Webhooks name the error and nothing else: https://github.com/slackapi/java-slack-sdk/issues/1017 */
function bareError({ response }: Exchange, code: string): Outcome {
  return { error: code, answer: () => void response.writeHead(400, { 'content-type': 'text/html' }).end(code) };
}

async function respond(context: Context, exchange: Exchange, path: string, message: JsonObject): Promise<Outcome> {
  const { response } = exchange;
  const used = context.responseUrls.use(path);
  if ('error' in used) {
    return { error: used.error, answer: () => sendJson(response, 404, { ok: false, error: used.error }) };
  }
  try {
    await applyResponse(context, used.origin, message);
    return { answer: () => void response.writeHead(200, { 'content-type': 'text/html' }).end('ok') };
  } catch (error) {
    if (error instanceof ApiError) return bareError(exchange, error.code);
    throw error;
  }
}

const responseMessage = z.looseObject({
  text: z.string().optional(),
  blocks: z.unknown().optional(),
  response_type: z.enum(['ephemeral', 'in_channel']).catch('ephemeral'),
  replace_original: z.boolean().optional(),
  delete_original: z.boolean().optional(),
  thread_ts: z.string().optional(),
});

/** Does what a response, or the acknowledgement of a command, asks for. An ephemeral message stays one when it is replaced, and a posted one posted. */
export async function applyResponse(context: Context, origin: Origin, raw: JsonObject): Promise<void> {
  const parsed = responseMessage.safeParse(raw);
  if (!parsed.success) throw new ApiError('invalid_payload');
  const { text, blocks, response_type, replace_original, delete_original, thread_ts } = parsed.data;
  // Only a button's URL can touch a message: the one that holds the button.
  const original = context.state.messages.find(
    ({ channel, ts }) => channel === origin.channel && ts === origin.messageTs,
  );
  if (text === undefined && blocks === undefined && delete_original) {
    if (original) removeMessage(context.state, original);
    return;
  }
  const content = await admitContent(context, { text, blocks });
  // With a message, deleting is the way to another response_type: https://github.com/stoiveyp/Slack.NetStandard/pull/56
  if (delete_original && original) removeMessage(context.state, original);
  else if (replace_original && original) return replaceContent(context, original, content);
  const isPublic = response_type === 'in_channel';
  addAppMessage(context, content, {
    channel: origin.channel,
    visibleTo: isPublic ? undefined : origin.user,
    // https://docs.slack.dev/interactivity/handling-user-interaction: in a thread only as a new message to the channel
    threadTs: isPublic && replace_original === false ? thread_ts : undefined,
  });
}
