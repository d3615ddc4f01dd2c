import { describe, expect, it } from 'vitest';
import { createWireLog } from '../../../sandbox/wire-log.js';
import type { Workspace } from '../../../sandbox/workspace/driver.js';
import { buttons, clientOf, createClock, gather, openWorkspace, postBlocks, postButtons, steady } from './helpers.js';

const ana = ({ people }: Workspace) => people.ana.id;

describe('slash commands', () => {
  it('carry the documented fields', async () => {
    const workspace = await openWorkspace(createClock());
    const payloads = await gather(workspace);
    await workspace.command({ user: ana(workspace), channel: 'C0MARKETNG', text: 'a red fox' });
    expect(steady(workspace, payloads[0])).toEqual({
      api_app_id: 'A0SANDBOX1',
      channel_id: 'C0MARKETNG',
      channel_name: 'marketing',
      command: '/imagine',
      is_enterprise_install: 'false',
      response_url: 'http://slack/commands/T0SANDBOX1/r00000001',
      team_domain: 'sandbox',
      team_id: 'T0SANDBOX1',
      text: 'a red fox',
      token: 'sandbox-verification-token',
      trigger_id: '1795165200000.00000002',
      user_id: 'U000000ANA',
      user_name: 'ana',
    });
  });

  it('name private channels and direct messages as Slack does, and escape what was typed', async () => {
    const workspace = await openWorkspace();
    const payloads = await gather(workspace);
    const { marketing, secret, anaAndBen, app } = workspace.channels;
    const text =
      '@ana & @nobody in #marketing, #secret-launch and #no-channel: a < b > https://example.com/?a=1&b=2 end';
    for (const { id } of [marketing, secret, anaAndBen, app]) {
      await workspace.command({ user: ana(workspace), channel: id, text });
    }
    const names = ['marketing', 'privategroup', 'directmessage', 'directmessage'];
    expect(payloads).toMatchObject(names.map((channel_name) => ({ channel_name })));
    expect(payloads[0]).toMatchObject({
      text: '<@U000000ANA> &amp; @nobody in <#C0MARKETNG|marketing>, <#C000SECRET|> and #no-channel: a &lt; b &gt; <https://example.com/?a=1&amp;b=2> end',
    });
  });

  it('are logged without trigger, token and response URL', async () => {
    const wireLog = createWireLog();
    const workspace = await openWorkspace({ wireLog });
    await workspace.command({ user: ana(workspace), channel: 'C0MARKETNG', text: 'x' });
    const [entry] = wireLog.entries();
    expect(entry).toMatchObject({ direction: 'out', operation: 'slash_commands', status: 'dispatch_failed' });
    expect(JSON.stringify(entry)).not.toMatch(/trigger_id|response_url|verification-token/);
  });
});

describe('clicks', () => {
  it('carry the documented fields', async () => {
    const workspace = await openWorkspace(createClock());
    const payloads = await gather(workspace);
    const messageTs = await postButtons(workspace);
    const place = { user: ana(workspace), channel: 'C0MARKETNG', messageTs };
    expect(await workspace.click({ ...place, actionId: 'pick_2' })).toMatchObject({ acknowledged: true });
    const { message, actions, ...rest } = payloads[0] ?? {};
    expect(message).toMatchObject({ ts: messageTs, text: 'Four foxes', blocks: [{ block_id: 'choice' }] });
    expect(actions).toEqual([
      {
        action_id: 'pick_2',
        action_ts: '1795165200.000001',
        block_id: 'choice',
        text: { emoji: true, text: 'pick_2', type: 'plain_text' },
        type: 'button',
        value: 'value of pick_2',
      },
    ]);
    expect(steady(workspace, rest)).toEqual({
      api_app_id: 'A0SANDBOX1',
      channel: { id: 'C0MARKETNG', name: 'marketing' },
      container: { channel_id: 'C0MARKETNG', is_ephemeral: false, message_ts: messageTs, type: 'message' },
      enterprise: null,
      is_enterprise_install: false,
      response_url: 'http://slack/actions/T0SANDBOX1/r00000002',
      state: { values: {} },
      team: { domain: 'sandbox', id: 'T0SANDBOX1' },
      token: 'sandbox-verification-token',
      trigger_id: '1795165200000.00000001',
      type: 'block_actions',
      user: { id: 'U000000ANA', name: 'ana', team_id: 'T0SANDBOX1', username: 'ana' },
    });
  });

  it("tell another company's user by their workspace, and the organization of the message", async () => {
    const enterprise = { id: 'E0SANDBOX', name: 'Sandbox', otherTeams: [], isInstalled: false };
    const workspace = await openWorkspace({ enterprise });
    const payloads = await gather(workspace);
    const zoe = workspace.addPerson({ name: 'zoe', teamId: 'T0ACME' });
    workspace.channels.marketing.members.add(zoe.id);
    const messageTs = await postButtons(workspace);
    await workspace.click({ user: zoe.id, channel: 'C0MARKETNG', messageTs, actionId: 'pick_2' });
    expect(payloads).toMatchObject([
      { user: { team_id: 'T0ACME' }, team: { enterprise_id: 'E0SANDBOX' }, enterprise: { id: 'E0SANDBOX' } },
    ]);
  });

  it('bring no message from an ephemeral one, which others do not see', async () => {
    const workspace = await openWorkspace();
    const payloads = await gather(workspace);
    const messageTs = await postBlocks(workspace, [buttons('pick')], { user: ana(workspace) });
    const place = { channel: 'C0MARKETNG', messageTs, actionId: 'pick' };
    await workspace.click({ user: ana(workspace), ...place });
    expect(payloads).toMatchObject([{ container: { is_ephemeral: true, message_ts: messageTs } }]);
    expect(payloads[0]).not.toHaveProperty('message');
    const { ben } = workspace.people;
    await expect(workspace.click({ user: ben.id, ...place })).rejects.toThrow('sees no message');
    const shortcut = workspace.shortcut({ user: ana(workspace), ...place, callbackId: 'x' });
    await expect(shortcut).rejects.toThrow('no shortcuts');
  });

  it('name the thread and the card', async () => {
    const workspace = await openWorkspace();
    const payloads = await gather(workspace);
    const { ts: thread_ts } = workspace.post({ channel: 'C0MARKETNG', user: ana(workspace), text: 'A draft' });
    const cards = [{ type: 'card', block_id: 'card-b', actions: buttons('b').elements }];
    const messageTs = await postBlocks(workspace, [{ type: 'carousel', elements: cards }], { thread_ts });
    const place = { user: ana(workspace), channel: 'C0MARKETNG', messageTs };
    await workspace.click({ ...place, actionId: 'b' });
    expect(payloads).toMatchObject([
      { container: { thread_ts }, message: { thread_ts }, actions: [{ block_id: 'card-b', value: 'value of b' }] },
    ]);
    await expect(workspace.click({ ...place, actionId: 'c' })).rejects.toThrow('has no c; it has: b.');
  });
});

describe('message shortcuts', () => {
  it('carry the documented fields and the message', async () => {
    const workspace = await openWorkspace(createClock());
    const payloads = await gather(workspace);
    const text = 'Launch on Friday & @ana decides';
    const { ts } = workspace.post({ channel: 'C0MARKETNG', user: workspace.people.ben.id, text });
    const place = { user: ana(workspace), channel: 'C0MARKETNG', messageTs: ts };
    await workspace.shortcut({ ...place, callbackId: 'imagine_from_post' });
    expect(payloads).toMatchObject([
      {
        type: 'message_action',
        callback_id: 'imagine_from_post',
        message_ts: ts,
        trigger_id: expect.any(String),
        response_url: expect.stringContaining('/app/T0SANDBOX1/'),
        channel: { id: 'C0MARKETNG', name: 'marketing' },
        message: { text: 'Launch on Friday &amp; <@U000000ANA> decides', ts, blocks: [{ type: 'rich_text' }] },
      },
    ]);
  });

  it('tell whether the message is in a thread or starts one', async () => {
    const workspace = await openWorkspace();
    const payloads = await gather(workspace);
    const post = (text: string, threadTs?: string) =>
      workspace.post({ channel: 'C000SECRET', user: ana(workspace), text, threadTs });
    const use = (messageTs: string) =>
      workspace.shortcut({ user: ana(workspace), channel: 'C000SECRET', messageTs, callbackId: 'imagine_from_post' });
    const parent = post('A draft');
    await use(parent.ts);
    await use(post('Shorter', parent.ts).ts);
    await use(parent.ts);
    expect(payloads[0]).not.toHaveProperty('message.thread_ts');
    expect(payloads.slice(1)).toMatchObject([1, 2].map(() => ({ message: { thread_ts: parent.ts } })));
  });
});

describe('the workspace', () => {
  it('lets people act only where they are', async () => {
    const workspace = await openWorkspace();
    const { chika } = workspace.people;
    const asked = workspace.command({ user: chika.id, channel: 'C000SECRET', text: 'x' });
    await expect(asked).rejects.toThrow('U0000CHIKA is not in secret-launch.');
  });

  it('can be given people and channels, and posts of people and of other apps', async () => {
    const workspace = await openWorkspace();
    const dora = workspace.addPerson({ name: 'dora' });
    const members = [dora.id, workspace.app.botUserId];
    const { id: channel } = workspace.addChannel({ name: 'design', kind: 'private', members });
    await clientOf(workspace).chat.postMessage({ channel, text: 'Hello' });
    workspace.post({ channel, user: dora.id, text: 'See #random' });
    workspace.post({ channel, blocks: [{ type: 'section', text: { type: 'mrkdwn', text: 'Release' } }] });
    expect(workspace.messages(channel, { as: dora.id })).toMatchObject([
      { text: 'Hello', botId: workspace.app.botId },
      { text: 'See <#C000RANDOM|random>', user: dora.id },
      { text: '', botId: 'B0OTHERAPP', blocks: [{ type: 'section' }] },
    ]);
    expect(() => workspace.messages(channel, { as: ana(workspace) })).toThrow('is not in design');
  });

  it('waits for a change without polling, and tells what there is if it does not come', async () => {
    const workspace = await openWorkspace();
    let asked = 0;
    const waited = workspace.waitFor(() => {
      asked += 1;
      return workspace.messages('C0MARKETNG')[0];
    });
    workspace.post({ channel: 'C0MARKETNG', user: ana(workspace), text: 'At last' });
    expect([(await waited).text, asked]).toEqual(['At last', 2]);
    const inVain = workspace.waitFor(() => false, { timeoutMs: 10, describe: 'four images' });
    await expect(inVain).rejects.toThrow(/Waited 10 ms in vain for four images[\s\S]*At last/);
  });
});
