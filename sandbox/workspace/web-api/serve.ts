import { z } from 'zod';
import { fromJson, sendJson } from '../../http.js';
import { ApiError } from '../api-error.js';
import type { Context } from '../context.js';
import { type Exchange, type Outcome, withFault } from '../exchange.js';
import type { JsonObject } from '../model.js';
import { authMethods } from './auth.js';
import { chatMethods } from './chat.js';
import { fileMethods } from './files.js';
import type { Method, Methods } from './method.js';
import { viewMethods } from './views.js';

const methods: Methods = { ...authMethods, ...chatMethods, ...viewMethods, ...fileMethods };

/** `POST /api/<method>`. A refusal is HTTP 200 with `ok: false`. https://docs.slack.dev/apis/web-api/#basics */
export async function serveWebApi(context: Context, exchange: Exchange, name: string): Promise<void> {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  const headers = {
    'x-slack-req-id': 'sandbox',
    'x-oauth-scopes': context.credentials.scopes.join(','),
    ...(method?.scope && { 'x-accepted-oauth-scopes': method.scope }),
  };
  const send = (body: JsonObject): void => sendJson(exchange.response, 200, body, headers);
  const refuse = (code: string, details: JsonObject = {}): Outcome => ({
    error: code,
    answer: () => send({ ok: false, error: code, ...details }),
  });
  const given = readArguments(exchange);
  if (!given) return refuse('invalid_json').answer();
  const call = { method: name, arguments: loggedArguments(given) };
  const perform = async (): Promise<Outcome> => {
    try {
      if (!method) throw new ApiError('unknown_method', { req_method: name });
      authorize(context, method, exchange, given);
      const body = { ok: true, ...(await method.run(context, given)) };
      return { answer: () => send(body) };
    } catch (error) {
      if (error instanceof ApiError) return refuse(error.code, error.details);
      throw error;
    }
  };
  const fault = context.faults.calls.take(call);
  const error = await withFault(exchange, fault, perform, (planned) => refuse(planned.error, planned.details));
  context.logCall({ ...call, error });
}

/** A call's arguments from its form or JSON body; undefined for a body that is no JSON object. */
function readArguments({ request, body }: Exchange): JsonObject | undefined {
  const text = body.toString();
  if (!isJson(request)) return Object.fromEntries(new URLSearchParams(text));
  return z.record(z.string(), z.unknown()).safeParse(fromJson(text || '{}')).data;
}

const isJson = ({ headers }: Exchange['request']): boolean =>
  headers['content-type']?.startsWith('application/json') ?? false;

/** A JSON call may carry its token in the header only. */
function authorize({ credentials }: Context, method: Method, { request }: Exchange, given: JsonObject): void {
  const { botToken, appToken, scopes } = credentials;
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const token = bearer ?? (isJson(request) ? undefined : given.token);
  if (token === undefined) throw new ApiError('not_authed');
  if (token !== botToken && token !== appToken) throw new ApiError('invalid_auth');
  if ((token === appToken) !== (method.isOfApp ?? false)) throw new ApiError('not_allowed_token_type');
  if (method.scope !== undefined && !scopes.includes(method.scope)) {
    throw new ApiError('missing_scope', { needed: method.scope, provided: scopes.join(',') });
  }
}

/** The arguments for logs and faults: without secrets, and JSON that a form carries as text parsed. */
function loggedArguments(given: JsonObject): JsonObject {
  const { token: _token, trigger_id: _trigger, ...shown } = given;
  const carriedAsJson = ['blocks', 'view', 'files'];
  return Object.fromEntries(
    Object.entries(shown).map(([name, value]) => [name, carriedAsJson.includes(name) ? fromJson(value) : value]),
  );
}
