import { mkdtemp, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startPage } from '../../../sandbox/page/start-page.js';
import { superviseApp } from '../../../sandbox/page/supervise-app.js';
import { startApp } from '../../../sandbox/start-app.js';
import { startSandbox } from '../../../sandbox/start-sandbox.js';

/** The page of a sandbox in which the app has not been started. */
async function openPage() {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const app = superviseApp({ environment: sandbox.environment, startApp });
  const folder = await mkdtemp(join(tmpdir(), 'page-'));
  await writeFile(join(folder, 'index.html'), '<title>Sandbox</title>');
  const installed = { commands: [], shortcuts: [], messagesTab: false };
  const page = await startPage({ sandbox, app, installed, folder });
  onTestFinished(() => page.close());
  const { people, channels } = sandbox.workspace;
  const place = { user: people.ana.id, channel: channels.marketing.id };
  const post = (path: string, body: unknown) =>
    fetch(new URL(path, page.url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  return { sandbox, url: page.url, place, post };
}

/** Server-sent events as they come. */
async function* readEvents(url: URL): AsyncGenerator<{ event: string; data: unknown }> {
  const response = await fetch(url);
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const events = text.split('\n\n');
    text = events.pop() ?? '';
    for (const written of events) {
      const [, event = '', data = 'null'] = /^event: (\w+)\ndata: (.*)$/.exec(written) ?? [];
      yield { event, data: JSON.parse(data) };
    }
  }
}

test('an app may write to people only where its manifest says so', async () => {
  const { sandbox } = await openPage();
  expect(sandbox.workspace.settings.messagesTab).toBe(false);
});

test('events begin with all there is and go on with what is new', async () => {
  const { sandbox, url, place } = await openPage();
  sandbox.workspace.post({ ...place, text: 'here before' });
  const events = readEvents(new URL(`/events?user=${place.user}&channel=${place.channel}&limit=5`, url));
  const next = async (wanted: string) => {
    for (;;) {
      const { value, done } = await events.next();
      if (done) throw new Error('the events ended');
      if (value.event === wanted) return value.data;
    }
  };
  expect(await next('screen')).toMatchObject({ app: { status: 'stopped' }, view: null });
  expect(await next('messages')).toMatchObject({ changed: [{ text: 'here before' }], older: 0 });
  sandbox.workspace.post({ ...place, text: 'said now' });
  expect(await next('messages')).toMatchObject({ changed: [{ text: 'said now' }] });
  await events.return(undefined);
});

test('a command that the app does not answer ends as Slack says', async () => {
  const { place, post } = await openPage();
  const answer = await post('/act', { kind: 'command', ...place, command: '/imagine', text: 'a fox' });
  expect(await answer.json()).toEqual({ outcome: 'failed', failure: 'dispatch_failed' });
});

test('a planned trouble is met once and counted', async () => {
  const { sandbox, url, place, post } = await openPage();
  await post('/trouble', { id: 'slack_failing', times: 1 });
  const call = async () => (await fetch(`${sandbox.workspace.apiUrl}auth.test`, { method: 'POST' })).status;
  expect(await call()).toBe(500);
  expect(await call()).toBe(200);
  const events = readEvents(new URL(`/events?user=${place.user}&channel=${place.channel}&limit=5`, url));
  const { value } = await events.next();
  await events.return(undefined);
  expect(value).toMatchObject({
    data: { troubles: expect.arrayContaining([expect.objectContaining({ id: 'slack_failing', left: 0 })]) },
  });
});

test('only images that a message has shown are loaded, whatever is asked', async () => {
  const { sandbox, url } = await openPage();
  const answer = await fetch(new URL(`/image?url=${encodeURIComponent(`${sandbox.s3.url}/other`)}`, url));
  expect(answer.status).toBe(404);
});

test('a page of another site can neither post nor come in by another name', async () => {
  const { url, place } = await openPage();
  const body = JSON.stringify({ kind: 'post', ...place, text: 'from elsewhere' });
  const simple = await fetch(new URL('/act', url), { method: 'POST', headers: { 'content-type': 'text/plain' }, body });
  expect(simple.status).toBe(403);
  const status = await new Promise((resolve) =>
    request(url, { headers: { host: 'evil.example:80' } }, (answer) => resolve(answer.resume().statusCode)).end(),
  );
  expect(status).toBe(403);
});

test('a body that is not as agreed is refused with what is wrong', async () => {
  const { post } = await openPage();
  const answer = await post('/act', { kind: 'dance' });
  expect(answer.status).toBe(400);
  expect(await answer.text()).toContain('kind');
});
