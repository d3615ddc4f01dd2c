import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { freePort } from './free-port.js';
import { isFinished, isPicked, startStory } from './story.js';

const signingSecret = 'sandbox-signing-secret';

async function startOverHttp() {
  const port = await freePort();
  const url = `http://127.0.0.1:${port}`;
  const story = await startStory({
    workspace: { signingSecret, settings: { requestUrl: `${url}/slack/events` } },
    settings: { SLACK_APP_TOKEN: '', SLACK_SIGNING_SECRET: signingSecret, PORT: String(port) },
  });
  return { story, url };
}

it('plays the whole path over HTTP by settings alone', async () => {
  const { story, url } = await startOverHttp();
  await story.imagine('a red fox in the snow');
  const message = await story.see('four pictures', isFinished);
  await story.click(message, 2);
  await story.see('the picked picture', isPicked);
  const health = await fetch(`${url}/healthz`);
  expect([health.status, await health.text()]).toEqual([200, 'ok\n']);
  expect(story.workspace.connections()).toBe(0);
});

it.each([
  ['forged', 'another-secret', 0],
  ['ten minutes old', signingSecret, -600],
])('refuses a request whose signature is %s', async (_, secret, age) => {
  const { story, url } = await startOverHttp();
  const body = new URLSearchParams({ command: '/imagine', text: 'a fox', user_id: story.ana }).toString();
  const timestamp = String(Math.floor(Date.now() / 1000) + age);
  const signature = `v0=${createHmac('sha256', secret).update(`v0:${timestamp}:${body}`).digest('hex')}`;
  const answer = await fetch(`${url}/slack/events`, {
    method: 'POST',
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'x-slack-request-timestamp': timestamp,
      'x-slack-signature': signature,
    },
    body,
  });
  expect(answer.status).toBe(401);
  expect(story.records()).toEqual([]);
});

it('serves /healthz in Socket Mode on a port of its own', async () => {
  const port = await freePort();
  await startStory({ settings: { HEALTH_PORT: String(port) } });
  const health = await fetch(`http://127.0.0.1:${port}/healthz`);
  expect(health.status).toBe(200);
});
