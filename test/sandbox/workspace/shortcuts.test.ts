import { describe, expect, it } from 'vitest';
import { clientOf, createClock, gather, openWorkspace, postButtons, steady } from './helpers.js';

describe('message shortcuts', () => {
  it('a shortcut carries the documented fields and the message', async () => {
    const workspace = await openWorkspace(createClock());
    const payloads = await gather(workspace);
    const { ana, ben } = workspace.people;
    const post = workspace.post({ channel: 'C0MARKETNG', user: ben.id, text: 'Launch on Friday & @ana decides' });
    const place = { user: ana.id, channel: 'C0MARKETNG', messageTs: post.ts };
    await workspace.shortcut({ ...place, callbackId: 'imagine_from_post' });
    expect(steady(workspace, payloads[0])).toMatchInlineSnapshot(`
      {
        "action_ts": "1795165200.000001",
        "api_app_id": "A0SANDBOX1",
        "callback_id": "imagine_from_post",
        "channel": {
          "id": "C0MARKETNG",
          "name": "marketing",
        },
        "enterprise": null,
        "is_enterprise_install": false,
        "message": {
          "blocks": [
            {
              "block_id": "b00000001",
              "elements": [
                {
                  "elements": [
                    {
                      "text": "Launch on Friday & ",
                      "type": "text",
                    },
                    {
                      "type": "user",
                      "user_id": "U000000ANA",
                    },
                    {
                      "text": " decides",
                      "type": "text",
                    },
                  ],
                  "type": "rich_text_section",
                },
              ],
              "type": "rich_text",
            },
          ],
          "team": "T0SANDBOX1",
          "text": "Launch on Friday &amp; <@U000000ANA> decides",
          "ts": "1795165200.000000",
          "type": "message",
          "user": "U000000BEN",
        },
        "message_ts": "1795165200.000000",
        "response_url": "http://slack/app/T0SANDBOX1/1/r00000003",
        "team": {
          "domain": "sandbox",
          "id": "T0SANDBOX1",
        },
        "token": "sandbox-verification-token",
        "trigger_id": "1795165200000.1.00000002",
        "type": "message_action",
        "user": {
          "id": "U000000ANA",
          "name": "ana",
          "team_id": "T0SANDBOX1",
          "username": "ana",
        },
      }
    `);
  });

  it('a shortcut on a reply, on a message of the app and in a private channel works', async () => {
    const workspace = await openWorkspace();
    const payloads = await gather(workspace);
    const { ana } = workspace.people;
    const callbackId = 'imagine_from_post';
    const parent = workspace.post({ channel: 'C000SECRET', user: ana.id, text: 'A draft' });
    const reply = workspace.post({ channel: 'C000SECRET', user: ana.id, text: 'Shorter', threadTs: parent.ts });
    await workspace.shortcut({ user: ana.id, channel: 'C000SECRET', messageTs: reply.ts, callbackId });
    const own = await postButtons(workspace);
    await workspace.shortcut({ user: ana.id, channel: 'C0MARKETNG', messageTs: own, callbackId });
    expect(payloads).toMatchObject([
      { channel: { name: 'privategroup' }, message: { thread_ts: parent.ts, text: 'Shorter' } },
      { message: { bot_id: workspace.app.botId, text: 'Four foxes' } },
    ]);
  });

  it('ephemeral messages have no shortcuts', async () => {
    const workspace = await openWorkspace();
    const { ana } = workspace.people;
    const answer = await clientOf(workspace).chat.postEphemeral({ channel: 'C0MARKETNG', user: ana.id, text: 'x' });
    const place = { user: ana.id, channel: 'C0MARKETNG', messageTs: String(answer.message_ts) };
    await expect(workspace.shortcut({ ...place, callbackId: 'x' })).rejects.toThrow('no shortcuts');
  });

  it('a message with replies tells that a thread starts there', async () => {
    const workspace = await openWorkspace();
    const payloads = await gather(workspace);
    const { ana } = workspace.people;
    const parent = workspace.post({ channel: 'C0MARKETNG', user: ana.id, text: 'A draft' });
    const place = { user: ana.id, channel: 'C0MARKETNG', messageTs: parent.ts, callbackId: 'imagine_from_post' };
    await workspace.shortcut(place);
    workspace.post({ channel: 'C0MARKETNG', user: ana.id, text: 'Shorter', threadTs: parent.ts });
    await workspace.shortcut(place);
    expect(payloads[0]).not.toHaveProperty('message.thread_ts');
    expect(payloads[1]).toHaveProperty('message.thread_ts', parent.ts);
  });
});
