import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Faults } from '../faults.js';
import { readBody } from '../http.js';
import type { Recent } from '../recent.js';
import type { SandboxCredentials } from '../signature/credentials.js';
import { jsonSignatureError } from '../signature/json-signature-error.js';
import { receivedRequest } from '../signature/received-request.js';
import { verifySignature } from '../signature/verify-signature.js';
import type { WireLog } from '../wire-log.js';
import { ComprehendError, type ComprehendErrorName, isComprehendErrorName } from './comprehend-error.js';
import { type OperationName, operationNames, performOperation } from './operations.js';

/** A request as faults and tests see it. */
export interface ComprehendRequest {
  operation: OperationName;
  /** Counted from 1, over all requests that were understood. */
  number: number;
  /** Parsed JSON. */
  body: unknown;
}

export type ComprehendFault =
  | { kind: 'slow'; milliseconds: number }
  | { kind: 'error'; name: ComprehendErrorName }
  | { kind: 'reset' };

export interface ComprehendContext {
  credentials: readonly SandboxCredentials[];
  region: string | undefined;
  now: () => Date;
  faults: Faults<ComprehendRequest, ComprehendFault>;
  requests: Recent<ComprehendRequest>;
  wireLog: WireLog | undefined;
}

type Outcome = Record<string, unknown> | ComprehendError;

export function createComprehendHandler(context: ComprehendContext): RequestListener {
  return async (incoming, response) => {
    const body = await readBody(incoming).catch(() => undefined);
    if (body === undefined) return; // the client went away: there is nobody to answer
    const asked = attempt(() => admit(incoming, body, context));
    if (asked instanceof ComprehendError) {
      answer(response, context, undefined, asked);
      return;
    }
    const fault = context.faults.take(asked);
    if (fault?.kind === 'slow') await wait(fault.milliseconds, undefined, { ref: false });
    if (fault?.kind === 'reset') {
      incoming.socket.destroy();
      return;
    }
    const failure = fault?.kind === 'error' ? new ComprehendError(fault.name) : undefined;
    answer(response, context, asked, failure ?? attempt(() => performOperation(asked.operation, asked.body)));
  };
}

function attempt<Result>(run: () => Result): Result | ComprehendError {
  try {
    return run();
  } catch (error) {
    if (error instanceof ComprehendError) return error;
    throw error;
  }
}

function admit(incoming: IncomingMessage, bytes: Buffer, context: ComprehendContext): ComprehendRequest {
  const request = receivedRequest(incoming.method ?? 'GET', incoming.url ?? '/', incoming.headers, bytes);
  const { credentials, region, requests } = context;
  const verify = { service: 'comprehend', region, credentials, skewSeconds: 300, now: context.now() };
  const verified = verifySignature(request, verify);
  if (!verified.ok) {
    const { name, message } = jsonSignatureError(verified.problem, verify);
    throw new ComprehendError(isComprehendErrorName(name) ? name : 'InvalidSignatureException', message);
  }
  const target = request.headers['x-amz-target'] ?? '';
  const operation = operationNames.find((name) => target === `Comprehend_20171127.${name}`);
  if (!operation || request.method !== 'POST') throw new ComprehendError('UnknownOperationException');
  const asked = { operation, body: readJson(bytes), number: requests.count() + 1 };
  requests.add(asked, bytes.length);
  return asked;
}

function readJson(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString());
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new ComprehendError('SerializationException', 'The request could not be deserialized.');
  }
}

function answer(
  response: ServerResponse,
  context: ComprehendContext,
  asked: ComprehendRequest | undefined,
  outcome: Outcome,
): void {
  const failed = outcome instanceof ComprehendError;
  const status = failed ? outcome.status : 200;
  const detail = failed ? { error: outcome.code } : outcome;
  context.wireLog?.record({
    service: 'comprehend',
    direction: 'in',
    operation: asked?.operation ?? 'refused',
    status,
    detail,
  });
  const body = failed ? { __type: outcome.code, Message: outcome.message } : outcome;
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.1' });
  response.end(JSON.stringify(body));
}
