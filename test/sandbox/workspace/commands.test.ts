import { describe, expect, it } from 'vitest';
import { createWireLog } from '../../../sandbox/wire-log.js';
import { createClock, openWorkspace, serveImages, startApp, steady } from './helpers.js';

describe('slash commands', () => {
  it('a command carries the documented fields', async () => {
    const workspace = await openWorkspace(createClock());
    const payloads: unknown[] = [];
    await startApp(workspace, (app) => {
      app.command('/imagine', async ({ ack, body }) => {
        payloads.push(body);
        await ack();
      });
    });
    await workspace.command({ user: workspace.people.ana.id, channel: 'C0MARKETNG', text: 'a red fox' });
    expect(steady(workspace, payloads[0])).toMatchInlineSnapshot(`
      {
        "api_app_id": "A0SANDBOX1",
        "channel_id": "C0MARKETNG",
        "channel_name": "marketing",
        "command": "/imagine",
        "is_enterprise_install": "false",
        "response_url": "http://slack/commands/T0SANDBOX1/1/r00000001",
        "team_domain": "sandbox",
        "team_id": "T0SANDBOX1",
        "text": "a red fox",
        "token": "sandbox-verification-token",
        "trigger_id": "1795165200000.1.00000002",
        "user_id": "U000000ANA",
        "user_name": "ana",
      }
    `);
  });

  it('names private channels and direct messages as Slack does', async () => {
    const workspace = await openWorkspace();
    const names: string[] = [];
    await startApp(workspace, (app) => {
      app.command('/draw', async ({ ack, body }) => {
        names.push(body.channel_name);
        await ack();
      });
    });
    const { marketing, secret, anaAndBen, app: appDm } = workspace.channels;
    for (const { id } of [marketing, secret, anaAndBen, appDm]) {
      await workspace.command({ user: workspace.people.ana.id, channel: id, text: '', command: '/draw' });
    }
    expect(names).toEqual(['marketing', 'privategroup', 'directmessage', 'directmessage']);
  });

  it('escapes what was typed: people, channels, links and &, <, >', async () => {
    const workspace = await openWorkspace();
    const texts: string[] = [];
    await startApp(workspace, (app) => {
      app.command('/imagine', async ({ ack, body }) => {
        texts.push(body.text);
        await ack();
      });
    });
    const text =
      '@ana & @nobody in #marketing, #secret-launch and #no-channel: a < b > https://example.com/?a=1&b=2 end';
    await workspace.command({ user: workspace.people.ana.id, channel: 'C0MARKETNG', text });
    expect(texts[0]).toMatchInlineSnapshot(
      `"<@U000000ANA> &amp; @nobody in <#C0MARKETNG|marketing>, <#C000SECRET|> and #no-channel: a &lt; b &gt; <https://example.com/?a=1&amp;b=2> end"`,
    );
  });

  it('an acknowledgement with a text is a message for the person alone', async () => {
    const workspace = await openWorkspace();
    const { ana, ben } = workspace.people;
    await startApp(workspace, (app) => {
      app.command('/imagine', async ({ ack }) => ack('Working on it'));
    });
    await workspace.command({ user: ana.id, channel: 'C000SECRET', text: 'x' });
    expect(workspace.messages('C000SECRET', { as: ana.id })).toMatchObject([
      { text: 'Working on it', isEphemeral: true },
    ]);
    expect(workspace.messages('C000SECRET', { as: ben.id })).toEqual([]);
  });

  it('an acknowledgement to the channel also shows what was typed', async () => {
    const workspace = await openWorkspace();
    const { ana } = workspace.people;
    await startApp(workspace, (app) => {
      app.command('/imagine', async ({ ack, command }) =>
        ack({ response_type: 'in_channel', ...(command.text === 'echo' ? {} : { text: 'Here' }) }),
      );
    });
    await workspace.command({ user: ana.id, channel: 'C0MARKETNG', text: 'a fox' });
    await workspace.command({ user: ana.id, channel: 'C0MARKETNG', text: 'echo' });
    expect(workspace.messages('C0MARKETNG').map(({ text, user }) => [text, user])).toEqual([
      ['/imagine a fox', ana.id],
      ['Here', workspace.app.botUserId],
      ['/imagine echo', ana.id],
    ]);
  });

  it('refuses an acknowledgement with invalid blocks', async () => {
    const workspace = await openWorkspace();
    const { url } = await serveImages();
    const blocks = [{ type: 'image', image_url: `${url}/missing.png`, alt_text: 'x' }];
    await startApp(workspace, (app) => {
      app.command('/imagine', async ({ ack }) => ack({ text: 'x', blocks }));
    });
    const result = await workspace.command({ user: workspace.people.ana.id, channel: 'C0MARKETNG', text: 'x' });
    expect(result).toEqual({ acknowledged: false, failure: 'invalid_command_response' });
    expect(workspace.messages('C0MARKETNG', { as: workspace.people.ana.id })).toEqual([]);
  });

  it('only works where the person is', async () => {
    const workspace = await openWorkspace();
    const asked = workspace.command({ user: workspace.people.chika.id, channel: 'C000SECRET', text: 'x' });
    await expect(asked).rejects.toThrow('U0000CHIKA is not in secret-launch.');
  });

  it('is told in the log of the wire without trigger, token and response URL', async () => {
    const wireLog = createWireLog();
    const workspace = await openWorkspace({ wireLog });
    await workspace.command({ user: workspace.people.ana.id, channel: 'C0MARKETNG', text: 'x' });
    const [entry] = wireLog.entries();
    expect(entry).toMatchObject({ direction: 'out', operation: 'slash_commands', status: 'dispatch_failed' });
    expect(Object.keys(Object(entry?.detail))).not.toEqual(expect.arrayContaining(['token']));
    expect(JSON.stringify(entry)).not.toMatch(/trigger_id|response_url|verification-token/);
  });
});
