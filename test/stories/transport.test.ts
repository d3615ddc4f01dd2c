import { expect, it } from 'vitest';
import { freePort } from './free-port.js';
import { signingSecret, startOverHttp } from './over-http.js';
import { isFinished, isPicked, startStory } from './story.js';

it('plays the whole path over HTTP by settings alone', async () => {
  const { story, url } = await startOverHttp();
  await story.imagine('a red fox in the snow');
  const message = await story.see('four images', isFinished);
  await story.click(message, 2);
  await story.see('the picked image', isPicked);
  const health = await fetch(`${url}/healthz`);
  expect([health.status, await health.text()]).toEqual([200, 'ok\n']);
  expect(story.workspace.connections()).toBe(0);
});

it.each([
  ['forged', 'another-secret', 0],
  ['ten minutes old', signingSecret, 600],
])('refuses a request whose signature is %s', async (_, secret, ageSeconds) => {
  const { story, send } = await startOverHttp();
  const answer = await send({ command: '/imagine', text: 'a fox', user_id: story.ana }, { secret, ageSeconds });
  expect(answer.status).toBe(401);
  expect(story.records()).toEqual([]);
});

it('serves /healthz in Socket Mode on a port of its own', async () => {
  const port = await freePort();
  await startStory({ settings: { HEALTH_PORT: String(port) } });
  const health = await fetch(`http://127.0.0.1:${port}/healthz`);
  expect(health.status).toBe(200);
});
