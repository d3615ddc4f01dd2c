import { describe, expect, it, vi } from 'vitest';
import type { RunningApp } from '../../sandbox/start-app.js';
import type { Sandbox } from '../../sandbox/start-sandbox.js';
import { startAppProcess } from './app-process.js';
import { freePort } from './free-port.js';
import { startProcessOverHttp } from './over-http.js';
import { openConnection } from './raw-http.js';
import { isFinished } from './story.js';

async function startOverSocket() {
  const port = await freePort();
  return { ...(await startAppProcess({ HEALTH_PORT: String(port) })), port };
}

/** Acknowledged, and at the model, which takes two seconds. */
async function beginBatch({ workspace, bedrock }: Sandbox): Promise<string> {
  for (let count = 0; count < 4; count += 1) bedrock.faults.add({ kind: 'slow', milliseconds: 2000 });
  const channel = workspace.channels.marketing.id;
  const command = { user: workspace.people.ana.id, channel, text: 'a red fox in the snow' };
  expect(await workspace.command(command)).toMatchObject({ acknowledged: true });
  await vi.waitFor(() => expect(bedrock.inFlight()).toBe(4), { timeout: 10_000, interval: 20 });
  return channel;
}

describe.each<[mode: string, start: () => Promise<Sandbox & { app: RunningApp; port: number }>]>([
  ['Socket Mode', startOverSocket],
  ['HTTP mode', startProcessOverHttp],
])('in %s an app that stops', (_mode, start) => {
  it('says so at /readyz, takes nothing new, finishes its work and waits for no silent connection', async () => {
    const { port, ...story } = await start();
    const { app, workspace } = story;
    await openConnection(port);
    const halfSaid = await openConnection(port);
    halfSaid.write('POST /slack/events HTTP/1.1\r\nhost: a\r\ncontent-length: 100\r\n\r\nhalf');
    const channel = await beginBatch(story);
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    expect((await get('/readyz')).status).toBe(200);
    const stopped = app.stop();
    await vi.waitFor(
      async () => {
        const answer = await get('/readyz');
        expect([answer.status, await answer.text()]).toEqual([503, 'the app is stopping\n']);
      },
      { timeout: 5000, interval: 20 },
    );
    expect((await get('/healthz')).status).toBe(200);
    const late = await workspace.command({ user: workspace.people.ben.id, channel, text: 'a late fox' });
    expect(late.acknowledged).toBe(false);
    expect(await stopped).toBe(0);
    expect(workspace.messages(channel).filter(isFinished)).toHaveLength(1);
    expect(app.output()).toContain('"msg":"stopped"');
    expect(app.output()).not.toContain('unfinished');
  });
});
