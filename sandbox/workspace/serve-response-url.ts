import { z } from 'zod';
import { sendJson } from '../http.js';
import { ApiError } from './api-error.js';
import type { Context } from './context.js';
import { type Exchange, type Outcome, withFault } from './exchange.js';
import type { JsonObject } from './model.js';
import { applyResponse, parseResponse } from './respond.js';

function readMessage({ request, body }: Exchange): JsonObject {
  const text = body.toString('utf8');
  const isForm = request.headers['content-type']?.startsWith('application/x-www-form-urlencoded');
  try {
    const json: unknown = JSON.parse(isForm ? (new URLSearchParams(text).get('payload') ?? '') : text);
    return z.record(z.string(), z.unknown()).parse(json);
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
    await applyResponse(context, used.origin, parseResponse(message));
    return { answer: () => void response.writeHead(200, { 'content-type': 'text/html' }).end('ok') };
  } catch (error) {
    if (error instanceof ApiError) return bareError(exchange, error.code);
    throw error;
  }
}

/** `POST <response_url>`. https://docs.slack.dev/interactivity/handling-user-interaction#message_responses */
export async function serveResponseUrl(context: Context, exchange: Exchange, path: string): Promise<void> {
  const call = { method: 'response_url', arguments: readMessage(exchange) };
  const error = await withFault(
    exchange,
    context.faults.responseUrls.take(call),
    () => respond(context, exchange, path, call.arguments),
    (fault) => bareError(exchange, fault.error),
  );
  context.callLog.add({ ...call, at: context.now(), ok: error === undefined, error });
}
