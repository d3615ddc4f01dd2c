import { createServer } from 'node:http';
import { App } from '@slack/bolt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listen, readBody } from '../../../sandbox/http.js';
import type { Workspace } from '../../../sandbox/workspace/driver.js';
import { buttons, clientOf, openWorkspace, silentLogger } from './helpers.js';

/** A Bolt app on its own HTTP receiver; tells the workspace where it listens. */
async function startHttpApp(workspace: Workspace, signingSecret: string, register: (app: App) => void): Promise<void> {
  const app = new App({
    token: workspace.botToken,
    signingSecret,
    logger: silentLogger,
    clientOptions: { slackApiUrl: workspace.apiUrl },
  });
  register(app);
  const server = await app.start(0);
  onTestFinished(async () => void (await app.stop()));
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('The app listens on no port.');
  workspace.settings.requestUrl = `http://127.0.0.1:${address.port}/slack/events`;
}

/** Any server as the request URL. */
async function answerWith(workspace: Workspace, status: number, body = ''): Promise<{ bodies: string[] }> {
  const bodies: string[] = [];
  const server = createServer(async (request, response) => {
    bodies.push((await readBody(request)).toString());
    if (status > 0) response.writeHead(status).end(body);
  });
  const listening = await listen(server);
  onTestFinished(() => listening.close());
  workspace.settings.requestUrl = `http://127.0.0.1:${listening.port}/`;
  return { bodies };
}

const ask = (workspace: Workspace) =>
  workspace.command({ user: workspace.people.ana.id, channel: 'C0MARKETNG', text: 'a fox & a hare' });

describe('HTTP mode', () => {
  it('posts a signed command that Bolt accepts', async () => {
    const workspace = await openWorkspace();
    const texts: string[] = [];
    await startHttpApp(workspace, workspace.signingSecret, (app) => {
      app.command('/imagine', async ({ ack, body }) => {
        texts.push(body.text);
        await ack();
      });
    });
    expect(await ask(workspace)).toMatchObject({ acknowledged: true });
    expect(texts).toEqual(['a fox &amp; a hare']);
  });

  it('posts interactions as JSON in the field payload', async () => {
    const workspace = await openWorkspace();
    const { ts } = await clientOf(workspace).chat.postMessage({
      channel: 'C0MARKETNG',
      text: 'x',
      blocks: [buttons('pick')],
    });
    const { bodies } = await answerWith(workspace, 200);
    const input = { user: workspace.people.ana.id, channel: 'C0MARKETNG', messageTs: String(ts), actionId: 'pick' };
    expect(await workspace.click(input)).toMatchObject({ acknowledged: true });
    const fields = new URLSearchParams(bodies[0]);
    expect([...fields.keys()]).toEqual(['payload']);
    expect(JSON.parse(fields.get('payload') ?? '')).toMatchObject({
      type: 'block_actions',
      actions: [{ action_id: 'pick' }],
    });
  });

  it('an app with another signing secret refuses what is posted', async () => {
    const workspace = await openWorkspace();
    await startHttpApp(workspace, 'another-secret', () => {});
    expect(await ask(workspace)).toEqual({ acknowledged: false, failure: 'http_client_error' });
  });

  it('tells a failing app, a silent one and an absent one apart', async () => {
    const workspace = await openWorkspace({ settings: { acknowledgementMs: 100 } });
    await answerWith(workspace, 503);
    expect(await ask(workspace)).toEqual({ acknowledged: false, failure: 'http_service_error' });
    await answerWith(workspace, 0);
    expect(await ask(workspace)).toEqual({ acknowledged: false, failure: 'operation_timeout' });
    workspace.settings.requestUrl = 'http://127.0.0.1:9/';
    expect(await ask(workspace)).toEqual({ acknowledged: false, failure: 'dispatch_failed' });
  });
});
