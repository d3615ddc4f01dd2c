import { describe, expect, it } from 'vitest';
import { buttons, clientOf, createClock, image, openWorkspace, refusalOf, serveImages } from './helpers.js';

const errorOf = async (call: Promise<unknown>) => (await refusalOf(call)).error;

describe('posting messages', () => {
  it('chat.postMessage answers with the message as Slack keeps it', async () => {
    const workspace = await openWorkspace(createClock());
    const images = await serveImages();
    const blocks = [image(`${images.url}/1.png`), buttons('pick')];
    const answer = await clientOf(workspace).chat.postMessage({ channel: 'C0MARKETNG', text: 'Four foxes', blocks });
    const message = {
      app_id: 'A0SANDBOX1',
      blocks: [
        { ...blocks[0], block_id: 'b00000001', fallback: '[no preview available]', is_animated: false },
        {
          block_id: 'b00000002',
          elements: [
            { ...Object(buttons('pick').elements[0]), text: { emoji: true, text: 'pick', type: 'plain_text' } },
          ],
          type: 'actions',
        },
      ],
      bot_id: 'B0SANDBOX1',
      team: 'T0SANDBOX1',
      text: 'Four foxes',
      ts: '1795165200.000000',
      type: 'message',
      user: 'U0SANDBOT1',
    };
    expect(answer).toMatchObject({ ok: true, channel: 'C0MARKETNG', ts: '1795165200.000000', message });
    expect(Object.keys(answer.message ?? {}).sort()).toEqual(Object.keys(message).sort());
  });

  it('posts into a public channel without membership, given chat:write.public', async () => {
    const granted = await openWorkspace();
    const answer = await clientOf(granted).chat.postMessage({ channel: granted.channels.random.id, text: 'x' });
    expect(answer.ok).toBe(true);
    const denied = await openWorkspace({ scopes: ['chat:write'] });
    const call = clientOf(denied).chat.postMessage({ channel: denied.channels.random.id, text: 'x' });
    expect(await errorOf(call)).toBe('not_in_channel');
  });

  it('does not know private channels and conversations that the bot is not in', async () => {
    const workspace = await openWorkspace();
    const { secret, anaAndBen } = workspace.channels;
    const client = clientOf(workspace);
    for (const channel of [secret.id, anaAndBen.id, 'C0NOWHERE0']) {
      expect(await errorOf(client.chat.postMessage({ channel, text: 'x' }))).toBe('channel_not_found');
    }
  });

  it('refuses archived channels, and messages with nothing in them', async () => {
    const workspace = await openWorkspace();
    const post = (text: string) => clientOf(workspace).apiCall('chat.postMessage', { channel: 'C0MARKETNG', text });
    expect(await errorOf(post(''))).toBe('no_text');
    workspace.channels.marketing.isArchived = true;
    expect(await errorOf(post('x'))).toBe('is_archived');
  });

  it('opens the conversation with a person whose id is given as the channel', async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const withAna = await client.chat.postMessage({ channel: workspace.people.ana.id, text: 'Hello, Ana' });
    expect(withAna.channel).toBe(workspace.channels.app.id);
    const withBen = await client.chat.postMessage({ channel: workspace.people.ben.id, text: 'Hello, Ben' });
    expect(workspace.messages(String(withBen.channel), { as: workspace.people.ben.id })).toMatchObject([
      { text: 'Hello, Ben', isEphemeral: false },
    ]);
  });

  it('writes to no one if the app’s Messages tab is off', async () => {
    const workspace = await openWorkspace({ settings: { messagesTab: false } });
    const { people, channels } = workspace;
    const post = (channel: string) => errorOf(clientOf(workspace).chat.postMessage({ channel, text: 'x' }));
    expect(await post(people.ben.id)).toBe('messages_tab_disabled');
    expect(await post(channels.app.id)).toBe('messages_tab_disabled');
    expect(workspace.messages(channels.app.id)).toEqual([]);
  });
});

describe('changing messages', () => {
  it('chat.update replaces a message in place, marked as edited only without blocks', async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const { ts = '' } = await client.chat.postMessage({ channel: 'C0MARKETNG', text: 'Working' });
    const section = { type: 'section', text: { type: 'mrkdwn', text: 'Done' } } as const;
    await client.chat.update({ channel: 'C0MARKETNG', ts, text: 'Done', blocks: [section] });
    expect(workspace.messages('C0MARKETNG')).toMatchObject([{ ts, text: 'Done', isEdited: false }]);
    await client.chat.update({ channel: 'C0MARKETNG', ts, text: 'Really done' });
    expect(workspace.messages('C0MARKETNG')).toMatchObject([{ ts, text: 'Really done', blocks: [], isEdited: true }]);
  });

  it('chat.update refuses what is not there, not its own, too long, or in an archived channel', async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const anas = workspace.post({ channel: 'C0MARKETNG', user: workspace.people.ana.id, text: 'A draft' });
    const { ts = '' } = await client.chat.postMessage({ channel: 'C0MARKETNG', text: 'Working' });
    const update = (messageTs: string, text = 'x') =>
      errorOf(client.chat.update({ channel: 'C0MARKETNG', ts: messageTs, text }));
    expect(await update('1.000001')).toBe('message_not_found');
    expect(await update(anas.ts)).toBe('cant_update_message');
    expect(await update(ts, 'x'.repeat(4001))).toBe('msg_too_long');
    workspace.channels.marketing.isArchived = true;
    expect(await update(ts)).toBe('is_inactive');
  });

  it('chat.delete removes only messages of the app', async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const anas = workspace.post({ channel: 'C0MARKETNG', user: workspace.people.ana.id, text: 'A draft' });
    const { ts = '' } = await client.chat.postMessage({ channel: 'C0MARKETNG', text: 'Working' });
    await client.chat.delete({ channel: 'C0MARKETNG', ts });
    expect(workspace.messages('C0MARKETNG').map(({ text }) => text)).toEqual(['A draft']);
    expect(await errorOf(client.chat.delete({ channel: 'C0MARKETNG', ts }))).toBe('message_not_found');
    expect(await errorOf(client.chat.delete({ channel: 'C0MARKETNG', ts: anas.ts }))).toBe('cant_delete_message');
  });

  it('chat.postEphemeral is seen by one person and cannot be updated', async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const { ana, ben } = workspace.people;
    const answer = await client.chat.postEphemeral({ channel: 'C0MARKETNG', user: ana.id, text: 'For Ana' });
    expect(workspace.messages('C0MARKETNG', { as: ana.id })).toMatchObject([{ text: 'For Ana', isEphemeral: true }]);
    expect(workspace.messages('C0MARKETNG', { as: ben.id })).toEqual([]);
    const ts = String(answer.message_ts);
    expect(await errorOf(client.chat.update({ channel: 'C0MARKETNG', ts, text: 'x' }))).toBe('message_not_found');
  });

  it('chat.postEphemeral needs the bot and the person in the channel', async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const outsider = workspace.addPerson({ name: 'dora' });
    const post = (channel: string, user: string) => errorOf(client.chat.postEphemeral({ channel, user, text: 'x' }));
    expect(await post('C0MARKETNG', outsider.id)).toBe('user_not_in_channel');
    expect(await post('C000RANDOM', workspace.people.ana.id)).toBe('not_in_channel');
    expect(await post('C000SECRET', workspace.people.ana.id)).toBe('channel_not_found');
  });

  it('chat.getPermalink links to a message and to a reply in its thread', async () => {
    const workspace = await openWorkspace(createClock());
    const client = clientOf(workspace);
    const parent = await client.chat.postMessage({ channel: 'C0MARKETNG', text: 'x' });
    const reply = await client.chat.postMessage({ channel: 'C0MARKETNG', text: 'y', thread_ts: String(parent.ts) });
    const linkTo = async ({ ts }: typeof reply) => {
      return (await client.chat.getPermalink({ channel: 'C0MARKETNG', message_ts: String(ts) })).permalink;
    };
    const base = 'https://sandbox.slack.com/archives/C0MARKETNG';
    expect(await linkTo(parent)).toBe(`${base}/p1795165200000000`);
    expect(await linkTo(reply)).toBe(`${base}/p1795165200000001?thread_ts=1795165200.000000&cid=C0MARKETNG`);
  });
});
