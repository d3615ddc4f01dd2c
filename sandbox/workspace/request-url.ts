import type { Context } from './context.js';
import type { Acknowledgement } from './driver.js';
import type { Delivery } from './options.js';
import { signedHeaders } from './signature.js';

/** Commands are plain form fields; interactions are JSON in one field. */
function toForm({ type, payload }: Delivery): string {
  const fields = type === 'slash_commands' ? payload : { payload: JSON.stringify(payload) };
  const entries = Object.entries(fields).map(([key, value]): [string, string] => [key, String(value)]);
  return new URLSearchParams(entries).toString();
}

async function readAck(response: Response): Promise<unknown> {
  const text = await response.text();
  if (text === '') return undefined;
  return response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : { text };
}

/** Posts to the app's request URL, signed. https://docs.slack.dev/authentication/verifying-requests-from-slack */
export async function postToRequestUrl(context: Context, url: string, delivery: Delivery): Promise<Acknowledgement> {
  const body = toForm(delivery);
  const start = performance.now();
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'user-agent': 'Slackbot 1.0 (+https://api.slack.com/robots)',
        ...signedHeaders(context.credentials.signingSecret, body, context.now()),
      },
      signal: AbortSignal.timeout(context.settings.acknowledgementMs),
    });
    const ack = await readAck(response);
    if (response.ok) return { acknowledged: true, acknowledgedAfterMs: performance.now() - start, ack };
    return { acknowledged: false, failure: response.status < 500 ? 'http_client_error' : 'http_service_error' };
  } catch (error) {
    const isTimeout = error instanceof DOMException && error.name === 'TimeoutError';
    return { acknowledged: false, failure: isTimeout ? 'operation_timeout' : 'dispatch_failed' };
  }
}
