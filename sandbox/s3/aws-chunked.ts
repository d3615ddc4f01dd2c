import { S3Error } from './s3-error.js';

/** A body sent in chunks, with what followed it. */
export interface DecodedBody {
  bytes: Buffer;
  /** Checksums that came after the body. */
  trailers: Record<string, string>;
}

/**
 * `STREAMING-UNSIGNED-PAYLOAD-TRAILER`: chunks of `<hex size>\r\n<bytes>\r\n`, ended by size 0 and the trailing headers.
 * https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming-trailers.html
 */
export function decodeAwsChunked(body: Buffer): DecodedBody {
  const parts: Buffer[] = [];
  let offset = 0;
  for (;;) {
    const end = body.indexOf('\r\n', offset);
    const size = end === -1 ? Number.NaN : Number.parseInt(body.toString('latin1', offset, end), 16);
    if (!Number.isInteger(size)) throw new S3Error('IncompleteBody');
    offset = end + 2;
    if (size === 0) break;
    if (offset + size + 2 > body.length) throw new S3Error('IncompleteBody');
    parts.push(body.subarray(offset, offset + size));
    offset += size + 2;
  }
  return { bytes: Buffer.concat(parts), trailers: readTrailers(body.toString('latin1', offset)) };
}

function readTrailers(text: string): Record<string, string> {
  const trailers: Record<string, string> = {};
  for (const line of text.split('\r\n')) {
    const colon = line.indexOf(':');
    if (colon > 0) trailers[line.slice(0, colon).trim().toLowerCase()] = line.slice(colon + 1).trim();
  }
  return trailers;
}
