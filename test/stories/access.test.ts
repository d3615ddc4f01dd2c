import { expect, it } from 'vitest';
import type { SeenMessage } from '../../sandbox/workspace/seen.js';
import { seeForm, submit } from './form.js';
import { startOverHttp } from './over-http.js';
import { type Story, startWithThree } from './story.js';

/** Everything that others could see, that is kept or that costs money. */
function stateOf({ workspace, s3, bucket, bedrock, comprehend }: Story) {
  const channels = workspace.everyChannel().filter(({ kind }) => kind !== 'app');
  return {
    messages: channels.flatMap(({ id }) => workspace.messages(id)),
    objects: s3.objects(bucket).flatMap(({ key, etag }) => (key.includes('/processes/') ? [] : [[key, etag]])),
    modals: workspace.calls().filter(({ method }) => method.startsWith('views.')).length,
    drawn: bedrock.requests().length,
    analyzed: comprehend.requests().length,
  };
}

/** This user is told so, by so many messages in #marketing or in a direct one. */
async function expectTold(story: Story, user: string, count: number, sentence: string): Promise<void> {
  const { workspace } = story;
  const texts = () => {
    const direct = workspace.everyChannel().filter(({ kind, members }) => kind === 'app' && members.has(user));
    const messages = direct.flatMap(({ id }) => workspace.messages(id, { as: user }));
    return [...story.privately(story.marketing, user), ...messages].map(({ text }) => text);
  };
  await story.until(() => texts().length >= count);
  expect(texts()).toEqual(Array(count).fill(expect.stringContaining(sentence)));
}

const buttons = ['pick_image_2', 'reroll', 'edit_prompt'];
const choices = ['full_size', 'details', 'retry_failed', 'refresh', 'discard'];
const controls = buttons.length + choices.length;

async function pressAll(story: Story, message: SeenMessage, user?: string): Promise<void> {
  for (const actionId of buttons) await story.press(message, actionId, user);
  for (const choice of choices) await story.choose(message, choice, user);
}

it.each([
  ['a person is blocked', 'BLOCKED_USERS', 'U000000ANA', 'You cannot use Imagine at the moment.'],
  ['a conversation is blocked', 'BLOCKED_CHANNELS', 'C0MARKETNG', 'Imagine is turned off in this conversation.'],
  ['only others are allowed', 'ALLOWED_USERS', 'U000000BEN', 'Imagine is limited to certain people here.'],
  ['only other conversations are allowed', 'ALLOWED_CHANNELS', 'C000RANDOM', 'only in certain conversations'],
])('once %s, every command, button and form is told so, and does nothing', async (_, name, id, sentence) => {
  const { story, message } = await startWithThree();
  const { workspace, ana, ben, marketing: channel } = story;
  const post = workspace.post({ user: ben, channel, text: 'Our rooftop garden has opened.' });
  await story.fromPost(post.ts);
  await seeForm(story);
  await story.app.stop();
  await story.startApp({ [name]: id });
  const before = stateOf(story);
  const batch = story.records()[0]?.id;
  for (const text of ['a blue fox', '', 'settings', 'history', 'usage', `show ${batch}`, 'a fox --refine']) {
    await story.imagine(text);
  }
  await workspace.shortcut({ user: ana, channel, messageTs: post.ts, callbackId: 'imagine_from_post' });
  await pressAll(story, message);
  await expectTold(story, ana, 8 + controls, sentence);
  expect(stateOf(story)).toEqual(before);

  await workspace.clickInView({ user: ana, actionId: 'use_own_words' });
  expect(await submit(story, { prompt: 'a blue fox' })).toMatchObject({ outcome: 'closed' });
  await expectTold(story, ana, 10 + controls, sentence);
  await story.until(() => story.keys(/\/draft\.json$/).length === 0);
  const objects = before.objects.filter(([key]) => !key?.endsWith('/draft.json'));
  expect(stateOf(story)).toEqual({ ...before, objects });
});

const organization = { id: 'E0SANDBOX', name: 'Sandbox', otherTeams: [{ id: 'T0SISTER', name: 'Sister' }] };
const ofOrganization = { workspace: { enterprise: { ...organization, isInstalled: true } } };
const onlyMembers = 'Imagine works only for members of the workspace';

/** Zoe, of that workspace, is in #marketing. */
function addZoe({ workspace }: Story, teamId: string): string {
  const { id } = workspace.addPerson({ name: 'zoe', teamId });
  workspace.channels.marketing.members.add(id);
  return id;
}

it.each([
  ['one workspace', undefined],
  ['one workspace of an organization', { ...organization, isInstalled: false }],
  ['a whole organization', { ...organization, isInstalled: true }],
])('the app of %s works for its own people, and tells others that it does not', async (_, enterprise) => {
  const { story, message } = await startWithThree({ workspace: { enterprise }, settings: { WHO_MAY_PICK: 'anyone' } });
  const { ben } = story.workspace.people;
  const zoe = addZoe(story, 'T0ACME');
  const before = stateOf(story);
  await pressAll(story, message, zoe);
  await expectTold(story, zoe, controls, onlyMembers);
  expect(stateOf(story)).toEqual(before);
  await story.press(message, 'reroll', ben.id);
  await story.seeNewBatch([message]);
  await story.press(message, 'edit_prompt', ben.id);
  await seeForm(story, ben.id);
  ben.teamId = 'T0ACME'; // no form opens for such a person; this one was opened before
  await submit(story, { prompt: 'a blue fox' }, ben.id);
  await expectTold(story, ben.id, 1, onlyMembers);
  expect([story.records().length, story.bedrock.requests().length]).toEqual([2, 8]);
});

it('an app of a whole organization works for the people of its other workspaces', async () => {
  const { story, message } = await startWithThree(ofOrganization);
  const zoe = addZoe(story, 'T0SISTER');
  await story.press(message, 'reroll', zoe);
  await story.seeNewBatch([message]);
  await story.press(message, 'reroll', zoe);
  await story.app.stop();
  expect(story.records()).toHaveLength(3);
  expect(story.workspace.calls().filter(({ method }) => method === 'auth.teams.list')).toHaveLength(1);
});

it('if Slack does not list the organization’s workspaces, only those that are known are served', async () => {
  const { story, message } = await startWithThree(ofOrganization);
  const zoe = addZoe(story, 'T0SISTER');
  story.planCalls('auth.teams.list', { kind: 'error', error: 'internal_error' }, 9);
  await story.press(message, 'reroll', zoe);
  await expectTold(story, zoe, 1, onlyMembers);
  expect(story.log()).toContain('could not list the workspaces of the organization');
});

const team = { id: 'T0SANDBOX1' };
const type = 'message_action';
const shortcut = { type, callback_id: 'imagine_from_post', trigger_id: '1.2.3', response_url: null, team };

it.each([
  ['without an answer address', { BLOCKED_USERS: 'U000000ANA' }, {}, 'You cannot use Imagine'],
  ['whose button and view say nothing', { BLOCKED_USERS: 'U000000ANA' }, { actions: [{}], view: {} }, 'You cannot use'],
  ['whose user is of a workspace without an ID', {}, { user: { id: 'U000000ANA', team_id: '' } }, onlyMembers],
])('a payload %s is judged like any other', async (_, settings, more, sentence) => {
  const { story, send } = await startOverHttp(settings);
  const before = stateOf(story);
  const message = { type: 'message', ts: '1763632800.000100', text: 'Our rooftop garden has opened.' };
  const [user, channel] = [{ id: story.ana }, { id: story.marketing, name: 'marketing' }];
  await send({ payload: JSON.stringify({ ...shortcut, user, channel, message, ...more }) });
  await expectTold(story, story.ana, 1, sentence);
  expect(stateOf(story)).toEqual({ ...before, messages: stateOf(story).messages });
});

it('a payload without a person, or with a signature that is forged or ten minutes old, is not carried out', async () => {
  const { story, send } = await startOverHttp();
  const before = stateOf(story);
  await send({ payload: JSON.stringify(shortcut) });
  for (const options of [{ secret: 'another-secret' }, { ageSeconds: 600 }]) {
    expect((await send({ command: '/imagine', text: 'a fox', user_id: story.ana }, options)).status).toBe(401);
  }
  expect(stateOf(story)).toEqual(before);
  expect(story.workspace.connections()).toBe(0);
});
