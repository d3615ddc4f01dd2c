import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { type RunningApp, startApp } from '../../sandbox/start-app.js';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.js';
import type { CallFault } from '../../sandbox/workspace/options.js';
import { useEnvironment } from './environment.js';
import { startRestartStory } from './restart-story.js';
import { isFinished, runApp, startStory } from './story.js';

const isConnecting = ({ method }: { method: string }) => method === 'apps.connections.open';
const tries = ({ workspace }: Pick<Sandbox, 'workspace'>) => workspace.calls().filter(isConnecting);
const invalidAuth: CallFault = { kind: 'error', error: 'invalid_auth' };

/** The lines of its log. */
const linesOf = (app: RunningApp): Record<string, unknown>[] =>
  app
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

const isReady = (app: RunningApp) => linesOf(app).some(({ msg }) => msg === 'ready');

/** It has said so in its log, once, and nothing in another form. */
function expectOneFailure(app: RunningApp, message: unknown): void {
  const failures = linesOf(app).filter(({ msg }) => msg === 'unhandled failure, stopping');
  expect(failures).toEqual([expect.objectContaining({ level: 50, error: expect.objectContaining({ message }) })]);
  expect(app.output()).not.toMatch(/\n\s+at /);
}

/** The app in a process of its own, ready. */
async function startProcess(preload: URL) {
  const { workspace, environment, close } = await startSandbox();
  onTestFinished(close);
  const app = await startApp(environment, { preload });
  onTestFinished(async () => void (await app.stop('SIGKILL')));
  await vi.waitFor(() => expect(isReady(app)).toBe(true), { timeout: 45_000 });
  return { workspace, app };
}

describe('a socket that cannot be opened again', () => {
  it('comes back when Slack fails for longer than a few tries', async () => {
    const story = await startStory();
    const { workspace } = story;
    const before = tries(story).length;
    workspace.faults.calls.add({ kind: 'http_500' }, { times: 3, when: isConnecting });
    workspace.faults.calls.add({ kind: 'reset' }, { times: 2, when: isConnecting });
    workspace.drop();
    await workspace.waitFor(() => workspace.connections() === 0);
    await workspace.waitForApp({ timeoutMs: 30_000 });
    expect(
      tries(story)
        .slice(before)
        .map(({ error }) => error),
    ).toEqual(['http_500', 'http_500', 'http_500', 'reset', 'reset', undefined]);
    await story.imagine('a red fox');
    await story.see('four images', isFinished);
  }, 40_000);

  it('does not keep the app from stopping', async () => {
    const story = await startStory();
    story.workspace.faults.calls.add({ kind: 'http_500' }, { times: 1000, when: isConnecting });
    story.workspace.drop();
    await vi.waitFor(() => expect(tries(story).some(({ ok }) => !ok)).toBe(true), { timeout: 10_000 });
    await story.app.stop();
  });

  it('is let go again when Slack is back while the app stops', async () => {
    const story = await startRestartStory();
    const { workspace, bedrock } = story;
    bedrock.faults.add({ kind: 'never' });
    await story.imagine();
    await story.until(() => bedrock.inFlight() === 1);
    workspace.faults.calls.add({ kind: 'http_500' }, { times: 1000, when: isConnecting });
    workspace.drop();
    await story.until(() => tries(story).some(({ ok }) => !ok));
    const stopped = story.app.stop();
    await story.until(() => story.app.output().includes('"msg":"stopping"'));
    workspace.faults.calls.clear();
    await workspace.waitFor(() => workspace.connections() === 1, { timeoutMs: 20_000 }); // for a moment
    await workspace.waitFor(() => workspace.connections() === 0);
    expect(bedrock.inFlight()).toBe(1);
    story.app.process.kill('SIGKILL');
    await stopped;
  });

  it('ends the process in order when Slack refuses the token, after what runs is finished', async () => {
    const story = await startRestartStory();
    for (let count = 0; count < 4; count += 1) story.bedrock.faults.add({ kind: 'slow', milliseconds: 3000 });
    await story.imagine();
    await story.until(() => story.bedrock.inFlight() === 4);
    story.workspace.faults.calls.add(invalidAuth, { times: 1000, when: isConnecting });
    story.workspace.drop();
    expect(await story.app.exited).toBe(1);
    expectOneFailure(story.app, expect.stringContaining('invalid_auth'));
    expect(story.posted().some(isFinished)).toBe(true);
  });
});

describe('a socket that cannot be opened at the start', () => {
  /** The app on its way up, beside a Slack where connecting meets this. */
  async function startMeeting(fault: CallFault, times: number) {
    const { workspace, environment, close } = await startSandbox();
    onTestFinished(close);
    useEnvironment(environment);
    workspace.faults.calls.add(fault, { times, when: isConnecting });
    return runApp(environment);
  }

  it('ends the start soon', async () => {
    await expect(startMeeting({ kind: 'http_500' }, 1000)).rejects.toThrow();
  });

  it.each<[what: string, fault: CallFault]>([
    ['says that it has trouble', { kind: 'error', error: 'internal_error' }],
    ['fails once', { kind: 'http_500' }],
  ])('is tried again when Slack %s', async (_what, fault) => {
    await startMeeting(fault, 1);
  });

  it.each([
    ['lacks its scope', 'missing_scope', 'SLACK_APP_TOKEN: the token lacks connections:write.'],
    ['is not wanted', 'forbidden_team', 'Is Socket Mode switched on'],
  ])('says what to do about a token that %s', async (_what, error, sentence) => {
    await expect(startMeeting({ kind: 'error', error }, 1000)).rejects.toThrow(sentence);
  });
});

it('a warning of Node or a library is a line of the log like any other', async () => {
  const warning = `process.emitWarning('no more xoxb-1234567890-secret', 'OldVersion', 'OLD1')`;
  const preload = new URL(`data:text/javascript,process.on('message', () => ${encodeURIComponent(warning)})`);
  const { app } = await startProcess(preload);
  app.process.send('warn');
  const expected = { level: 40, msg: 'warning', name: 'OldVersion', code: 'OLD1', message: 'no more [removed]' };
  await vi.waitFor(() => expect(linesOf(app)).toContainEqual(expect.objectContaining(expected)), { timeout: 5000 });
  const lines = app.output().trimEnd().split('\n');
  expect(lines.filter((line) => !line.startsWith('{'))).toEqual([]);
});

describe('a failure that nothing catches', () => {
  /** Fails as it is told to, in words that hold a token. */
  const failing = `
    process.on('message', (kind) => {
      const failure = new Error('no answer for xoxb-1234567890-secret');
      if (kind === 'exception') throw failure;
      Promise.reject(failure);
    });`;

  it.each(['rejection', 'exception'])('is one line of the log without its secrets, and a stop (%s)', async (kind) => {
    const preload = new URL(`data:text/javascript,${encodeURIComponent(failing)}`);
    const { app, workspace } = await startProcess(preload);
    app.process.send(kind);
    expect(await app.exited).toBe(1);
    expectOneFailure(app, 'no answer for [removed]');
    expect(linesOf(app).at(-1)).toMatchObject({ msg: 'stopped' });
    expect(workspace.connections()).toBe(0);
  });
});
