import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { readBody } from '../http.js';
import type { Context } from './context.js';
import { serveDownload, serveLogin } from './download.js';
import { serveResponseUrl } from './response-url.js';
import { serveUpload } from './web-api/files.js';
import { serveWebApi } from './web-api/serve.js';

/** Everything that the app calls over HTTP. A mistake of the stand-in itself is answered with 500 and its message. */
export function createWorkspaceServer(context: Context): Server {
  return createServer((request, response) => {
    route(context, request, response).catch((error: unknown) => {
      if (request.socket.destroyed || response.headersSent) return; // the app hung up
      response.writeHead(500).end(String(error));
    });
  });
}

async function route(context: Context, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname } = new URL(request.url ?? '/', 'http://workspace');
  const exchange = { request, response, body: await readBody(request) };
  const [, folder, name = ''] = pathname.split('/');
  switch (folder) {
    case 'api':
      return serveWebApi(context, exchange, name);
    case 'upload':
      return serveUpload(context, exchange, name);
    case 'files-pri':
      return serveDownload(context, exchange, pathname);
    case '':
      return serveLogin(exchange);
    case 'commands':
    case 'actions':
    case 'app':
      return serveResponseUrl(context, exchange, pathname);
    default:
      response.writeHead(404).end();
  }
}
