import { redact } from './call-log.js';
import type { Context } from './context.js';
import type { Acknowledgement } from './driver.js';
import type { Delivery, DropMoment } from './options.js';
import { postToRequestUrl } from './request-url.js';

function send(context: Context, delivery: Delivery, drop: DropMoment | undefined): Promise<Acknowledgement> {
  const { requestUrl, acknowledgementMs } = context.settings;
  return requestUrl === undefined
    ? context.sockets.deliver(delivery, acknowledgementMs, drop)
    : postToRequestUrl(context, requestUrl, delivery);
}

function record({ wireLog }: Context, { type, payload }: Delivery, result: Acknowledgement): void {
  const { token: _token, trigger_id: _trigger, response_url: _url, ...detail } = payload;
  wireLog?.record({
    service: 'slack',
    direction: 'out',
    operation: type,
    status: result.acknowledged ? 'ok' : result.failure,
    detail: redact(detail),
  });
}

/** Sends a command or an interaction to the app, by whichever way it listens; resolves when it is acknowledged or given up. */
export async function deliver(context: Context, delivery: Delivery): Promise<Acknowledgement> {
  const fault = context.faults.deliveries.take(delivery);
  const copies = fault?.kind === 'duplicate' ? 2 : 1;
  const drop = fault?.kind === 'drop' ? fault.moment : undefined;
  const results = await Promise.all(Array.from({ length: copies }, () => send(context, delivery, drop)));
  const result = results[0] ?? { acknowledged: false, failure: 'dispatch_failed' };
  record(context, delivery, result);
  return result;
}
