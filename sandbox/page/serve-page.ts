import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { readBody, sendJson } from '../http.js';
import { act } from './act.js';
import { listObjects } from './list-objects.js';
import type { PageContext } from './page-context.js';
import { serveEvents } from './serve-events.js';
import { serveFile, serveImage, serveObject } from './serve-images.js';
import type { StaticFiles } from './static-files.js';

const troubleSchema = z.union([
  z.object({ id: z.string(), times: z.int().min(1).max(100) }),
  z.object({ clear: z.literal(true) }),
]);
const switchSchema = z.object({ id: z.string(), isOn: z.boolean() });
const appSchema = z.object({ wanted: z.enum(['start', 'stop', 'restart', 'kill']) });

/** Everything that the browser asks of this machine. */
export function createPageServer(context: PageContext, files: StaticFiles): Server {
  return createServer((request, response) => {
    route(context, files, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 400, { error: error instanceof Error ? error.message : String(error) });
    });
  });
}

async function route(context: PageContext, files: StaticFiles, request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://page');
  if (!isFromHere(request)) {
    response.writeHead(403).end('This page answers only its own machine.');
    return;
  }
  if (request.method === 'POST') {
    sendJson(response, 200, await change(context, url.pathname, await readJson(request)));
    return;
  }
  await show(context, files, url, response);
}

async function show(context: PageContext, files: StaticFiles, url: URL, response: ServerResponse): Promise<void> {
  switch (url.pathname) {
    case '/events':
      return serveEvents(context, response, url);
    case '/image':
      return serveImage(context, response, url);
    case '/file':
      return serveFile(context, response, url);
    case '/object':
      return serveObject(context, response, url);
    case '/objects':
      return sendJson(response, 200, listObjects(context.sandbox.s3, context.sandbox.bucket));
    case '/app-output':
      return sendJson(response, 200, { output: context.app.output() });
    case '/wire':
      return sendJson(response, 200, context.wire.detail(Number(url.searchParams.get('id')))?.detail ?? null);
    default:
      return files.serve(url.pathname, response);
  }
}

async function change(context: PageContext, pathname: string, body: unknown): Promise<unknown> {
  switch (pathname) {
    case '/act':
      return act(context.sandbox.workspace, body);
    case '/trouble': {
      const wanted = troubleSchema.parse(body);
      if ('clear' in wanted) context.troubles.clear();
      else context.troubles.plan(wanted.id, wanted.times);
      return {};
    }
    case '/switch': {
      const { id, isOn } = switchSchema.parse(body);
      await context.switches.turn(id, isOn);
      return {};
    }
    case '/app':
      await changeApp(context, appSchema.parse(body).wanted);
      return {};
    default:
      throw new Error(`There is no ${pathname}.`);
  }
}

async function changeApp({ app }: PageContext, wanted: z.infer<typeof appSchema>['wanted']): Promise<void> {
  if (wanted !== 'start') await app.stop(wanted === 'kill' ? 'SIGKILL' : 'SIGTERM');
  if (wanted === 'start' || wanted === 'restart') await app.start();
}

/**
 * Pages of other sites cannot reach in: the host has to be this machine's (no rebinding of a name), and a JSON body makes
 * their browsers ask first, which is never answered.
 */
function isFromHere({ headers, method }: IncomingMessage): boolean {
  const isLocal = /^(127\.0\.0\.1|localhost|\[::1\]):\d+$/.test(headers.host ?? '');
  return isLocal && (method === 'GET' || headers['content-type'] === 'application/json');
}

async function readJson(request: IncomingMessage): Promise<unknown> {
  return JSON.parse((await readBody(request)).toString('utf8'));
}
