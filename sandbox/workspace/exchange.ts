import type { IncomingMessage, ServerResponse } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import { sendJson } from '../http.js';
import type { CallFault } from './options.js';

/** One HTTP exchange with the app. */
export interface Exchange {
  request: IncomingMessage;
  response: ServerResponse;
  body: Buffer;
}

/** How a call is answered, and the error to log if it was refused. */
export interface Outcome {
  error?: string | undefined;
  answer(): void;
}

/**
 * Performs a call and answers it, as far as the fault lets it. Resolves to the error for the log, undefined if all went well.
 * `refuse` makes the service's own form of an error.
 */
export async function withFault(
  { request, response }: Exchange,
  fault: CallFault | undefined,
  perform: () => Promise<Outcome>,
  refuse: (fault: CallFault & { kind: 'error' }) => Outcome,
): Promise<string | undefined> {
  switch (fault?.kind) {
    case 'reset':
      request.socket.destroy();
      return 'reset';
    case 'http_500':
      sendJson(response, 500, { ok: false, error: 'internal_error' });
      return 'http_500';
    case 'rate_limited':
      sendJson(response, 429, { ok: false, error: 'ratelimited' }, { 'retry-after': String(fault.retryAfterSeconds) });
      return 'rate_limited';
    case 'answer_lost': {
      const { error } = await perform();
      request.socket.destroy();
      return error ?? 'answer_lost';
    }
  }
  if (fault?.kind === 'slow') await delay(fault.ms, undefined, { ref: false });
  const outcome = fault?.kind === 'error' ? refuse(fault) : await perform();
  outcome.answer();
  return outcome.error;
}

/** What a presigned URL must not leave in a log. */
const signed = /(X-Amz-(?:Signature|Security-Token|Credential)=)[^&"\s]+/gi;

export const redact = (value: unknown): unknown =>
  JSON.parse(JSON.stringify(value ?? null).replace(signed, '$1(removed)'));
