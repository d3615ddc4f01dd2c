import { createServer } from 'node:http';
import { App, LogLevel, webApi } from '@slack/bolt';
import { onTestFinished } from 'vitest';
import { listen } from '../../../sandbox/http.js';
import type { Workspace } from '../../../sandbox/workspace/driver.js';
import type { WorkspaceOptions } from '../../../sandbox/workspace/options.js';
import { startWorkspace } from '../../../sandbox/workspace/start.js';

/** The smallest PNG: one transparent pixel. */
export const pixel = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg==',
  'base64',
);

const day = new Date('2026-11-20T09:00:00.000Z');

/** A clock that only moves when it is told to. */
export function createClock(): { now: () => Date; advance: (ms: number) => void } {
  let time = day.getTime();
  return {
    now: () => new Date(time),
    advance(ms) {
      time += ms;
    },
  };
}

/** A workspace for one test. */
export async function openWorkspace(options: WorkspaceOptions = {}): Promise<Workspace> {
  const workspace = await startWorkspace(options);
  onTestFinished(() => workspace.close());
  return workspace;
}

export function clientOf(workspace: Workspace, options: webApi.WebClientOptions = {}): webApi.WebClient {
  return new webApi.WebClient(workspace.botToken, {
    slackApiUrl: workspace.apiUrl,
    retryConfig: { retries: 0 },
    logLevel: LogLevel.ERROR,
    logger: silentLogger,
    ...options,
  });
}

export interface Images {
  url: string;
  requests: { path: string; userAgent: string }[];
}

/** A server of images: `/1.png`, `/page.html`, `/missing.png`, and `/never.png`, which does not answer. */
export async function serveImages(): Promise<Images> {
  const requests: Images['requests'] = [];
  const server = createServer((request, response) => {
    const path = request.url ?? '/';
    requests.push({ path, userAgent: request.headers['user-agent'] ?? '' });
    if (path.startsWith('/missing')) response.writeHead(404).end();
    else if (path.startsWith('/page')) response.writeHead(200, { 'content-type': 'text/html' }).end('<p>no image</p>');
    else if (!path.startsWith('/never')) response.writeHead(200, { 'content-type': 'image/png' }).end(pixel);
  });
  const listening = await listen(server);
  onTestFinished(() => listening.close());
  return { url: `http://127.0.0.1:${listening.port}`, requests };
}

/** What a refused call of the Web API came back with. */
export async function refusalOf(call: Promise<unknown>): Promise<Record<string, unknown>> {
  try {
    await call;
  } catch (error) {
    if (error instanceof webApi.WebAPIPlatformError) return { ...error.data };
    throw error;
  }
  throw new Error('The call was accepted.');
}

const nothing = (): void => {};

export const silentLogger = {
  debug: nothing,
  info: nothing,
  warn: nothing,
  error: nothing,
  setLevel: nothing,
  getLevel: () => LogLevel.ERROR,
  setName: nothing,
};

export const image = (url: string, altText = 'a red fox') => ({ type: 'image', image_url: url, alt_text: altText });

export const buttons = (...actionIds: string[]) => ({
  type: 'actions',
  elements: actionIds.map((id) => ({
    type: 'button',
    action_id: id,
    value: `value of ${id}`,
    text: { type: 'plain_text', text: id },
  })),
});

/** A payload without the port, which differs from run to run. */
export const steady = (workspace: Workspace, value: unknown): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(workspace.url, 'http://slack'));

/** Posts blocks into #marketing, as the types of the SDK need not know them; the message's `ts`. */
export async function postBlocks(workspace: Workspace, blocks: unknown[], more: object = {}): Promise<string> {
  const message = { channel: 'C0MARKETNG', text: 'Four foxes', blocks, ...more };
  const method = 'user' in more ? 'chat.postEphemeral' : 'chat.postMessage';
  const answer: Record<string, unknown> = { ...(await clientOf(workspace).apiCall(method, message)) };
  return String(answer.ts ?? answer.message_ts);
}

/**
 * A Bolt app on Socket Mode that acknowledges and gathers all that it is sent. `answer` goes with that of a submission: as it
 * is, or what a function makes of the payload.
 */
export async function gather(workspace: Workspace, answer?: unknown): Promise<Record<string, unknown>[]> {
  const payloads: Record<string, unknown>[] = [];
  const app = new App({
    token: workspace.botToken,
    appToken: workspace.appToken,
    socketMode: true,
    logger: silentLogger,
    clientOptions: { slackApiUrl: workspace.apiUrl, retryConfig: { retries: 0 } },
  });
  app.use(async ({ ack, body, next }) => {
    if (ack === undefined) return next();
    payloads.push({ ...body });
    const isSubmission = body.type === 'view_submission';
    const answered = isSubmission && typeof answer === 'function' ? await answer(body) : answer;
    await Reflect.apply(ack, undefined, isSubmission ? [answered] : []);
  });
  await app.start();
  onTestFinished(async () => void (await app.stop()));
  return payloads;
}

export const postButtons = (workspace: Workspace, more: object = {}) =>
  postBlocks(workspace, [{ ...buttons('pick_1', 'pick_2'), block_id: 'choice' }], more);
