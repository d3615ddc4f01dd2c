import { execFile } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { promisify } from 'node:util';
import { expect, it, onTestFinished } from 'vitest';
import { listen } from '../../sandbox/http.js';
import { seeForm, submit } from './form.js';
import { startOverHttp } from './over-http.js';
import { isFinished, type Story, startProcessStory, startStory } from './story.js';

const run = promisify(execFile);

/** Everything that a person could see or that is kept, except what the app said to the attacker alone. */
function stateOf({ workspace, s3, bucket }: Story): string {
  const messages = workspace.everyChannel().flatMap(({ id }) => workspace.messages(id));
  return JSON.stringify([messages, s3.objects(bucket).map(({ key, etag }) => [key, etag])]);
}

const tamperings: [what: string, value: (id: string) => string][] = [
  ['another channel’s batch', (id) => `${id}:1`],
  ['no batch', () => '01JCZZZZZZZZZZZZZZZZ7F3A2C:1'],
  ['a path', (id) => `../C000SECRET/${id}:1`],
  ['an id in small letters', (id) => `${id.toLowerCase()}:1`],
  ['an id that no ULID has', () => `${'U'.repeat(26)}:1`],
  ['a huge number', (id) => `${id}:99999999999999999999`],
  ['a number below zero', (id) => `${id}:-1`],
  ['nothing', () => ''],
];

const images = ['pick_image_1', 'retry_image_1', 'share_image_1', 'keep_private', 'refresh_previews'];
const buttons = [...images, 'back_to_images', 'share_batch', 'reroll', 'discard', 'show_batch_1', 'edit_prompt'];
const choices = ['full_size', 'details', 'retry_failed', 'refresh', 'share', 'discard'];

it('no button does anything with a value that was tampered with', async () => {
  const { story, send } = await startOverHttp();
  const { secret, marketing } = story;
  await story.imagine('a secret fox', { channel: secret });
  await story.seeImages(4, { channel: secret });
  await story.settled();
  const { id = '', ...record } = story.records()[0] ?? {};
  // Where it would be found if the click's own word for its workspace were taken.
  await story.put(`T0OTHER/${marketing}/${id}/batch.json`, JSON.stringify({ id, ...record }));
  const told: string[] = [];
  const server = createServer(async (request, response) => {
    told.push(Buffer.concat(await request.toArray()).toString());
    response.end('ok');
  });
  const { port, close } = await listen(server); // Slack's side of a response_url
  onTestFinished(close);
  story.workspace.subscribe(() => {
    const { method, arguments: view } = story.workspace.calls().at(-1) ?? {};
    if (method === 'views.open') told.push(JSON.stringify(view)); // a made-up trigger_id opens none
  });
  const before = stateOf(story);
  const clicks = tamperings.flatMap(([what, value]) => [
    ...buttons.map((name) => ({ name, what, action: { type: 'button', action_id: name, value: value(id) } })),
    ...choices.map((name) => ({ name, what, action: moreAction(`${name}:${value(id)}`) })),
  ]);
  for (const { name, what, action } of clicks) {
    const click = `${name} with ${what}`;
    told.length = 0;
    const payload = clickPayload(story, action, `http://127.0.0.1:${port}/actions/T0/1/x`);
    expect((await send({ payload })).status, click).toBe(200);
    await story.until(() => told.join().includes('I can no longer find these images'));
    expect(told.join(), click).not.toMatch(/secret fox|X-Amz-/);
    expect(stateOf(story), click).toBe(before);
  }
});

const moreAction = (value: string) => ({
  type: 'overflow',
  action_id: 'more',
  selected_option: { text: { type: 'plain_text', text: 'Details' }, value },
});

/** By Ben, in #marketing. https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
function clickPayload(story: Story, action: object, responseUrl: string): string {
  return JSON.stringify({
    type: 'block_actions',
    user: { id: story.ben, team_id: 'T0SANDBOX1' },
    team: { id: 'T0OTHER', domain: 'other' },
    channel: { id: story.marketing, name: 'marketing' },
    container: { type: 'message', message_ts: '1763632800.000100', channel_id: story.marketing },
    trigger_id: `made.up.${randomUUID()}`,
    response_url: responseUrl,
    actions: [{ block_id: 'b', action_ts: '1763632800.000100', ...action }],
  });
}

async function openForm() {
  const { story, send } = await startOverHttp();
  await story.imagine('', { channel: story.secret });
  const { callbackId, privateMetadata } = await seeForm(story);
  const state = { values: { prompt: { value: { type: 'plain_text_input', value: 'a red fox' } } } };
  const sendAs = (user: string, type: string, metadata = privateMetadata) => {
    const view = { id: 'V0MADEUP', type: 'modal', callback_id: callbackId, private_metadata: metadata, state };
    return send({ payload: JSON.stringify({ type, user: { id: user }, team: { id: 'T0SANDBOX1' }, view }) });
  };
  const drafts = () => story.keys(/\/draft\.json$/);
  return { story, sendAs, drafts, privateMetadata };
}

const refused = {
  response_action: 'errors',
  errors: { prompt: expect.stringContaining("I can no longer find this form's data.") },
};

it('a form that names another’s draft draws nothing, says so at the field, and removes nothing when it is closed; its owner’s draws', async () => {
  const { story, sendAs, drafts } = await openForm();
  expect(await (await sendAs(story.ben, 'view_submission')).json()).toMatchObject(refused);
  expect((await sendAs(story.ben, 'view_closed')).status).toBe(200);
  await story.imagine('help'); // by now it would have been removed
  await story.seePrivately();
  expect([story.records().length, drafts().length]).toEqual([0, 1]);
  expect((await sendAs(story.ana, 'view_submission')).status).toBe(200);
  await story.seeImages(4, { channel: story.secret });
});

it('a form that names another’s draft draws nothing by a malformed id, and says so at the field', async () => {
  const { story, sendAs, drafts, privateMetadata } = await openForm();
  for (const draftId of ['nonsense', '../../x', '']) {
    const metadata = JSON.stringify({ ...JSON.parse(privateMetadata), channelId: story.marketing, draftId });
    expect(await (await sendAs(story.ana, 'view_submission', metadata)).json()).toMatchObject(refused);
    expect((await sendAs(story.ana, 'view_closed', metadata)).status).toBe(200);
  }
  await story.app.stop();
  expect([story.bedrock.requests(), story.records(), drafts().length]).toEqual([[], [], 1]);
  expect(story.log()).not.toMatch(/"level":[45]0/);
});

const prompt = 'a plum-coloured zeppelin over Lisbon';

/** A batch with everything going wrong that can: storing, showing, choosing, uploading, reading. */
async function playWithErrors(story: Story): Promise<void> {
  const { responseUrls, images } = story.workspace.faults;
  story.bedrock.faults.add({ kind: 'inference error' });
  story.bedrock.faults.add({ kind: 'filtered prompt' });
  images.add({ kind: 'refused' });
  story.planCalls('chat.update', { kind: 'http_500' });
  story.planCalls('files.getUploadURLExternal', { kind: 'error', error: 'file_uploads_disabled' });
  story.s3.faults.add({ kind: 'error', code: 'AccessDenied' }, { when: ({ key }) => key.endsWith('.png') });
  await story.imagine(prompt);
  const message = await story.see('what is left of it', isFinished);
  const number = (story.records()[0]?.images.findIndex(({ state }) => state === 'stored') ?? 0) + 1;
  await story.choose(message, 'refresh', story.ben);
  await story.press(message, 'edit_prompt');
  await seeForm(story);
  await submit(story, { prompt: `${prompt} at dusk` });
  story.planCalls('chat.update', { kind: 'error', error: 'channel_not_found' });
  await story.click(message, number);
  await story.seePicked();
  await story.imagine('history');
  await story.imagine(`${prompt} --quality`);
  responseUrls.add({ kind: 'error', error: 'used_url' }, { times: 2 });
  await story.imagine(prompt, { channel: story.secret });
  await story.overwriteRecord(prompt);
  await story.choose(message, 'refresh').catch(() => undefined);
  await story.app.stop();
}

it.each([
  ['Socket Mode', (settings: Record<string, string>) => startStory({ settings })],
  ['HTTP', async (settings: Record<string, string>) => (await startOverHttp(settings)).story],
])('the log holds no secret and no prompt, and from info on no link, whatever goes wrong (%s)', async (_, start) => {
  const story = await start({ LOG_LEVEL: 'debug' });
  await playWithErrors(story);
  const log = story.log();
  const lines = log.split('\n');
  for (const level of [20, 30, 40, 50]) expect(log).toContain(`"level":${level}`);
  expect(log).not.toMatch(/plum|zeppelin|Lisbon/);
  expect(lines.filter((line) => !line.startsWith('{"level":20')).join()).not.toContain('X-Amz-');
  for (const name of ['SLACK_BOT_TOKEN', 'SLACK_APP_TOKEN', 'AWS_SECRET_ACCESS_KEY', 'AWS_ACCESS_KEY_ID']) {
    expect(log).not.toContain(story.environment[name] ?? name);
  }
  expect(log).not.toContain('sandbox-verification-token');
  const secretParts = /X-Amz-(?:Signature|Credential|Security-Token)=(?!\[removed\])|\/(?:commands|actions|app)\/T0/;
  expect(lines.filter((line) => secretParts.test(line))).toEqual([]);
});

it('the process draws, shows and keeps images without the right to write to any disk', async () => {
  const flag = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission';
  const NODE_OPTIONS = `${flag} --allow-fs-read=* --allow-addons`; // sharp is one
  const writing = run(process.execPath, ['-e', 'fs.writeFileSync("a", "")'], { cwd: tmpdir(), env: { NODE_OPTIONS } });
  await expect(writing).rejects.toThrow('ERR_ACCESS_DENIED');
  const story = await startProcessStory({ settings: { NODE_OPTIONS } });
  await story.imagine('a red fox');
  await story.click(await story.seeImages(), 2);
  await story.seeKept();
  expect(story.app.output()).not.toContain('ERR_ACCESS_DENIED');
  expect(await story.app.stop()).toBe(0);
});
