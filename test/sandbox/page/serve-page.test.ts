import { mkdtemp, writeFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { startPage } from '../../../sandbox/page/serve-page.js';
import { superviseApp } from '../../../sandbox/page/supervise-app.js';
import { startSandbox } from '../../../sandbox/start-sandbox.js';

/** The page of a sandbox whose app has not been started. `starts` gathers the settings that it is started with. */
async function openPage() {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  const starts: Record<string, string>[] = [];
  const app = superviseApp({
    environment: sandbox.environment,
    async startApp(environment) {
      starts.push(environment);
      return { output: () => '', exited: new Promise(() => {}), stop: async () => 0 };
    },
  });
  const folder = await mkdtemp(join(tmpdir(), 'page-'));
  await writeFile(join(folder, 'index.html'), '<title>Sandbox</title>');
  const installed = { commands: [], shortcuts: [], scopes: [], messagesTab: false, takesMessages: false };
  const { url, close } = await startPage({ sandbox, app, installed, folder });
  onTestFinished(close);
  const { people, channels } = sandbox.workspace;
  const place = { user: people.ana.id, channel: channels.marketing.id };
  const say = (text: string, threadTs?: string) => sandbox.workspace.post({ ...place, text, threadTs }).ts;
  const post = (path: string, body: unknown, contentType = 'application/json') =>
    fetch(new URL(path, url), {
      method: 'POST',
      headers: { 'content-type': contentType },
      body: JSON.stringify(body),
    });
  /** Each call resolves to the next event. */
  const listen = async (limit: number) => {
    const query = new URLSearchParams({ ...place, limit: String(limit) });
    const stream = (await fetch(new URL(`/events?${query}`, url))).body?.pipeThrough(new TextDecoderStream());
    const reader = stream?.getReader();
    onTestFinished(() => reader?.cancel());
    let text = '';
    return async (): Promise<unknown> => {
      while (!text.includes('\n\n')) text += (await reader?.read())?.value ?? '';
      const [event = '', ...rest] = text.split('\n\n');
      text = rest.join('\n\n');
      return JSON.parse(event.replace('data: ', ''));
    };
  };
  return { sandbox, url, starts, place, say, post, listen };
}

test('the app may write to users only if its manifest says so', async () => {
  const { sandbox } = await openPage();
  expect(sandbox.workspace.settings.messagesTab).toBe(false);
});

test('events begin with the whole screen and go on with the parts that changed', async () => {
  const { say, listen } = await openPage();
  say('before');
  const next = await listen(5);
  expect(await next()).toMatchObject({ app: { status: 'stopped' }, view: null, messages: [{ text: 'before' }] });
  say('after');
  const changed = await next();
  expect(changed).toMatchObject({ messages: [{ text: 'before' }, { text: 'after' }] });
  expect(changed).not.toHaveProperty('view');
});

test('replies come with their message and push no other message out', async () => {
  const { say, listen } = await openPage();
  say('reply to an old message', say('old'));
  const root = say('new');
  for (const text of ['a', 'b', 'c']) say(text, root);
  const next = await listen(1);
  const messages = ['new', 'a', 'b', 'c'].map((text) => expect.objectContaining({ text }));
  expect(await next()).toMatchObject({ messages, older: 1 });
});

test('a command that the app does not answer fails as in Slack', async () => {
  const { place, post } = await openPage();
  const answer = await post('/act', { kind: 'command', ...place, command: '/imagine', text: 'a fox' });
  expect(await answer.json()).toEqual({ failure: 'dispatch_failed' });
});

test('a planned fault is met once and counted down', async () => {
  const { sandbox, post, listen } = await openPage();
  const id = 'Slack: Failing';
  const call = async () => (await fetch(`${sandbox.workspace.apiUrl}auth.test`, { method: 'POST' })).status;
  await post('/fault', { id, times: 1 });
  expect([await call(), await call()]).toEqual([500, 200]);
  const next = await listen(5);
  expect(await next()).toMatchObject({ faults: expect.arrayContaining([expect.objectContaining({ id, left: 0 })]) });
});

test('links expire after a minute once the app is started again for it', async () => {
  const { starts, post } = await openPage();
  await post('/switch', { id: 'short_links', isOn: true });
  expect(starts).toMatchObject([{ PREVIEW_EXPIRES_SECONDS: '60' }]);
});

test('only images that a message has shown are loaded', async () => {
  const { sandbox, url } = await openPage();
  const answer = await fetch(new URL(`/image?url=${encodeURIComponent(`${sandbox.s3.url}/other`)}`, url));
  expect(answer.status).toBe(404);
});

test('a page of another site can neither post nor reach this one by another name', async () => {
  const { url, place, post } = await openPage();
  const act = { kind: 'post', ...place, text: 'from elsewhere' };
  expect((await post('/act', act, 'text/plain')).status).toBe(403);
  const status = await new Promise((resolve) =>
    request(url, { headers: { host: 'evil.example:80' } }, (answer) => resolve(answer.resume().statusCode)).end(),
  );
  expect(status).toBe(403);
});
