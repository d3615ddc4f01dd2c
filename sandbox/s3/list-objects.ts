import { uriEncode } from '../signature/canonical-request.js';
import { queryValue } from '../signature/received-request.js';
import type { StoredObject } from './object-store.js';
import type { OperationInput, S3Answer } from './operation.js';
import { S3Error } from './s3-error.js';
import { tag } from './xml.js';

// https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html

/** The most that one page holds, whatever is asked. */
const pageLimit = 1000;

type Row = { object: StoredObject } | { prefix: string };

interface Page {
  rows: Row[];
  /** Where the next page begins; undefined on the last. */
  next: string | undefined;
}

export function listObjects({ request, bucket }: OperationInput): S3Answer {
  const ask = (name: string) => queryValue(request, name) ?? '';
  const maxKeys = readMaxKeys(queryValue(request, 'max-keys'));
  const objects = bucket.all().filter(({ key }) => key.startsWith(ask('prefix')) && isAfter(key, ask('start-after')));
  const begin = Buffer.from(ask('continuation-token'), 'base64').toString();
  const rows = rowsOf(objects, ask('prefix'), ask('delimiter')).filter((row) => isAfter(nameOf(row), begin));
  const page = pageOf(rows, maxKeys);
  const text = ask('encoding-type') === 'url' ? (key: string) => uriEncode(key).replaceAll('%2F', '/') : String;
  const echoes = ['delimiter', 'start-after', 'continuation-token', 'encoding-type'].map((name) =>
    echo(name, ask(name)),
  );
  const body = [
    '<?xml version="1.0" encoding="UTF-8"?>\n<ListBucketResult xmlns="http://s3.amazonaws.com/doc/2006-03-01/">',
    tag('Name', bucket.name),
    tag('Prefix', text(ask('prefix'))),
    tag('KeyCount', page.rows.length),
    tag('MaxKeys', maxKeys),
    tag('IsTruncated', page.next !== undefined),
    page.next === undefined ? '' : tag('NextContinuationToken', Buffer.from(page.next).toString('base64')),
    ...echoes,
    ...page.rows.map((row) => rowXml(row, text)),
    '</ListBucketResult>',
  ].join('');
  return { status: 200, headers: { 'content-type': 'application/xml' }, body: Buffer.from(body) };
}

function readMaxKeys(given: string | undefined): number {
  if (given === undefined) return pageLimit;
  if (!/^\d+$/.test(given)) {
    throw new S3Error(
      'InvalidArgument',
      { ArgumentName: 'max-keys', ArgumentValue: given },
      'Provided max-keys not an integer',
    );
  }
  return Math.min(Number(given), pageLimit);
}

/** Keys that share their beginning up to the delimiter are told once, as a common prefix. */
function rowsOf(objects: StoredObject[], prefix: string, delimiter: string): Row[] {
  const rows = new Map<string, Row>();
  for (const object of objects) {
    const end = delimiter === '' ? -1 : object.key.indexOf(delimiter, prefix.length);
    const row = end === -1 ? { object } : { prefix: object.key.slice(0, end + delimiter.length) };
    rows.set(nameOf(row), row);
  }
  return [...rows.values()];
}

function pageOf(rows: Row[], maxKeys: number): Page {
  const page = rows.slice(0, maxKeys);
  const last = page.at(-1);
  return { rows: page, next: last && page.length < rows.length ? nameOf(last) : undefined };
}

function nameOf(row: Row): string {
  return 'prefix' in row ? row.prefix : row.object.key;
}

/** In the order of UTF-8 bytes. */
function isAfter(key: string, begin: string): boolean {
  return Buffer.compare(Buffer.from(key), Buffer.from(begin)) > 0;
}

function rowXml(row: Row, text: (key: string) => string): string {
  if ('prefix' in row) return `<CommonPrefixes>${tag('Prefix', text(row.prefix))}</CommonPrefixes>`;
  const { key, lastModified, etag, size } = row.object;
  const fields = [
    tag('Key', text(key)),
    tag('LastModified', lastModified.toISOString()),
    tag('ETag', etag),
    tag('Size', size),
    tag('StorageClass', 'STANDARD'),
  ];
  return `<Contents>${fields.join('')}</Contents>`;
}

/** `start-after` is told back as `StartAfter`. */
function echo(name: string, value: string): string {
  if (value === '') return '';
  return tag(
    name.replace(/(^|-)([a-z])/g, (_match, _dash, letter: string) => letter.toUpperCase()),
    value,
  );
}
