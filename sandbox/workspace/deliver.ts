import { createHmac } from 'node:crypto';
import type { Context } from './context.js';
import type { Acknowledgement } from './driver.js';
import { redact } from './exchange.js';
import type { Delivery, DropMoment } from './options.js';

/** Sends a command or an interaction to the app, whichever way it listens. Resolves when it is acknowledged or given up. */
export async function deliver(context: Context, delivery: Delivery): Promise<Acknowledgement> {
  const fault = context.faults.deliveries.take(delivery);
  const copies = fault?.kind === 'duplicate' ? 2 : 1;
  const drop = fault?.kind === 'drop' ? fault.moment : undefined;
  const results = await Promise.all(Array.from({ length: copies }, () => send(context, delivery, drop)));
  const result = results[0] ?? { acknowledged: false, failure: 'dispatch_failed' };
  const { token: _token, trigger_id: _trigger, response_url: _url, ...detail } = delivery.payload;
  context.wireLog?.record({
    service: 'slack',
    direction: 'out',
    operation: delivery.type,
    status: result.acknowledged ? 'ok' : result.failure,
    detail: redact(detail),
  });
  return result;
}

function send(context: Context, delivery: Delivery, drop: DropMoment | undefined): Promise<Acknowledgement> {
  const { requestUrl, acknowledgementMs } = context.settings;
  return requestUrl === undefined
    ? context.sockets.deliver(delivery, acknowledgementMs, drop)
    : postToRequestUrl(context, requestUrl, delivery);
}

/** Posts to the app's request URL, signed. https://docs.slack.dev/authentication/verifying-requests-from-slack */
async function postToRequestUrl(context: Context, url: string, delivery: Delivery): Promise<Acknowledgement> {
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

/** Commands are plain form fields; interactions are JSON in one field. */
function toForm({ type, payload }: Delivery): string {
  const fields = type === 'slash_commands' ? payload : { payload: JSON.stringify(payload) };
  const entries = Object.entries(fields).map(([key, value]): [string, string] => [key, String(value)]);
  return new URLSearchParams(entries).toString();
}

function signedHeaders(secret: string, body: string, now: Date): Record<string, string> {
  const timestamp = String(Math.floor(now.getTime() / 1000));
  const digest = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
  return { 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` };
}

async function readAck(response: Response): Promise<unknown> {
  const text = await response.text();
  return response.headers.get('content-type')?.startsWith('application/json') ? JSON.parse(text) : undefined;
}
