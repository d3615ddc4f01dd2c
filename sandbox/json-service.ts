import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { type AwsErrorName, awsErrors } from './aws-errors.js';
import { createFaults } from './faults.js';
import { listen, readBody } from './http.js';
import { createRecent } from './recent.js';
import { type SandboxCredentials, sandboxCredentials } from './signature/credentials.js';
import { type ReceivedRequest, receivedRequest } from './signature/received-request.js';
import { type SignatureProblem, verifySignature } from './signature/verify-signature.js';
import type { WireLog } from './wire-log.js';

/** What any of them can be told to do wrong. */
export type CommonFault =
  | { kind: 'slow'; milliseconds: number }
  /** No answer and no end until the client gives up. */
  | { kind: 'never' }
  | { kind: 'error'; name: AwsErrorName; message?: string }
  /** The connection ends before the answer, or in the middle of it. */
  | { kind: 'reset' | 'answer cut' };

export class AwsError extends Error {
  override readonly name = 'AwsError';
  readonly code: AwsErrorName;

  constructor(code: AwsErrorName, message: string = awsErrors[code][1]) {
    super(message);
    this.code = code;
  }
}

export interface ServiceOptions {
  credentials?: readonly SandboxCredentials[];
  wireLog?: WireLog;
}

/** A request as faults and tests see it. */
interface AnyRequest {
  operation: string;
  /** Counted from 1, over all requests that were understood. */
  number: number;
}

interface ServiceParts<Request, Fault> extends ServiceOptions {
  service: 'bedrock' | 'comprehend';
  /** Reads what is asked for; throws an AwsError. */
  read(request: ReceivedRequest, region: string, number: number): Request;
  /** Answers it; throws an AwsError. */
  perform(asked: Request, fault: Fault | undefined, request: ReceivedRequest): Promise<object> | object;
  latencyMs?: () => number;
}

export type JsonService<Request extends AnyRequest, Fault extends { kind: string }> = Awaited<
  ReturnType<typeof startJsonService<Request, Fault>>
>;

/** Serves one of AWS's JSON services on the loopback address. */
export async function startJsonService<Request extends AnyRequest, Fault extends { kind: string }>(
  parts: ServiceParts<Request, Fault>,
) {
  const { service, credentials = [sandboxCredentials], latencyMs = () => 0, wireLog } = parts;
  const faults = createFaults<Request, Fault>();
  const requests = createRecent<Request>();
  const abandoned = createRecent<Request>();
  const count = { inFlight: 0, max: 0 };

  function admit(request: ReceivedRequest): Request {
    const verified = verifySignature(request, { service, credentials, skewSeconds: 300, now: new Date() });
    if ('problem' in verified) throw signatureError(verified.problem);
    const asked = parts.read(request, verified.region, requests.count() + 1);
    requests.add(asked, request.body.length);
    return asked;
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(incoming).catch(() => undefined);
    if (body === undefined) return; // the client is gone
    const request = receivedRequest(incoming, body);
    const asked = await attempt(() => admit(request));
    if (asked instanceof AwsError) return answer(response, undefined, asked);
    response.once('close', () => {
      if (!response.writableFinished) abandoned.add(asked);
    });
    const fault = faults.take(asked);
    const common = fault && isCommon(fault) ? fault : undefined;
    if (common?.kind === 'never' || common?.kind === 'reset') {
      record(asked, common.kind);
      if (common.kind === 'reset') incoming.socket.destroy();
      return;
    }
    await wait(common?.kind === 'slow' ? common.milliseconds : latencyMs(), undefined, { ref: false });
    const outcome = await attempt(() => {
      if (common?.kind === 'error') throw new AwsError(common.name, common.message);
      return parts.perform(asked, fault, request);
    });
    answer(response, asked, outcome, common?.kind === 'answer cut');
  }

  function answer(response: ServerResponse, asked: Request | undefined, outcome: object, isCut = false): void {
    const failed = outcome instanceof AwsError;
    const status = failed ? statusOf(service, outcome.code) : 200;
    record(asked, status, failed ? { error: outcome.code, message: outcome.message } : {});
    if (response.destroyed) return; // the client gave up while the answer was made
    const told = failed ? { __type: outcome.code, message: outcome.message } : outcome;
    const bytes = Buffer.from(JSON.stringify(told));
    response.writeHead(status, {
      'content-type': service === 'comprehend' ? 'application/x-amz-json-1.1' : 'application/json',
      'content-length': bytes.length,
      'x-amzn-requestid': `00000000-0000-4000-8000-${String(asked?.number ?? 0).padStart(12, '0')}`,
      ...(failed && { 'x-amzn-errortype': outcome.code }),
    });
    if (isCut) response.write(bytes.subarray(0, bytes.length / 2), () => response.socket?.destroy());
    else response.end(bytes);
  }

  function record(asked: Request | undefined, status: number | string, more: object = {}): void {
    const detail = { ...(asked && withoutImages(asked)), ...more };
    wireLog?.record({ service, direction: 'in', operation: asked?.operation ?? 'refused', status, detail });
  }

  const server = createServer(async (incoming, response) => {
    count.inFlight += 1;
    count.max = Math.max(count.max, count.inFlight);
    response.once('close', () => {
      count.inFlight -= 1;
    });
    await serve(incoming, response);
  });
  const { port, close } = await listen(server);
  return {
    url: `http://127.0.0.1:${port}`,
    faults,
    /** The last that came and were understood, oldest first: 2,000 of them, fewer if their bodies exceed 64 MiB. */
    requests: requests.all,
    /** Those of them whose connection ended before they were answered. */
    abandoned: abandoned.all,
    /** Requests that have not been answered yet, and the most there ever were at once. */
    inFlight: () => count.inFlight,
    maxInFlight: () => count.max,
    close,
  };
}

function isCommon(fault: { kind: string }): fault is CommonFault {
  return ['slow', 'never', 'error', 'reset', 'answer cut'].includes(fault.kind);
}

async function attempt<Result>(run: () => Result | Promise<Result>): Promise<Result | AwsError> {
  try {
    return await run();
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}

/** JSON 1.1, which Comprehend speaks, answers 400 where REST tells errors apart by their status. */
function statusOf(service: 'bedrock' | 'comprehend', code: AwsErrorName): number {
  const [status] = awsErrors[code];
  return service === 'bedrock' || status === 500 || status === 404 ? status : 400;
}

function signatureError(problem: SignatureProblem): AwsError {
  switch (problem) {
    case 'missing':
      return new AwsError('MissingAuthenticationTokenException');
    case 'malformed':
      return new AwsError('IncompleteSignatureException');
    case 'unknown key':
    case 'invalid token':
      return new AwsError('UnrecognizedClientException');
    case 'expired token':
      return new AwsError('ExpiredTokenException');
    case 'wrong service':
    case 'wrong region':
      return new AwsError(
        'InvalidSignatureException',
        `Credential should be scoped to the correct ${problem.slice(6)}.`,
      );
    default:
      return new AwsError('InvalidSignatureException', `The request signature was refused: ${problem}.`);
  }
}

function withoutImages(asked: object): Record<string, unknown> {
  const shorten = (_name: string, value: unknown) =>
    typeof value === 'string' && value.length > 20_000 ? `${value.length} characters` : value;
  return JSON.parse(JSON.stringify(asked, shorten));
}

/** The request's body as JSON; throws an AwsError of this code. */
export function readJson({ body }: ReceivedRequest, code: AwsErrorName, message?: string): unknown {
  try {
    return JSON.parse(body.toString());
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    throw new AwsError(code, message);
  }
}
