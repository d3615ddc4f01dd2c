import type { IncomingMessage, RequestListener } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import type { Faults } from '../faults.js';
import { readBody } from '../http.js';
import type { Recent } from '../recent.js';
import type { SandboxCredentials } from '../signature/credentials.js';
import { queryValue, type ReceivedRequest, receivedRequest } from '../signature/received-request.js';
import { verifySignature } from '../signature/verify-signature.js';
import type { WireLog } from '../wire-log.js';
import { readAddress } from './address.js';
import { deleteObject, getObject, headObject } from './get-object.js';
import { listObjects } from './list-objects.js';
import type { ObjectStore } from './object-store.js';
import { type Operation, type OperationInput, type OperationName, operationName, type S3Answer } from './operation.js';
import { putObject } from './put-object.js';
import { S3Error } from './s3-error.js';
import type { S3Fault, S3Request } from './s3-fault.js';
import { type Delivery, sendAnswer } from './send-answer.js';
import { signatureError } from './signature-error.js';

export interface S3Context {
  store: ObjectStore;
  credentials: readonly SandboxCredentials[];
  region: string;
  now: () => Date;
  faults: Faults<S3Request, S3Fault>;
  requests: Recent<S3Request>;
  conditionalWrites: OperationInput['conditionalWrites'];
  publicRead: () => boolean;
  wireLog: WireLog | undefined;
}

/** A request that was signed well and understood. */
interface Admitted {
  request: ReceivedRequest;
  payloadHash: string;
  seen: S3Request;
}

interface Outcome {
  answer: S3Answer | S3Error;
  delivery: Delivery;
}

const operations: Record<OperationName, Operation> = {
  PutObject: putObject,
  GetObject: getObject,
  HeadObject: headObject,
  DeleteObject: deleteObject,
  ListObjectsV2: listObjects,
  HeadBucket: () => ({ status: 200, headers: {} }),
};

export function createS3Handler(context: S3Context): RequestListener {
  let count = 0;
  return async (incoming, response) => {
    count += 1;
    const requestId = `SANDBOX${String(count).padStart(9, '0')}`;
    const body = await readBody(incoming).catch(() => undefined);
    if (body === undefined) return; // the client went away: there is nobody to answer
    const admitted = attempt(() => admit(incoming, body, context));
    const refused = admitted instanceof S3Error;
    const outcome: Outcome = refused ? { answer: admitted, delivery: 'whole' } : await meetFaults(admitted, context);
    record(context, refused ? undefined : admitted.seen, outcome);
    sendAnswer(incoming, response, outcome.answer, outcome.delivery, requestId);
  };
}

function attempt<Result>(run: () => Result): Result | S3Error {
  try {
    return run();
  } catch (error) {
    if (error instanceof S3Error) return error;
    if (error instanceof URIError) return new S3Error('InvalidURI');
    throw error;
  }
}

function admit(incoming: IncomingMessage, body: Buffer, context: S3Context): Admitted {
  const request = receivedRequest(incoming.method ?? 'GET', incoming.url ?? '/', incoming.headers, body);
  const { credentials, region, requests } = context;
  const now = context.now();
  const verified = verifySignature(request, { service: 's3', region, credentials, skewSeconds: 900, now });
  const presigned = queryValue(request, 'X-Amz-Algorithm') !== undefined;
  const isAnonymous = !verified.ok && verified.problem.kind === 'missing' && context.publicRead();
  if (!verified.ok && !isAnonymous) throw signatureError(verified.problem, presigned, now);
  const payloadHash = verified.ok ? verified.payloadHash : 'UNSIGNED-PAYLOAD';
  if (payloadHash === 'missing') throw new S3Error('InvalidRequest');
  const address = readAddress(request, context.store);
  const operation = operationName(request, address.key);
  if (isAnonymous && operation !== 'GetObject') throw new S3Error('AccessDenied');
  const { authorization: _secret, 'x-amz-security-token': _token, ...headers } = request.headers;
  const seen = { operation, ...address, presigned, headers, number: requests.count() + 1 };
  requests.add(seen);
  return { request, payloadHash, seen };
}

async function meetFaults(admitted: Admitted, context: S3Context): Promise<Outcome> {
  const fault = context.faults.take(admitted.seen);
  if (fault?.kind === 'error') return { answer: new S3Error(fault.code), delivery: 'whole' };
  if (fault?.kind === 'reset') return { answer: new S3Error('InternalError'), delivery: 'none' };
  if (fault?.kind === 'slow') await wait(fault.milliseconds, undefined, { ref: false });
  if (fault?.kind === 'held') await fault.until;
  const answer = attempt(() => perform(admitted, context));
  if (fault?.kind === 'answer lost') return { answer, delivery: 'none' };
  return { answer, delivery: fault?.kind === 'answer cut' ? 'cut' : 'whole' };
}

function perform({ request, payloadHash, seen }: Admitted, context: S3Context): S3Answer {
  const bucket = context.store.bucket(seen.bucket);
  const { conditionalWrites } = context;
  const run = operations[seen.operation];
  return run({ request, bucket, key: seen.key, conditionalWrites, payloadHash, now: context.now() });
}

function record({ wireLog }: S3Context, seen: S3Request | undefined, { answer, delivery }: Outcome): void {
  const status = delivery === 'whole' ? answer.status : `${delivery === 'cut' ? 'cut' : 'no'} answer`;
  const detail = {
    ...(seen && { bucket: seen.bucket, key: seen.key, presigned: seen.presigned }),
    ...(answer instanceof S3Error && { error: answer.code }),
  };
  wireLog?.record({ service: 's3', direction: 'in', operation: seen?.operation ?? 'refused', status, detail });
}
