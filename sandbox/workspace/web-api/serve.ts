import { sendJson } from '../../http.js';
import { ApiError } from '../api-error.js';
import type { Context } from '../context.js';
import { type Exchange, type Outcome, toBody, withFault } from '../exchange.js';
import type { JsonObject } from '../model.js';
import { loggedArguments, readArguments } from './arguments.js';
import { chatMethods } from './chat.js';
import { fileMethods } from './files.js';
import type { Method, Methods } from './method.js';
import { viewMethods } from './views.js';
import { workspaceMethods } from './workspace.js';

const methods: Methods = { ...workspaceMethods, ...chatMethods, ...viewMethods, ...fileMethods };

const header = { 'x-slack-req-id': 'sandbox' };

/** A JSON call may carry its token in the header only. */
function tokenOf({ request }: Exchange, given: JsonObject): string | undefined {
  const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  const isJson = request.headers['content-type']?.startsWith('application/json') ?? false;
  return bearer ?? (isJson || given.token === undefined ? undefined : String(given.token));
}

function authorize({ credentials }: Context, method: Method, token: string | undefined): void {
  const { botToken, appToken, scopes } = credentials;
  if (token === undefined) throw new ApiError('not_authed');
  if (token !== botToken && token !== appToken) throw new ApiError('invalid_auth');
  if ((token === appToken) !== (method.token === 'app')) throw new ApiError('not_allowed_token_type');
  if (method.scope !== undefined && !scopes.includes(method.scope)) {
    throw new ApiError('missing_scope', { needed: method.scope, provided: scopes.join(',') });
  }
}

async function run(context: Context, exchange: Exchange, name: string, given: JsonObject): Promise<JsonObject> {
  const method = Object.hasOwn(methods, name) ? methods[name] : undefined;
  if (!method) throw new ApiError('unknown_method', { req_method: name });
  authorize(context, method, tokenOf(exchange, given));
  return { ok: true, ...(await method.run(context, given)) };
}

function scopeHeaders({ credentials }: Context, name: string): Record<string, string> {
  const needed = methods[name]?.scope;
  return {
    ...header,
    'x-oauth-scopes': credentials.scopes.join(','),
    ...(needed === undefined ? {} : { 'x-accepted-oauth-scopes': needed }),
  };
}

/** `POST /api/<method>`. A refusal is HTTP 200 with `ok: false`. */
export async function serveWebApi(context: Context, exchange: Exchange, url: URL): Promise<void> {
  const name = url.pathname.replace('/api/', '');
  const answer = (body: JsonObject): void => sendJson(exchange.response, 200, body, scopeHeaders(context, name));
  const refused = (error: ApiError): Outcome => ({ error: error.code, answer: () => answer(toBody(error)) });
  const perform = async (given: JsonObject): Promise<Outcome> => {
    try {
      const body = await run(context, exchange, name, given);
      return { answer: () => answer(body) };
    } catch (error) {
      if (error instanceof ApiError) return refused(error);
      throw error;
    }
  };
  try {
    const given = readArguments(exchange.request, url, exchange.body);
    const logged = loggedArguments(given);
    const fault = context.faults.calls.take({ method: name, arguments: logged });
    const error = await withFault(
      exchange,
      fault,
      () => perform(given),
      (planned) => refused(new ApiError(planned.error, planned.details)),
    );
    context.callLog.add({ method: name, arguments: logged, at: context.now(), ok: error === undefined, error });
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    refused(error).answer();
  }
}
