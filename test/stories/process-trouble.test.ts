import { expect, it, onTestFinished } from 'vitest';
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

it('a socket that cannot be opened again comes back after more than a few tries', async () => {
  const story = await startStory();
  const { workspace } = story;
  const before = tries(story).length;
  story.planCalls(connecting, { kind: 'http_500' }, 3);
  story.planCalls(connecting, { kind: 'reset' });
  workspace.drop();
  await story.until(() => workspace.connections() === 0);
  await workspace.waitForApp({ timeoutMs: 30_000 });
  const errors = tries(story)
    .slice(before)
    .map(({ error }) => error);
  expect(errors).toEqual(['http_500', 'http_500', 'http_500', 'reset', undefined]);
  await story.imagine(fox);
  await story.seeImages();
});

it('a socket that cannot be opened again keeps no app from stopping', async () => {
  const story = await startStory();
  story.planCalls(connecting, { kind: 'http_500' }, always);
  story.workspace.drop();
  await story.until(() => tries(story).at(-1)?.error);
  await story.app.stop();
});

it('a socket that cannot be opened again is let go again when Slack is back while the app stops', async () => {
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

it('a socket that cannot be opened again ends the process in order when Slack refuses the token, after what runs is finished', async () => {
  const story = await startProcessStory();
  story.bedrock.faults.add({ kind: 'slow', milliseconds: 1500 }, { times: 4 });
  await story.imagine(fox);
  await story.until(() => story.bedrock.inFlight() === 4);
  story.planCalls(connecting, { kind: 'error', error: 'invalid_auth' }, always);
  story.workspace.drop();
  expect(await story.app.exited).toBe(1);
  expectOneFailure(story.app, expect.stringContaining('invalid_auth'));
  expect(story.posted().some(isFinished)).toBe(true);
});

/** The app on its way up, with this planned before. */
async function startIn(plan: (sandbox: Sandbox) => void, settings: Record<string, string> = {}): Promise<void> {
  const sandbox = await startSandbox();
  onTestFinished(() => sandbox.close());
  useEnvironment(sandbox.environment);
  plan(sandbox);
  await runApp({ ...sandbox.environment, ...settings });
}

const meeting = (fault: CallFault, times: number) => (sandbox: Sandbox) =>
  sandbox.workspace.faults.calls.add(fault, { times, when: ({ method }) => method === connecting });
const nothing = () => undefined;

it.each<[what: string, fault: CallFault]>([
  ['says that it has trouble', { kind: 'error', error: 'internal_error' }],
  ['is moving the workspace', { kind: 'error', error: 'team_added_to_org' }],
  ['fails once', { kind: 'http_500' }],
])('a start is tried again when Slack %s', async (_what, fault) => {
  await startIn(meeting(fault, 1));
});

it.each<[what: string, sentence: string, plan: (sandbox: Sandbox) => void, settings?: Record<string, string>]>([
  ['a socket that cannot be opened', 'statusCode = 500', meeting({ kind: 'http_500' }, always)],
  [
    'an app token that lacks its scope',
    'SLACK_APP_TOKEN: the token lacks connections:write.',
    meeting({ kind: 'error', error: 'missing_scope' }, always),
  ],
  [
    'an app token that is not wanted',
    'Is Socket Mode switched on',
    meeting({ kind: 'error', error: 'forbidden_team' }, always),
  ],
  ['an app token that Slack refuses', 'SLACK_APP_TOKEN: Slack does not', nothing, { SLACK_APP_TOKEN: 'xapp-wrong' }],
  ['a token that Slack refuses', 'SLACK_BOT_TOKEN: Slack does not', nothing, { SLACK_BOT_TOKEN: 'xoxb-wrong' }],
  ['a bucket that is not there', 'S3_BUCKET: there is no bucket no-such', nothing, { S3_BUCKET: 'no-such-bucket' }],
  [
    'a bucket where If-Match never holds, as of Ceph 16',
    'refuses every conditional write (If-Match), so nothing could be recorded.',
    ({ s3 }) => s3.setConditionalWrites('never holds', 'If-Match'),
  ],
])('a start ends with what to do about %s', async (_what, sentence, plan, settings) => {
  await expect(startIn(plan, settings)).rejects.toThrow(sentence);
});

/** Warns, and fails as it is told to, in words that hold a token. */
const failing = `
  process.on('message', (kind) => {
    const words = 'no answer for xoxb-1234567890-secret';
    if (kind === 'warning') return process.emitWarning(words, 'OldVersion', 'OLD1');
    if (kind === 'exception') throw new Error(words);
    Promise.reject(new Error(words));
  });`;

const kinds = ['rejection', 'exception'];

it.each(kinds)('an uncaught %s is a line of the log without its secrets and a stop, a warning a line', async (kind) => {
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
});
