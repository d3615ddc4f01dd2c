import { createServer } from 'node:http';
import { App } from '@slack/bolt';
import { describe, expect, it, onTestFinished } from 'vitest';
import { listen, readBody } from '../../../sandbox/http.js';
import type { Workspace } from '../../../sandbox/workspace/driver.js';
import { buttons, clientOf, openWorkspace, silentLogger } from './helpers.js';

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
  it('posts a signed command that Bolt accepts if it has the same signing secret', async () => {
    const workspace = await openWorkspace();
    const texts: string[] = [];
    for (const signingSecret of [workspace.signingSecret, 'another-secret']) {
      const { botToken: token, apiUrl: slackApiUrl } = workspace;
      const app = new App({ token, signingSecret, logger: silentLogger, clientOptions: { slackApiUrl } });
      app.command('/imagine', async ({ ack, body }) => {
        texts.push(body.text);
        await ack();
      });
      const address = (await app.start(0)).address();
      onTestFinished(async () => void (await app.stop()));
      const port = typeof address === 'object' ? address?.port : undefined;
      workspace.settings.requestUrl = `http://127.0.0.1:${port}/slack/events`;
      texts.push(String((await ask(workspace)).acknowledged));
    }
    expect(texts).toEqual(['a fox &amp; a hare', 'true', 'false']);
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

  it('tells a failing app, a silent one and an absent one apart', async () => {
    const workspace = await openWorkspace();
    await answerWith(workspace, 503);
    expect(await ask(workspace)).toEqual({ acknowledged: false, failure: 'http_service_error' });
    workspace.settings.acknowledgementMs = 100;
    await answerWith(workspace, 0);
    expect(await ask(workspace)).toEqual({ acknowledged: false, failure: 'operation_timeout' });
    workspace.settings.requestUrl = 'http://127.0.0.1:9/';
    expect(await ask(workspace)).toEqual({ acknowledged: false, failure: 'dispatch_failed' });
  });
});
