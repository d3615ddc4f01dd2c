import { GetObjectCommand, PutObjectCommand, type S3Client, S3ServiceException } from '@aws-sdk/client-s3';

export interface Bucket {
  client: S3Client;
  bucket: string;
}

export interface JsonObject {
  value: unknown;
  etag: string;
}

/** What is there cannot be read. Says no more than where: the parser's own message quotes what it read, which may be what a person wrote. */
export class NotJsonError extends Error {
  override readonly name = 'NotJsonError';
}

/** Writes a JSON object, on a condition where one is named. https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html */
export async function putJson(
  { client, bucket }: Bucket,
  key: string,
  value: unknown,
  condition: { IfNoneMatch: '*' } | { IfMatch: string } | Record<string, never> = {},
): Promise<string> {
  const { ETag } = await client.send(
    new PutObjectCommand({
      Bucket: bucket,
      Key: key,
      Body: Buffer.from(JSON.stringify(value)),
      ContentType: 'application/json',
      ...condition,
    }),
  );
  if (!ETag) throw new Error('The bucket answered a write without an ETag.');
  return ETag;
}

/** undefined where there is no such object; throws `NotJsonError` for one that is not JSON. */
export async function getJson({ client, bucket }: Bucket, key: string): Promise<JsonObject | undefined> {
  try {
    const { Body, ETag } = await client.send(new GetObjectCommand({ Bucket: bucket, Key: key }));
    if (!ETag) throw new Error('The bucket answered a read without an ETag.');
    return { value: parseJson((await Body?.transformToString()) ?? '', key), etag: ETag };
  } catch (error) {
    if (error instanceof S3ServiceException && error.name === 'NoSuchKey') return undefined;
    throw error;
  }
}

function parseJson(text: string, key: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new NotJsonError(`${key} is not JSON.`);
  }
}
