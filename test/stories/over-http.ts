import { createHmac } from 'node:crypto';
import { onTestFinished, vi } from 'vitest';
import type { BedrockOptions } from '../../sandbox/bedrock/start-bedrock.js';
import { type RunningApp, startApp } from '../../sandbox/start-app.js';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.js';
import { freePort } from './free-port.js';
import { type Story, startStory } from './story.js';

export const signingSecret = 'sandbox-signing-secret';

/** Sends this form as Slack would, signed by default. */
type Send = (form: Record<string, string>, options?: { secret?: string; ageSeconds?: number }) => Promise<Response>;

export interface HttpStory {
  story: Story;
  port: number;
  url: string;
  send: Send;
}

function createSend(url: string): Send {
  return (form, { secret = signingSecret, ageSeconds = 0 } = {}) => {
    const body = new URLSearchParams(form).toString();
    const timestamp = String(Math.floor(Date.now() / 1000) - ageSeconds);
    const signature = createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex');
    return fetch(`${url}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': 'application/x-www-form-urlencoded',
        'x-slack-request-timestamp': timestamp,
        'x-slack-signature': `v0=${signature}`,
      },
      body,
    });
  };
}

async function chooseWay() {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  return {
    port,
    url,
    workspace: { signingSecret, settings: { requestUrl: `${url}/slack/events` } },
    settings: { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: signingSecret, PORT: String(port) },
  };
}

/** The app over HTTP, which accepts any request with the right signature. */
export async function startOverHttp(more: Record<string, string> = {}): Promise<HttpStory> {
  const { port, url, workspace, settings } = await chooseWay();
  const story = await startStory({ workspace, settings: { ...settings, ...more } });
  return { story, port, url, send: createSend(url) };
}

export interface HttpProcess extends Sandbox {
  app: RunningApp;
  port: number;
  url: string;
  send: Send;
}

/** The same as a process of its own, ready; killed with the test. */
export async function startProcessOverHttp(bedrock: BedrockOptions = {}): Promise<HttpProcess> {
  const { port, url, workspace, settings } = await chooseWay();
  const sandbox = await startSandbox({ workspace, bedrock: { imageScale: 0.25, ...bedrock } });
  onTestFinished(() => sandbox.close());
  const app = await startApp({ ...sandbox.environment, ...settings });
  onTestFinished(async () => void (await app.stop('SIGKILL')));
  await vi.waitFor(() => fetch(`${url}/healthz`, { headers: { connection: 'close' } }), {
    timeout: 45_000,
    interval: 50,
  });
  return { ...sandbox, app, port, url, send: createSend(url) };
}
