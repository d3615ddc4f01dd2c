import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { z } from 'zod';
import { listen, readBody, sendJson } from '../http.js';
import type { Sandbox } from '../start-sandbox.js';
import { act } from './act.js';
import { createFaultPanel } from './faults.js';
import type { Installed } from './read-manifest.js';
import { createWireFeed, readScreen, type ScreenSources } from './read-screen.js';
import {
  type BrowserFiles,
  listObjects,
  readBrowserFiles,
  serveBrowserFile,
  serveFile,
  serveImage,
  serveObject,
} from './serve-files.js';
import type { SupervisedApp } from './supervise-app.js';

export interface PageOptions {
  sandbox: Sandbox;
  app: SupervisedApp;
  installed: Installed;
  /** Where `buildPage` put the browser part. */
  folder: string;
  /** Defaults to any free port. */
  port?: number;
}

/** What the page's routes share. */
interface PageContext extends ScreenSources {
  files: BrowserFiles;
  /** Called when anything on the page may have changed. */
  listeners: Set<() => void>;
}

/** Serves the workspace to a browser on this machine. Rejects with `EADDRINUSE` if the port is taken. */
export async function startPage({ sandbox, app, installed, folder, port }: PageOptions) {
  sandbox.workspace.settings.messagesTab = installed.messagesTab;
  const listeners = new Set<() => void>();
  const onChange = (): void => {
    for (const listener of listeners) listener();
  };
  sandbox.workspace.subscribe(onChange);
  sandbox.wireLog.subscribe(onChange);
  app.onChange(onChange);
  const context: PageContext = {
    sandbox,
    app,
    installed,
    files: await readBrowserFiles(folder),
    faults: createFaultPanel(sandbox, app, onChange),
    wire: createWireFeed(sandbox.wireLog),
    listeners,
  };
  const server = createServer((request, response) => {
    route(context, request, response).catch((error: unknown) => {
      if (response.headersSent) response.destroy();
      else sendJson(response, 400, { error: error instanceof Error ? error.message : String(error) });
    });
  });
  const listening = await listen(server, port);
  return { url: `http://127.0.0.1:${listening.port}/`, close: listening.close };
}

async function route(context: PageContext, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://page');
  if (!isLocal(request)) {
    response.writeHead(403).end('This page answers only its own machine.');
  } else if (request.method === 'POST') {
    const body: unknown = JSON.parse((await readBody(request)).toString('utf8'));
    sendJson(response, 200, await change(context, url.pathname, body));
  } else {
    await show(context, response, url);
  }
}

/**
 * Pages of other sites cannot reach this one: the host must be this machine's (no DNS rebinding), and a JSON body makes the
 * browser send a preflight request, which is never answered.
 */
function isLocal({ headers, method }: IncomingMessage): boolean {
  const isLocalHost = /^(127\.0\.0\.1|localhost|\[::1\]):\d+$/.test(headers.host ?? '');
  return isLocalHost && (method === 'GET' || headers['content-type'] === 'application/json');
}

async function show(context: PageContext, response: ServerResponse, url: URL): Promise<void> {
  const { sandbox, app, wire, files, faults } = context;
  const query = (name: string): string => url.searchParams.get(name) ?? '';
  switch (url.pathname) {
    case '/events':
      return serveEvents(context, response, url);
    case '/image':
      return serveImage(sandbox, response, query('url'), faults.isOn('forget_images'));
    case '/file':
      return serveFile(sandbox, response, query('id'));
    case '/object':
      return serveObject(sandbox, response, query('key'));
    case '/objects':
      return sendJson(response, 200, listObjects(sandbox));
    case '/app-output':
      return sendJson(response, 200, app.output());
    case '/wire':
      return sendJson(response, 200, wire.detail(Number(query('id'))));
    default:
      return serveBrowserFile(files, response, url.pathname);
  }
}

const readerSchema = z.object({
  user: z.string(),
  channel: z.string(),
  limit: z.coerce.number().int().min(1).max(1000),
  openedAt: z.coerce.number().default(0),
});

/** Changes within this time are sent together. */
const batchMs = 40;

/** Server-sent events: the whole screen at first, then the parts of it that changed. */
function serveEvents(context: PageContext, response: ServerResponse, url: URL): void {
  const reader = readerSchema.parse(Object.fromEntries(url.searchParams));
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const sent = new Map<string, string>();
  const sendChanges = (): void => {
    const parts = Object.entries(readScreen(context, reader)).map(
      ([name, part]) => [name, JSON.stringify(part)] as const,
    );
    const changed = parts.filter(([name, json]) => sent.get(name) !== json);
    if (changed.length === 0) return;
    for (const [name, json] of changed) sent.set(name, json);
    response.write(`data: {${changed.map(([name, json]) => `"${name}":${json}`).join(',')}}\n\n`);
  };
  let timer: NodeJS.Timeout | undefined;
  const onChange = (): void => {
    timer ??= setTimeout(() => {
      timer = undefined;
      sendChanges();
    }, batchMs);
  };
  context.listeners.add(onChange);
  response.once('close', () => {
    context.listeners.delete(onChange);
    clearTimeout(timer);
  });
  sendChanges();
}

const faultSchema = z.object({ id: z.string(), times: z.int().min(1).max(100) });
const switchSchema = z.object({ id: z.string(), isOn: z.boolean() });
const appSchema = z.object({ wanted: z.enum(['start', 'stop', 'restart', 'kill']) });

async function change(context: PageContext, pathname: string, body: unknown): Promise<unknown> {
  const { faults, app, sandbox } = context;
  if (pathname === '/act') return act(sandbox.workspace, body);
  if (pathname === '/fault') {
    const { id, times } = faultSchema.parse(body);
    faults.plan(id, times);
  } else if (pathname === '/clear-faults') {
    faults.clear();
  } else if (pathname === '/switch') {
    const { id, isOn } = switchSchema.parse(body);
    await faults.turn(id, isOn);
  } else if (pathname === '/app') {
    const { wanted } = appSchema.parse(body);
    if (wanted !== 'start') await app.stop(wanted === 'kill' ? 'SIGKILL' : 'SIGTERM');
    if (wanted === 'start' || wanted === 'restart') await app.start();
  } else {
    throw new Error(`There is no ${pathname}.`);
  }
  for (const listener of context.listeners) listener();
  return {};
}
