import type { Context } from './context.js';
import { type Exchange, type Outcome, withFault } from './exchange.js';
import { isVisibleToApp } from './files.js';

/**
 * `GET <url_private>` or `<url_private_download>`, with the bot token in the header. Without it, or without the scope, Slack
 * sends the caller to its login page: HTML with status 200 to those who follow redirects.
 * https://docs.slack.dev/reference/objects/file-object, https://github.com/slackapi/deno-slack-sdk/issues/285
 */
export async function serveDownload(context: Context, exchange: Exchange, pathname: string): Promise<void> {
  const { state, faults } = context;
  const { response } = exchange;
  const [, id = ''] = /^\/files-pri\/\w+-(F\w+)\//.exec(pathname) ?? [];
  const call = { method: 'download', arguments: { file: id } };
  const toLogin = (error: string): Outcome => ({
    error,
    answer: () =>
      void response.writeHead(302, { location: `${context.url()}/?redir=${encodeURIComponent(pathname)}` }).end(),
  });
  const send = async (): Promise<Outcome> => {
    const error = refusal(context, exchange);
    if (error) return toLogin(error);
    const file = state.files.get(id);
    if (!file?.content) return { error: 'file_not_found', answer: () => sendPage(exchange, 404, 'File not found') };
    if (!isVisibleToApp(context, file)) return toLogin('not_visible');
    const { content, mediaType } = file;
    return { answer: () => void response.writeHead(200, { 'content-type': mediaType }).end(content) };
  };
  const error = await withFault(exchange, faults.calls.take(call), send, (planned) => toLogin(planned.error));
  context.logCall({ ...call, error });
}

function refusal({ credentials }: Context, { request }: Exchange): string | undefined {
  const token = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
  if (token === undefined) return 'not_authed';
  if (token !== credentials.botToken) return 'invalid_auth';
  return credentials.scopes.includes('files:read') ? undefined : 'missing_scope';
}

export const serveLogin = (exchange: Exchange): void => sendPage(exchange, 200, 'Sign in to Sandbox | Slack');

function sendPage({ response }: Exchange, status: number, title: string): void {
  response.writeHead(status, { 'content-type': 'text/html; charset=utf-8' });
  response.end(`<!DOCTYPE html><html lang="en-US"><head><title>${title}</title></head><body></body></html>`);
}
