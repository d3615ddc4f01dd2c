import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { S3Error } from './s3-error.js';

// https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity.html
const algorithms: Record<string, (bytes: Buffer) => string> = {
  crc32: (bytes) => {
    const sum = Buffer.alloc(4);
    sum.writeUInt32BE(crc32(bytes));
    return sum.toString('base64');
  },
  sha1: (bytes) => createHash('sha1').update(bytes).digest('base64'),
  sha256: (bytes) => createHash('sha256').update(bytes).digest('base64'),
};

const header = /^x-amz-checksum-(?!mode$|algorithm$|type$)(.+)$/;

/** Compares the body with the checksums sent beside it; answers those, to be kept with the object. */
export function verifyChecksums(bytes: Buffer, headers: Readonly<Record<string, string>>): Record<string, string> {
  const kept: Record<string, string> = {};
  for (const [name, given] of Object.entries(headers)) {
    const algorithm = header.exec(name)?.[1];
    if (algorithm === undefined) continue;
    const compute = algorithms[algorithm];
    if (!compute) throw new S3Error('NotImplemented', { Header: name });
    if (compute(bytes) !== given) {
      const message = `The ${algorithm.toUpperCase()} you specified did not match the calculated checksum.`;
      throw new S3Error('BadDigest', {}, message);
    }
    kept[name] = given;
  }
  verifyMd5(bytes, headers['content-md5']);
  return kept;
}

function verifyMd5(bytes: Buffer, given: string | undefined): void {
  if (given === undefined) return;
  if (createHash('md5').update(bytes).digest('base64') !== given) {
    throw new S3Error('BadDigest', {}, 'The Content-MD5 you specified did not match what we received.');
  }
}
