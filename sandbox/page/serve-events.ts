import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import type { PageContext } from './page-context.js';
import { createMessageReader } from './read-messages.js';
import { readScreen } from './read-screen.js';

/** Many changes come at once; they are told together. */
const togetherMs = 40;
const aliveMs = 15_000;

const querySchema = z.object({
  user: z.string(),
  channel: z.string(),
  limit: z.coerce.number().int().min(1).max(1000),
});

/**
 * Server-sent events for one person in one channel: `screen`, `messages` and `wire`, the whole at first, then what is new.
 * https://html.spec.whatwg.org/multipage/server-sent-events.html
 */
export function serveEvents(context: PageContext, response: ServerResponse, url: URL): void {
  const { workspace } = context.sandbox;
  const reader = querySchema.parse(Object.fromEntries(url.searchParams));
  if (workspace.everyone().every(({ id }) => id !== reader.user)) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' });
  const send = (event: string, data: unknown) => response.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
  const stop = tellChanges(context, createTeller(context, reader, send));
  const alive = setInterval(() => response.write(': alive\n\n'), aliveMs);
  response.once('close', () => {
    stop();
    clearInterval(alive);
  });
}

type Send = (event: string, data: unknown) => void;

/** Sends what is new since the last time. */
function createTeller(context: PageContext, reader: z.infer<typeof querySchema>, send: Send): () => void {
  const { workspace } = context.sandbox;
  const readMessages = createMessageReader(workspace, reader);
  const isMember = () =>
    workspace
      .everyChannel()
      .find(({ id }) => id === reader.channel)
      ?.members.has(reader.user);
  let toldScreen = '';
  let toldLine = 0;
  return () => {
    const screen = readScreen(context, reader.user);
    const written = JSON.stringify(screen);
    if (written !== toldScreen) send('screen', screen);
    toldScreen = written;
    const messages = isMember() ? readMessages() : undefined;
    if (messages) send('messages', messages);
    const lines = context.wire.lines(toldLine);
    if (lines.length > 0) send('wire', lines);
    toldLine = lines.at(-1)?.id ?? toldLine;
  };
}

/** Tells at once, and after each change of anything on the page. */
function tellChanges({ sandbox, app, wire, troubles, switches }: PageContext, tell: () => void): () => void {
  let planned: NodeJS.Timeout | undefined;
  const plan = (): void => {
    planned ??= setTimeout(() => {
      planned = undefined;
      tell();
    }, togetherMs);
  };
  const sources = [sandbox.workspace, app, wire, troubles, switches];
  const ends = sources.map((source) => source.subscribe(plan));
  tell();
  return () => {
    clearTimeout(planned);
    for (const end of ends) end();
  };
}
