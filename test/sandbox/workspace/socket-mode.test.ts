import { describe, expect, it } from 'vitest';
import { buttons, createClock, openWorkspace, startApp, steady } from './helpers.js';

describe('Socket Mode', () => {
  it('delivers a command to a Bolt app, which acknowledges it', async () => {
    const workspace = await openWorkspace(createClock());
    const { people, channels } = workspace;
    const payloads: unknown[] = [];
    await startApp(workspace, (app) => {
      app.command('/imagine', async ({ ack, body, client }) => {
        await ack();
        payloads.push(body);
        await client.chat.postMessage({ channel: body.channel_id, text: 'Working', blocks: [buttons('pick')] });
      });
    });
    const result = await workspace.command({ user: people.ana.id, channel: channels.marketing.id, text: 'a red fox' });
    expect(result.acknowledged).toBe(true);
    const [message] = await workspace.waitFor(() => {
      const seen = workspace.messages(channels.marketing.id);
      return seen.length > 0 && seen;
    });
    expect(message?.text).toBe('Working');
    expect(steady(workspace, payloads)).toMatchInlineSnapshot(`
      [
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
        },
      ]
    `);
  });
});
