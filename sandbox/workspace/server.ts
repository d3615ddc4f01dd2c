import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readBody } from '../http.js';
import type { Context } from './context.js';
import { serveResponseUrl } from './serve-response-url.js';
import { servePrivateFile, serveUpload } from './upload.js';
import { serveWebApi } from './web-api/serve.js';

async function route(context: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://workspace');
  const exchange = { request, response, body: await readBody(request) };
  const [, folder, ...rest] = url.pathname.split('/');
  switch (folder) {
    case 'api':
      return serveWebApi(context, exchange, url);
    case 'upload':
      return serveUpload(context, exchange, rest.at(-1) ?? '');
    case 'files-pri':
      return servePrivateFile(context, exchange, rest[0]?.split('-')[1] ?? '');
    case 'commands':
    case 'actions':
    case 'app':
      return serveResponseUrl(context, exchange, url.pathname);
    default:
      response.writeHead(404).end();
  }
}

/** Everything that the app calls over HTTP. A mistake of the stand-in itself is answered with 500 and its message. */
export function createWorkspaceServer(context: Context): Server {
  return createServer((request, response) => {
    route(context, request, response).catch((error: unknown) => {
      if (request.socket.destroyed || response.headersSent) return; // the app hung up half-way
      response.writeHead(500).end(String(error));
    });
  });
}
