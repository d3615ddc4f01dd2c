import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { BedrockError, isBedrockErrorName } from '../bedrock/bedrock-error.js';
import type { Faults } from '../faults.js';
import { readBody, sendJson } from '../http.js';
import type { SandboxCredentials } from '../signature/credentials.js';
import { jsonSignatureError } from '../signature/json-signature-error.js';
import { decodeText, type ReceivedRequest, receivedRequest } from '../signature/received-request.js';
import { verifySignature } from '../signature/verify-signature.js';
import type { WireLog } from '../wire-log.js';
import type { BedrockControlFault, BedrockControlRequest } from './bedrock-control-fault.js';
import { describeAvailability, describeModel } from './foundation-models.js';

export interface BedrockControlContext {
  credentials: readonly SandboxCredentials[];
  now: () => Date;
  faults: Faults<BedrockControlRequest, BedrockControlFault>;
  requests: BedrockControlRequest[];
  wireLog: WireLog | undefined;
}

type Outcome = Record<string, unknown> | BedrockError;

export function createBedrockControlHandler(context: BedrockControlContext): RequestListener {
  return async (incoming, response) => {
    const body = await readBody(incoming).catch(() => undefined);
    if (body === undefined) return; // the client went away: there is nobody to answer
    const asked = attempt(() => admit(incoming, body, context));
    if (asked instanceof BedrockError) {
      answer(response, context, undefined, asked);
      return;
    }
    const fault = context.faults.take(asked);
    if (fault?.kind === 'slow') await wait(fault.milliseconds, undefined, { ref: false });
    if (fault?.kind === 'reset') {
      incoming.socket.destroy();
      return;
    }
    answer(
      response,
      context,
      asked,
      attempt(() => perform(asked, fault)),
    );
  };
}

function attempt<Result>(run: () => Result): Result | BedrockError {
  try {
    return run();
  } catch (error) {
    if (error instanceof BedrockError) return error;
    throw error;
  }
}

function admit(incoming: IncomingMessage, body: Buffer, context: BedrockControlContext): BedrockControlRequest {
  const request = receivedRequest(incoming.method ?? 'GET', incoming.url ?? '/', incoming.headers, body);
  const verify = { service: 'bedrock', credentials: context.credentials, skewSeconds: 300, now: context.now() };
  const verified = verifySignature(request, verify);
  if (!verified.ok) {
    const { name, message } = jsonSignatureError(verified.problem, verify);
    throw new BedrockError(isBedrockErrorName(name) ? name : 'InvalidSignatureException', message);
  }
  const asked = { ...readRoute(request), region: verified.region, number: context.requests.length + 1 };
  context.requests.push(asked);
  return asked;
}

function readRoute({ method, path }: ReceivedRequest): Pick<BedrockControlRequest, 'operation' | 'modelId'> {
  const [first, modelId, ...rest] = path.split('/').slice(1).map(decodeText);
  if (method === 'GET' && modelId && rest.length === 0) {
    if (first === 'foundation-models') return { operation: 'GetFoundationModel', modelId };
    if (first === 'foundation-model-availability') return { operation: 'GetFoundationModelAvailability', modelId };
  }
  throw new BedrockError('UnknownOperationException', `The sandbox does not serve ${method} ${path}.`);
}

function perform(asked: BedrockControlRequest, fault: BedrockControlFault | undefined): Record<string, unknown> {
  if (fault?.kind === 'error') throw new BedrockError(fault.name, fault.message ?? refusalOf(asked, fault.name));
  const told = asked.operation === 'GetFoundationModel' ? describeModel(asked) : describeAvailability(asked);
  return fault?.kind === 'answer' ? { ...told, ...fault.fields } : told;
}

/** As the runtime says it, but for access, which IAM words by the action. */
function refusalOf({ operation }: BedrockControlRequest, name: string): string | undefined {
  if (name !== 'AccessDeniedException') return undefined;
  return `User is not authorized to perform: bedrock:${operation} because no identity-based policy allows the bedrock:${operation} action`;
}

function answer(
  response: ServerResponse,
  { wireLog }: BedrockControlContext,
  asked: BedrockControlRequest | undefined,
  outcome: Outcome,
): void {
  const failed = outcome instanceof BedrockError;
  const status = failed ? outcome.status : 200;
  wireLog?.record({
    service: 'bedrock',
    direction: 'in',
    operation: asked?.operation ?? 'refused',
    status,
    detail: { ...asked, ...(failed && { error: outcome.code, message: outcome.message }) },
  });
  if (failed) sendJson(response, status, { message: outcome.message }, { 'x-amzn-errortype': outcome.code });
  else sendJson(response, status, outcome);
}
