import type { ServerResponse } from 'node:http';
import type { PageContext } from './page-context.js';

interface Image {
  bytes: Buffer;
  mediaType: string;
}

/** An image in a message: Slack's copy, or, where Slack has lost it, what its address gives today. */
export async function serveImage(context: PageContext, response: ServerResponse, url: URL): Promise<void> {
  const address = url.searchParams.get('url') ?? '';
  const copy = await context.sandbox.workspace.loadImage(address); // only of addresses that messages have shown
  const isForgotten = copy !== undefined && context.switches.forgetsImages();
  send(response, isForgotten ? await downloadAgain(address) : copy, isForgotten ? 'no-store' : 'private, max-age=300');
}

async function downloadAgain(address: string): Promise<Image | undefined> {
  const answer = await fetch(address);
  const bytes = Buffer.from(await answer.arrayBuffer());
  return answer.ok ? { bytes, mediaType: answer.headers.get('content-type') ?? '' } : undefined;
}

/** A file in Slack, by its id. */
export function serveFile({ sandbox }: PageContext, response: ServerResponse, url: URL): void {
  const file = sandbox.workspace.fileOf(url.searchParams.get('id') ?? '');
  const image = file?.content ? { bytes: file.content, mediaType: file.mediaType } : undefined;
  send(response, image, 'private, max-age=300');
}

/** An object of the bucket, as it is kept. */
export function serveObject({ sandbox }: PageContext, response: ServerResponse, url: URL): void {
  const object = sandbox.s3.object(sandbox.bucket, url.searchParams.get('key') ?? '');
  send(response, object && { bytes: object.bytes, mediaType: object.contentType }, 'no-store');
}

/** Nothing but images and JSON ever leaves under its own type: the page's origin runs no foreign script. */
const harmless = /^(image\/(png|jpeg|gif)|application\/json)/;

function send(response: ServerResponse, image: Image | undefined, cacheControl: string): void {
  if (!image) {
    response.writeHead(404, { 'cache-control': 'no-store' }).end();
    return;
  }
  const contentType = harmless.test(image.mediaType) ? image.mediaType : 'application/octet-stream';
  response.writeHead(200, { 'content-type': contentType, 'cache-control': cacheControl }).end(image.bytes);
}
