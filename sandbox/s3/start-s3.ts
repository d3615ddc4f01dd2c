import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { createFaults } from '../faults.js';
import { type Listening, listen, readBody } from '../http.js';
import { createRecent } from '../recent.js';
import { type SandboxCredentials, sandboxCredentials } from '../signature/credentials.js';
import { queryValue, type ReceivedRequest, receivedRequest } from '../signature/received-request.js';
import { verifySignature } from '../signature/verify-signature.js';
import type { WireLog } from '../wire-log.js';
import { applyLifecycle } from './bucket-operations.js';
import { createObjectStore, type StoredObject } from './object-store.js';
import { type ConditionalWrites, type ConditionHeader, operationOf, operations, type S3Answer } from './operations.js';
import { errorXml, S3Error, signatureError } from './s3-error.js';
import type { S3Fault, S3Request } from './s3-fault.js';

export interface S3Options {
  credentials?: readonly SandboxCredentials[];
  /** The region of every bucket; requests signed for another one are refused. Defaults to `us-east-1`. */
  region?: string;
  buckets: readonly string[];
  wireLog?: WireLog;
  now?: () => Date;
}

export type SandboxS3 = Awaited<ReturnType<typeof startS3>>;

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html */
const maxKeyBytes = 1024;

/** Serves the part of Amazon S3 that SUPPORTED.md lists, path style. */
export async function startS3(options: S3Options) {
  const { credentials = [sandboxCredentials], region = 'us-east-1', now = () => new Date(), wireLog } = options;
  const store = createObjectStore(options.buckets);
  const faults = createFaults<S3Request, S3Fault>();
  const requests = createRecent<S3Request>();
  const conditionalWrites: Record<ConditionHeader, ConditionalWrites> = {
    'If-None-Match': 'supported',
    'If-Match': 'supported',
  };
  let isPublic = false;

  /** Throws an S3Error for a request that is signed badly or not understood. */
  function admit(request: ReceivedRequest): S3Request {
    const presigned = queryValue(request, 'X-Amz-Algorithm') !== undefined;
    const verified = verifySignature(request, { service: 's3', region, credentials, skewSeconds: 900, now: now() });
    const isAnonymous = 'problem' in verified && verified.problem === 'missing' && isPublic;
    if ('problem' in verified && !isAnonymous) throw signatureError(verified.problem, presigned, region);
    if ('payloadHash' in verified && verified.payloadHash === 'missing') throw new S3Error('InvalidRequest');
    const [, bucket = '', ...segments] = decodeURIComponent(request.path).split('/');
    const key = segments.join('/');
    if (Buffer.byteLength(key) > maxKeyBytes) throw new S3Error('KeyTooLongError');
    const operation = operationOf(request, key);
    if (isAnonymous && operation !== 'GetObject') throw new S3Error('AccessDenied');
    const { authorization: _secret, 'x-amz-security-token': _token, ...headers } = request.headers;
    const seen = { operation, bucket, key, presigned, headers, number: requests.count() + 1 };
    requests.add(seen);
    return seen;
  }

  async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await readBody(incoming).catch(() => undefined);
    if (body === undefined) return; // the client is gone
    const request = receivedRequest(incoming, body);
    const seen = attempt(() => admit(request));
    if (seen instanceof S3Error) return send({ incoming, response }, undefined, seen);
    const fault = faults.take(seen);
    if (fault?.kind === 'error') return send({ incoming, response }, seen, new S3Error(fault.code));
    if (fault?.kind === 'reset') return send({ incoming, response }, seen, undefined);
    if (fault?.kind === 'slow') await wait(fault.milliseconds, undefined, { ref: false });
    if (fault?.kind === 'held') await fault.until;
    const { operation, bucket, key } = seen;
    const answer = attempt(() =>
      operations[operation]({ request, store, name: bucket, key, region, conditionalWrites, now: now() }),
    );
    send(
      { incoming, response },
      seen,
      fault?.kind === 'answer lost' ? undefined : answer,
      fault?.kind === 'answer cut',
    );
  }

  function send(
    { incoming, response }: Exchange,
    seen: S3Request | undefined,
    answer: S3Answer | S3Error | undefined,
    isCut = false,
  ): void {
    const detail = {
      ...(seen && { bucket: seen.bucket, key: seen.key, presigned: seen.presigned }),
      ...(answer instanceof S3Error && { error: answer.code }),
    };
    const status = isCut ? 'cut answer' : (answer?.status ?? 'no answer');
    wireLog?.record({ service: 's3', direction: 'in', operation: seen?.operation ?? 'refused', status, detail });
    if (!answer) incoming.socket.destroy();
    else sendAnswer({ incoming, response }, answer, isCut);
  }

  let listening: Listening | undefined = await listen(createServer(serve));
  const { port } = listening;
  async function refuseConnections(): Promise<void> {
    await listening?.close();
    listening = undefined;
  }
  return {
    url: `http://127.0.0.1:${port}`,
    faults,
    /** Ends every connection and refuses new ones, like a server that is being restarted, until `takeConnections`. */
    refuseConnections,
    async takeConnections(): Promise<void> {
      listening ??= await listen(createServer(serve), port);
    },
    close: refuseConnections,
    /** The last 2,000 that came and were understood, oldest first. */
    requests: requests.all,
    /** Every object of a bucket, in the order of its key. */
    objects: (bucket: string): readonly StoredObject[] => store.find(bucket).all(),
    object: (bucket: string, key: string) => store.find(bucket).get(key),
    /** Removes an object behind the app's back. */
    deleteObject: (bucket: string, key: string) => store.find(bucket).delete(key),
    buckets: store.names,
    /** What the bucket was configured with. */
    settings: (bucket: string) => store.find(bucket).settings,
    /** As the rules of the bucket say, at that time. */
    applyLifecycle: (bucket: string, at: Date) => applyLifecycle(store.find(bucket), at),
    /** For both headers if none is named. */
    setConditionalWrites(writes: ConditionalWrites, header?: ConditionHeader): void {
      Object.assign(conditionalWrites, header ? { [header]: writes } : { 'If-None-Match': writes, 'If-Match': writes });
    },
    /** Like a bucket policy that lets anyone read every object. */
    setPublicRead(isPublicNow: boolean): void {
      isPublic = isPublicNow;
    },
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

interface Exchange {
  incoming: IncomingMessage;
  response: ServerResponse;
}

function sendAnswer({ incoming, response }: Exchange, answer: S3Answer | S3Error, isCut: boolean): void {
  const { status, headers, body } = answer instanceof S3Error ? errorAnswer(answer, incoming.url ?? '/') : answer;
  const hasBody = incoming.method !== 'HEAD' && status !== 204;
  const length = hasBody ? { 'content-length': String(body?.length ?? 0) } : {};
  response.writeHead(status, { ...length, ...headers, 'x-amz-request-id': 'SANDBOX', server: 'AmazonS3' });
  if (isCut) response.write(body?.subarray(0, body.length / 2) ?? '', () => incoming.socket.destroy());
  else response.end(hasBody ? body : undefined);
}

function errorAnswer(error: S3Error, url: string): S3Answer {
  const body = Buffer.from(errorXml(error, url.split('?')[0] ?? '/'));
  return { status: error.status, headers: { 'content-type': 'application/xml' }, body };
}
