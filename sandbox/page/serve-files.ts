import { readdir, readFile } from 'node:fs/promises';
import type { ServerResponse } from 'node:http';
import { extname, join } from 'node:path';
import type { Sandbox } from '../start-sandbox.js';
import type { ShownObject } from './protocol.js';

/** The built browser part, in memory, by path. */
export type BrowserFiles = ReadonlyMap<string, Buffer>;

export async function readBrowserFiles(folder: string): Promise<BrowserFiles> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return new Map(
    await Promise.all(paths.map(async (path) => [path.slice(folder.length), await readFile(path)] as const)),
  );
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
};

export function serveBrowserFile(files: BrowserFiles, response: ServerResponse, pathname: string): void {
  const name = pathname === '/' ? '/index.html' : pathname;
  const content = files.get(name);
  if (!content) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    'content-type': contentTypes[extname(name)] ?? 'application/octet-stream',
    // The page loads nothing from anywhere else.
    'content-security-policy':
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'",
    'cache-control': 'no-cache',
  });
  response.end(content);
}

interface Media {
  bytes: Buffer;
  mediaType: string;
}

/** Slack's copy of an image that a message has shown, or, if Slack has forgotten it, what its URL returns now. */
export async function serveImage({ workspace }: Sandbox, response: ServerResponse, url: string, isForgotten: boolean) {
  const copy = await workspace.loadImage(url); // undefined for a URL that no message has shown
  send(response, copy && isForgotten ? await download(url) : copy);
}

async function download(url: string): Promise<Media | undefined> {
  const answer = await fetch(url);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return answer.ok ? { bytes, mediaType: answer.headers.get('content-type') ?? '' } : undefined;
}

/** A file that was uploaded to Slack. */
export function serveFile({ workspace }: Sandbox, response: ServerResponse, id: string): void {
  const file = workspace.fileOf(id);
  send(response, file?.content ? { bytes: file.content, mediaType: file.mediaType } : undefined);
}

/** An object in the bucket. */
export function serveObject({ s3, bucket }: Sandbox, response: ServerResponse, key: string): void {
  const object = s3.object(bucket, key);
  send(response, object && { bytes: object.bytes, mediaType: object.contentType });
}

const maxListedObjects = 100;

/** The newest objects in the bucket, newest first. */
export function listObjects({ s3, bucket }: Sandbox): ShownObject[] {
  return [...s3.objects(bucket)]
    .sort((one, other) => other.lastModified.getTime() - one.lastModified.getTime())
    .slice(0, maxListedObjects)
    .map(({ key, bytes, contentType, lastModified }) => ({
      key,
      size: bytes.length,
      contentType,
      lastModified: lastModified.toISOString(),
    }));
}

/** Only these keep their own type, so that no foreign script runs in the page's origin. */
const harmless = /^(image\/(png|jpeg|gif|webp)|application\/json)/;

function send(response: ServerResponse, media: Media | undefined): void {
  if (!media) {
    response.writeHead(404, { 'cache-control': 'no-store' }).end();
    return;
  }
  const contentType = harmless.test(media.mediaType) ? media.mediaType : 'application/octet-stream';
  response.writeHead(200, { 'content-type': contentType, 'cache-control': 'no-store' }).end(media.bytes);
}
