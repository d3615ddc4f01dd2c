import type { IncomingMessage, ServerResponse } from 'node:http';
import type { S3Answer } from './operation.js';
import { errorXml, S3Error } from './s3-error.js';

/** How an answer leaves: whole, cut in the middle of its body, or not at all. */
export type Delivery = 'whole' | 'cut' | 'none';

export function sendAnswer(
  incoming: IncomingMessage,
  response: ServerResponse,
  answer: S3Answer | S3Error,
  delivery: Delivery,
  requestId: string,
): void {
  if (delivery === 'none') {
    incoming.socket.destroy();
    return;
  }
  const { status, headers, body } = answer instanceof S3Error ? errorAnswer(answer, incoming, requestId) : answer;
  const withoutBody = incoming.method === 'HEAD' || status === 304 || status === 204;
  const length = withoutBody ? {} : { 'content-length': String(body?.length ?? 0) };
  response.writeHead(status, { ...length, ...headers, 'x-amz-request-id': requestId, server: 'AmazonS3' });
  if (delivery === 'whole') {
    response.end(withoutBody ? undefined : body);
    return;
  }
  response.write(body?.subarray(0, Math.floor(body.length / 2)) ?? '', () => incoming.socket.destroy());
}

function errorAnswer(error: S3Error, incoming: IncomingMessage, requestId: string): S3Answer {
  const resource = incoming.url?.split('?')[0] ?? '/';
  return {
    status: error.status,
    headers: { 'content-type': 'application/xml' },
    body: Buffer.from(errorXml(error, resource, requestId)),
  };
}
