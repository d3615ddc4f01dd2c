import { describe, expect, it, vi } from 'vitest';
import { seeForm, submit } from './form.js';
import { startOverHttp } from './over-http.js';
import { isFinished, type Story, type StoryOptions, startStory } from './story.js';

/** Everything that others could see, that is kept or that costs money. */
function stateOf({ workspace, s3, bucket, bedrock, comprehend }: Story) {
  return {
    messages: workspace
      .everyChannel()
      .filter(({ kind }) => kind !== 'app')
      .flatMap(({ id }) => workspace.messages(id)),
    objects: s3.objects(bucket).map(({ key, etag }) => [key, etag]),
    modals: workspace.calls().filter(({ method }) => method.startsWith('views.')).length,
    drawn: bedrock.requests().length,
    analyzed: comprehend.requests().length,
  };
}

const keysOf = ({ s3, bucket }: Story, part: string) =>
  s3.objects(bucket).flatMap(({ key }) => (key.includes(part) ? [key] : []));

/** Ana's batch of which one image failed, and a post of Ben's. */
async function drawThree(options?: StoryOptions) {
  const story = await startStory(options);
  const { workspace, marketing } = story;
  const isFirst = ({ seed }: { seed: number | undefined }) => seed !== undefined && seed === story.seedOf(1);
  story.bedrock.faults.add({ kind: 'filtered image' }, { when: isFirst });
  await story.imagine('a red fox');
  const message = await story.see('three images', isFinished);
  await vi.waitFor(() => expect(keysOf(story, '/open/')).toEqual([])); // its very last write
  const post = workspace.post({ user: story.ben, channel: marketing, text: 'Our rooftop garden has opened.' });
  return { story, message, post };
}

/** What only this user was told, in #marketing or in a direct message, once it is that many messages. */
async function told(story: Story, user: string, count: number): Promise<string[]> {
  const texts = () => {
    const { workspace } = story;
    const seen = workspace.messages(story.marketing, { as: user }).filter(({ isEphemeral }) => isEphemeral);
    const direct = workspace
      .everyChannel()
      .filter(({ kind, members }) => kind === 'app' && members.has(user))
      .flatMap(({ id }) => workspace.messages(id, { as: user }));
    return [...seen, ...direct].map(({ text }) => text);
  };
  return story.workspace.waitFor(() => texts().length >= count && texts(), { describe: `${count} answers` });
}

const buttons = ['pick_image_2', 'retry_image_1', 'reroll', 'edit_prompt', 'discard'];

describe.each([
  ['a person', 'BLOCKED_USERS', 'U000000ANA', 'You cannot use Imagine at the moment.'],
  ['a conversation', 'BLOCKED_CHANNELS', 'C0MARKETNG', 'Imagine is turned off in this conversation.'],
  ['everyone else', 'ALLOWED_USERS', 'U000000BEN', 'Imagine is limited to certain people here.'],
])('once %s is blocked by %s', (_who, setting, id, sentence) => {
  it('every command, shortcut and button is told so, and does nothing', async () => {
    const { story, message, post } = await drawThree();
    const { workspace, ana, marketing } = story;
    await story.app.stop();
    await story.startApp({ [setting]: id });
    const before = stateOf(story);
    const name = story.records()[0]?.id ?? '';
    for (const text of ['a blue fox', '', 'settings', 'history', 'usage', `show ${name}`, 'a fox --refine']) {
      await story.imagine(text);
    }
    await workspace.shortcut({ user: ana, channel: marketing, messageTs: post.ts, callbackId: 'imagine_from_post' });
    for (const actionId of buttons) await story.press(message, actionId);
    const answers = await told(story, ana, 8 + buttons.length);
    expect(answers.filter((text) => !text.startsWith(sentence))).toEqual([]);
    expect(stateOf(story)).toEqual(before);
  });

  it('a form that is open is told so, draws nothing, and leaves nothing behind', async () => {
    const { story, post } = await drawThree();
    await story.fromPost(post.ts);
    await seeForm(story);
    await story.app.stop();
    const before = stateOf(story);
    await story.startApp({ [setting]: id });
    await story.workspace.clickInView({ user: story.ana, actionId: 'use_own_words' });
    expect(await submit(story, { prompt: 'a blue fox' })).toMatchObject({ outcome: 'closed' });
    expect(await told(story, story.ana, 2)).toMatchObject([
      expect.stringContaining(sentence),
      expect.stringContaining(sentence),
    ]);
    await vi.waitFor(() => expect(keysOf(story, '/draft.json')).toEqual([]));
    const objects = before.objects.filter(([key]) => !key?.endsWith('/draft.json'));
    expect(stateOf(story)).toEqual({ ...before, objects });
  });
});

const organization = { id: 'E0SANDBOX', name: 'Sandbox', otherTeams: [{ id: 'T0SISTER', name: 'Sister' }] };

/** Zoe, of that workspace, is in #marketing. */
function addZoe({ workspace }: Story, teamId: string): string {
  const { id } = workspace.addPerson({ name: 'zoe', teamId });
  workspace.channels.marketing.members.add(id);
  return id;
}

describe.each([
  ['of one workspace', undefined],
  ['of one workspace of an organization', { ...organization, isInstalled: false }],
  ['of a whole organization', { ...organization, isInstalled: true }],
])('in the app %s', (_what, enterprise) => {
  const start = () => drawThree({ workspace: { enterprise }, settings: { WHO_MAY_PICK: 'anyone' } });

  it('the buttons do nothing for people of another company, who are told so', async () => {
    const { story, message } = await start();
    const zoe = addZoe(story, 'T0ACME');
    const before = stateOf(story);
    for (const actionId of buttons) await story.press(message, actionId, zoe);
    const answers = await told(story, zoe, buttons.length);
    expect(answers.filter((text) => !text.startsWith('Imagine works only for members of the workspace'))).toEqual([]);
    expect(stateOf(story)).toEqual(before);
  });

  it('a form does nothing for people of another company, who are told so', async () => {
    const { story, message } = await start();
    const { people } = story.workspace;
    await story.press(message, 'edit_prompt', story.ben);
    await seeForm(story, story.ben);
    people.ben.teamId = 'T0ACME'; // no form opens for such a person; this one was opened before
    await submit(story, { prompt: 'a blue fox' }, story.ben);
    expect(await told(story, story.ben, 1)).toMatchObject([
      expect.stringContaining('Imagine works only for members of the workspace'),
    ]);
    expect([story.records().length, story.bedrock.requests().length]).toEqual([1, 4]);
  });

  it('the buttons work for the people of its own workspace', async () => {
    const { story, message } = await start();
    await story.press(message, 'reroll', story.ben);
    await story.see('four more', (seen) => isFinished(seen) && seen.ts !== message.ts);
  });
});

it('an app of a whole organization works for the people of its other workspaces', async () => {
  const { story, message } = await drawThree({ workspace: { enterprise: { ...organization, isInstalled: true } } });
  const zoe = addZoe(story, 'T0SISTER');
  await story.press(message, 'reroll', zoe);
  await story.see('four more', (seen) => isFinished(seen) && seen.ts !== message.ts);
  await story.press(message, 'reroll', zoe);
  await story.app.stop();
  expect(story.records()).toHaveLength(3);
  expect(story.workspace.calls().filter(({ method }) => method === 'auth.teams.list')).toHaveLength(1);
});

it('if Slack does not list the organization’s workspaces, only those that are known are served', async () => {
  const { story, message } = await drawThree({ workspace: { enterprise: { ...organization, isInstalled: true } } });
  const zoe = addZoe(story, 'T0SISTER');
  const isList = { when: ({ method }: { method: string }) => method === 'auth.teams.list', times: 9 };
  story.workspace.faults.calls.add({ kind: 'error', error: 'internal_error' }, isList);
  await story.press(message, 'reroll', zoe);
  expect((await told(story, zoe, 1))[0]).toContain('Imagine works only for members of the workspace');
  expect(story.log()).toContain('could not list the workspaces of the organization');
});

describe('a payload that lacks what Slack sends', () => {
  const shortcut = {
    type: 'message_action',
    callback_id: 'imagine_from_post',
    trigger_id: '1.2.3',
    response_url: null,
  };

  it('without an answer address is judged like any other', async () => {
    const { story, send } = await startOverHttp({ BLOCKED_USERS: 'U000000ANA' });
    const before = stateOf(story);
    const message = { type: 'message', ts: '1763632800.000100', text: 'Our rooftop garden has opened.' };
    const [user, channel] = [{ id: story.ana }, { id: story.marketing, name: 'marketing' }];
    await send({ payload: JSON.stringify({ ...shortcut, user, channel, message, team: { id: 'T0SANDBOX1' } }) });
    expect(await told(story, story.ana, 1)).toEqual([expect.stringContaining('You cannot use Imagine')]);
    expect(stateOf(story)).toEqual({ ...before, messages: stateOf(story).messages });
  });

  it('without a person is not carried out', async () => {
    const { story, send } = await startOverHttp();
    const before = stateOf(story);
    await send({ payload: JSON.stringify({ ...shortcut, team: { id: 'T0SANDBOX1' } }) });
    expect(stateOf(story)).toEqual(before);
  });
});
