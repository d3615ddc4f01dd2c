import { describe, expect, it, onTestFinished } from 'vitest';
import type { RunningApp } from '../../sandbox/start-app.js';
import { type Sandbox, startSandbox } from '../../sandbox/start-sandbox.js';
import type { CallFault } from '../../sandbox/workspace/options.js';
import { useEnvironment } from './environment.js';
import { always, fox, isFinished, runApp, startProcessStory, startStory } from './story.js';

const connecting = 'apps.connections.open';
const tries = ({ workspace }: Pick<Sandbox, 'workspace'>) =>
  workspace.calls().filter(({ method }) => method === connecting);

/** The lines of its log. */
const linesOf = (app: RunningApp): Record<string, unknown>[] =>
  app
    .output()
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line));

/** It has said so in its log, once, and nothing in another form. */
function expectOneFailure(app: RunningApp, message: unknown): void {
  const failures = linesOf(app).filter(({ msg }) => msg === 'unhandled failure, stopping');
  expect(failures).toEqual([expect.objectContaining({ level: 50, error: expect.objectContaining({ message }) })]);
  expect(app.output()).not.toMatch(/\n\s+at /);
}

describe('a socket that cannot be opened again', () => {
  it('comes back when Slack fails for longer than a few tries', async () => {
    const story = await startStory();
    const { workspace } = story;
    const before = tries(story).length;
    story.planCalls(connecting, { kind: 'http_500' }, 3);
    story.planCalls(connecting, { kind: 'reset' }, 2);
    workspace.drop();
    await story.until(() => workspace.connections() === 0);
    await workspace.waitForApp({ timeoutMs: 30_000 });
    const errors = tries(story)
      .slice(before)
      .map(({ error }) => error);
    expect(errors).toEqual(['http_500', 'http_500', 'http_500', 'reset', 'reset', undefined]);
    await story.imagine('a red fox');
    await story.seeImages();
  });

  it('does not keep the app from stopping', async () => {
    const story = await startStory();
    story.planCalls(connecting, { kind: 'http_500' }, always);
    story.workspace.drop();
    await story.until(() => tries(story).some(({ ok }) => !ok));
    await story.app.stop();
  });

  it('is let go again when Slack is back while the app stops', async () => {
    const story = await startStory();
    const { workspace, bedrock } = story;
    bedrock.faults.add({ kind: 'never' });
    await story.imagine(fox);
    await story.until(() => bedrock.inFlight() === 1);
    story.planCalls(connecting, { kind: 'http_500' }, always);
    workspace.drop();
    await story.until(() => tries(story).some(({ ok }) => !ok));
    void story.app.stop();
    workspace.faults.calls.clear();
    await workspace.waitFor(() => workspace.connections() === 1, { timeoutMs: 20_000 }); // for a moment
    await workspace.waitFor(() => workspace.connections() === 0);
    expect(bedrock.inFlight()).toBe(1);
    story.app.kill(); // it still waits for the model
  });

  it('ends the process in order when Slack refuses the token, after what runs is finished', async () => {
    const story = await startProcessStory();
    story.bedrock.faults.add({ kind: 'slow', milliseconds: 3000 }, { times: 4 });
    await story.imagine(fox);
    await story.until(() => story.bedrock.inFlight() === 4);
    story.planCalls(connecting, { kind: 'error', error: 'invalid_auth' }, always);
    story.workspace.drop();
    expect(await story.app.exited).toBe(1);
    expectOneFailure(story.app, expect.stringContaining('invalid_auth'));
    expect(story.posted().some(isFinished)).toBe(true);
  });
});

describe('a start', () => {
  /** The app on its way up, with this planned before. */
  async function startIn(settings: Record<string, string>, plan: (sandbox: Sandbox) => void = () => undefined) {
    const sandbox = await startSandbox();
    onTestFinished(() => sandbox.close());
    useEnvironment(sandbox.environment);
    plan(sandbox);
    return runApp({ ...sandbox.environment, ...settings });
  }

  const startMeeting = (fault: CallFault, times: number) =>
    startIn({}, ({ workspace }) =>
      workspace.faults.calls.add(fault, { times, when: ({ method }) => method === connecting }),
    );

  it('ends soon if the socket cannot be opened', async () => {
    await expect(startMeeting({ kind: 'http_500' }, always)).rejects.toThrow();
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
  ])('is refused with what to do about an app token that %s', async (_what, error, sentence) => {
    await expect(startMeeting({ kind: 'error', error }, always)).rejects.toThrow(sentence);
  });

  it.each([
    [
      'a token that Slack refuses',
      { SLACK_BOT_TOKEN: 'xoxb-wrong' },
      'SLACK_BOT_TOKEN: Slack does not accept this token',
    ],
    ['a bucket that is not there', { S3_BUCKET: 'no-such-bucket' }, 'S3_BUCKET: there is no bucket no-such-bucket.'],
    [
      'an app token that Slack refuses',
      { SLACK_APP_TOKEN: 'xapp-wrong' },
      'SLACK_APP_TOKEN: Slack does not accept this',
    ],
  ])('is refused with what to do about %s', async (_, settings, sentence) => {
    await expect(startIn(settings)).rejects.toThrow(sentence);
  });

  it('is refused with what to do about a bucket where If-Match never holds, as of Ceph 16', async () => {
    const start = startIn({}, ({ s3 }) => s3.setConditionalWrites('never holds', 'If-Match'));
    await expect(start).rejects.toThrow('refuses every conditional write (If-Match), so nothing could be recorded.');
  });
});

/** Warns, and fails as it is told to, in words that hold a token. */
const failing = `
  process.on('message', (kind) => {
    const words = 'no answer for xoxb-1234567890-secret';
    if (kind === 'warning') return process.emitWarning(words, 'OldVersion', 'OLD1');
    if (kind === 'exception') throw new Error(words);
    Promise.reject(new Error(words));
  });`;

it.each(['rejection', 'exception'])(
  'a warning is a line of the log like any other, and a %s that nothing catches one without its secrets, and a stop',
  async (kind) => {
    const preload = new URL(`data:text/javascript,${encodeURIComponent(failing)}`);
    const { app, workspace } = await startProcessStory({}, { preload });
    app.process.send('warning');
    app.process.send(kind);
    expect(await app.exited).toBe(1);
    const warning = { level: 40, msg: 'warning', name: 'OldVersion', code: 'OLD1', message: 'no answer for [removed]' };
    expect(linesOf(app)).toContainEqual(expect.objectContaining(warning));
    expectOneFailure(app, 'no answer for [removed]');
    const lines = app.output().trimEnd().split('\n');
    expect(lines.filter((line) => !line.startsWith('{'))).toEqual([]);
    expect(linesOf(app).at(-1)).toMatchObject({ msg: 'stopped' });
    expect(workspace.connections()).toBe(0);
  },
);
