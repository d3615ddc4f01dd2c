import { setTimeout as wait } from 'node:timers/promises';
import type { Faults } from '../faults.js';
import type { SandboxCredentials } from '../signature/credentials.js';
import { jsonSignatureError } from '../signature/json-signature-error.js';
import { verifySignature } from '../signature/verify-signature.js';
import type { WireLog } from '../wire-log.js';
import { BedrockError, isBedrockErrorName } from './bedrock-error.js';
import type { BedrockFault, BedrockRequest } from './bedrock-fault.js';
import { applyGuardrail, findGuardrail } from './guardrails.js';
import { type InvokeContext, invokeModel } from './invoke-model.js';
import { type Route, readJson, readRoute, seedOf } from './read-request.js';
import type { Answer, Exchange } from './two-protocols.js';

export interface BedrockContext extends InvokeContext {
  credentials: readonly SandboxCredentials[];
  latencyMs: () => number;
  now: () => Date;
  faults: Faults<BedrockRequest, BedrockFault>;
  /** Keeps the request, whose body has so many bytes; what it answers is called when the request has been answered. */
  begin: (request: BedrockRequest, bytes: number) => () => void;
  nextNumber: () => number;
  wireLog: WireLog | undefined;
}

interface Admitted {
  route: Route;
  asked: BedrockRequest;
}

export async function serveBedrock(exchange: Exchange, context: BedrockContext): Promise<void> {
  const admitted = await attempt(() => admit(exchange, context));
  if (admitted instanceof BedrockError) {
    record(context, undefined, admitted);
    exchange.send(errorAnswer(admitted, 0));
    return;
  }
  const end = context.begin(admitted.asked, exchange.request.body.length);
  await answer(exchange, admitted, context).finally(end);
}

async function answer(exchange: Exchange, admitted: Admitted, context: BedrockContext): Promise<void> {
  const { asked } = admitted;
  const fault = context.faults.take(asked);
  if (fault?.kind === 'never' || fault?.kind === 'reset') {
    context.wireLog?.record({ ...entryOf(asked), status: fault.kind, detail: detailOf(asked) });
    if (fault.kind === 'reset') exchange.reset();
    await exchange.ended;
    return;
  }
  await wait(fault?.kind === 'slow' ? fault.milliseconds : context.latencyMs(), undefined, { ref: false });
  const outcome = await attempt(() => perform(exchange, admitted, fault, context));
  record(context, asked, outcome);
  const whole =
    outcome instanceof BedrockError ? errorAnswer(outcome, asked.number) : jsonAnswer(outcome, asked.number);
  exchange.send(whole, { cut: fault?.kind === 'answer cut' });
}

async function attempt<Result>(run: () => Result | Promise<Result>): Promise<Result | BedrockError> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof BedrockError) return error;
    throw error;
  }
}

function admit({ request, protocol }: Exchange, context: BedrockContext): Admitted {
  const now = context.now();
  const verify = { service: 'bedrock', credentials: context.credentials, skewSeconds: 300, now };
  const verified = verifySignature(request, verify);
  if (!verified.ok) {
    const { name, message } = jsonSignatureError(verified.problem, verify);
    throw new BedrockError(isBedrockErrorName(name) ? name : 'InvalidSignatureException', message);
  }
  const route = readRoute(request);
  const body = readJson(request);
  const modelId = route.operation === 'InvokeModel' ? route.modelId : route.identifier;
  const { operation } = route;
  const { region } = verified;
  const asked = {
    operation,
    modelId,
    region,
    protocol,
    body,
    seed: seedOf(body),
    at: now,
    number: context.nextNumber(),
  };
  return { route, asked };
}

async function perform(
  { request }: Exchange,
  { route, asked }: Admitted,
  fault: BedrockFault | undefined,
  context: BedrockContext,
): Promise<Record<string, unknown>> {
  if (fault?.kind === 'error') throw new BedrockError(fault.name, fault.message);
  if (route.operation === 'InvokeModel') return invokeModel(asked, request.headers, fault, context);
  return applyGuardrail(findGuardrail(context.guardrails, route.identifier, route.version), asked.body);
}

function jsonAnswer(body: Record<string, unknown>, number: number): Answer {
  return { status: 200, headers: headersOf(number), body: Buffer.from(JSON.stringify(body)) };
}

function errorAnswer({ code, status, message }: BedrockError, number: number): Answer {
  const headers = {
    ...headersOf(number),
    'x-amzn-errortype': `${code}:http://internal.amazon.com/coral/com.amazon.bedrock/`,
  };
  return { status, headers, body: Buffer.from(JSON.stringify({ message })) };
}

function headersOf(number: number): Record<string, string> {
  const requestId = `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
  return { 'content-type': 'application/json', 'x-amzn-requestid': requestId };
}

function record(context: BedrockContext, asked: BedrockRequest | undefined, outcome: object): void {
  const failed = outcome instanceof BedrockError;
  const status = failed ? outcome.status : 200;
  const detail = { ...(asked && detailOf(asked)), ...(failed && { error: outcome.code, message: outcome.message }) };
  context.wireLog?.record({ ...entryOf(asked), status, detail });
}

function entryOf(asked: BedrockRequest | undefined) {
  return { service: 'bedrock', direction: 'in', operation: asked?.operation ?? 'refused' } as const;
}

/** The body without images in base64. */
function detailOf({ modelId, region, body }: BedrockRequest): Record<string, unknown> {
  const shown = JSON.stringify(body, (_name, value: unknown) =>
    typeof value === 'string' && value.length > 20_000 ? `${value.length} characters` : value,
  );
  return { modelId, region, body: JSON.parse(shown) as unknown };
}
