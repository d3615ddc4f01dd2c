import { describe, expect, it } from 'vitest';
import { createWireLog } from '../../../sandbox/wire-log.js';
import { clientOf, openWorkspace, refusalOf } from './helpers.js';

describe('calling the Web API', () => {
  it('auth.test tells who the bot is and which scopes it has', async () => {
    const workspace = await openWorkspace();
    const answer = await clientOf(workspace).auth.test();
    expect(answer).toMatchInlineSnapshot(`
      {
        "bot_id": "B0SANDBOX1",
        "is_enterprise_install": false,
        "ok": true,
        "response_metadata": {
          "scopes": [
            "commands",
            "chat:write",
            "chat:write.public",
            "files:write",
          ],
        },
        "team": "Sandbox",
        "team_id": "T0SANDBOX1",
        "url": "https://sandbox.slack.com/",
        "user": "imagine",
        "user_id": "U0SANDBOT1",
      }
    `);
  });

  it('refuses a call without a token', async () => {
    const workspace = await openWorkspace();
    const answer = await fetch(`${workspace.apiUrl}auth.test`, { method: 'POST' });
    expect([answer.status, await answer.json()]).toEqual([200, { ok: false, error: 'not_authed' }]);
  });

  it('an organization tells of itself and of its workspaces', async () => {
    const enterprise = { id: 'E0SANDBOX', name: 'Sandbox', otherTeams: [{ id: 'T0SISTER', name: 'Sister' }] };
    const installed = await openWorkspace({ enterprise: { ...enterprise, isInstalled: true } });
    const inOne = await openWorkspace({ enterprise: { ...enterprise, isInstalled: false } });
    const teamsOf = async (workspace: typeof inOne) => {
      const { teams = [] } = await clientOf(workspace).auth.teams.list();
      return teams.map(({ id }) => id);
    };
    expect(await clientOf(installed).auth.test()).toMatchObject({
      team_id: 'E0SANDBOX',
      enterprise_id: 'E0SANDBOX',
      is_enterprise_install: true,
    });
    expect(await clientOf(inOne).auth.test()).toMatchObject({
      team_id: 'T0SANDBOX1',
      enterprise_id: 'E0SANDBOX',
      is_enterprise_install: false,
    });
    expect([await teamsOf(installed), await teamsOf(inOne)]).toEqual([['T0SANDBOX1', 'T0SISTER'], ['T0SANDBOX1']]);
  });

  it('refuses a token that it did not issue', async () => {
    const workspace = await openWorkspace();
    const refusal = await refusalOf(clientOf(workspace).auth.test({ token: 'xoxb-somebody-else' }));
    expect(refusal.error).toBe('invalid_auth');
  });

  it('refuses the app token for a bot method, and the bot token for an app method', async () => {
    const workspace = await openWorkspace();
    const client = clientOf(workspace);
    const withAppToken = await refusalOf(
      client.chat.postMessage({ channel: 'C0MARKETNG', text: 'x', token: workspace.appToken }),
    );
    const withBotToken = await refusalOf(client.apps.connections.open({}));
    expect([withAppToken.error, withBotToken.error]).toEqual(['not_allowed_token_type', 'not_allowed_token_type']);
  });

  it('names the missing scope and the granted ones', async () => {
    const workspace = await openWorkspace({ scopes: ['commands'] });
    const refusal = await refusalOf(clientOf(workspace).chat.postMessage({ channel: 'C0MARKETNG', text: 'x' }));
    expect(refusal).toMatchObject({ error: 'missing_scope', needed: 'chat:write', provided: 'commands' });
  });

  it('does not know methods that it does not serve', async () => {
    const workspace = await openWorkspace();
    const refusal = await refusalOf(clientOf(workspace).apiCall('chat.shout'));
    expect(refusal).toMatchObject({ error: 'unknown_method', req_method: 'chat.shout' });
  });

  it('reads arguments from a JSON body', async () => {
    const workspace = await openWorkspace();
    const answer = await fetch(`${workspace.apiUrl}chat.postMessage`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${workspace.botToken}` },
      body: JSON.stringify({ channel: 'C0MARKETNG', text: 'from JSON', blocks: [{ type: 'divider' }] }),
    });
    expect(await answer.json()).toMatchObject({ ok: true, channel: 'C0MARKETNG', message: { text: 'from JSON' } });
  });

  it('refuses a body that is no JSON', async () => {
    const workspace = await openWorkspace();
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${workspace.botToken}` };
    const answer = await fetch(`${workspace.apiUrl}auth.test`, { method: 'POST', headers, body: '{' });
    expect(await answer.json()).toEqual({ ok: false, error: 'invalid_json' });
  });

  it('takes the token of a form from its fields', async () => {
    const workspace = await openWorkspace();
    const body = new URLSearchParams({ token: workspace.botToken });
    const answer = await fetch(`${workspace.apiUrl}auth.test`, { method: 'POST', body });
    expect(await answer.json()).toMatchObject({ ok: true, user_id: workspace.app.botUserId });
  });

  it('names an argument that is missing', async () => {
    const workspace = await openWorkspace();
    const refusal = await refusalOf(clientOf(workspace).apiCall('chat.postMessage', { text: 'x' }));
    expect(refusal).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: channel [json-pointer:]'] },
    });
  });

  it('conversations.info needs a read scope and tells whether the bot is a member', async () => {
    const workspace = await openWorkspace({ scopes: ['chat:write', 'channels:read'] });
    const client = clientOf(workspace);
    const { channel } = await client.conversations.info({ channel: workspace.channels.random.id });
    expect(channel).toMatchObject({ id: 'C000RANDOM', name: 'random', is_member: false, is_private: false });
    const hidden = await refusalOf(client.conversations.info({ channel: workspace.channels.secret.id }));
    expect(hidden.error).toBe('channel_not_found');
    const appDm = await refusalOf(client.conversations.info({ channel: workspace.channels.app.id }));
    expect(appDm.error).toBe('missing_scope');
  });

  it('keeps a log of calls that holds neither tokens nor signatures', async () => {
    const wireLog = createWireLog();
    const workspace = await openWorkspace({ wireLog });
    const url = 'http://127.0.0.1:9/1.png?X-Amz-Security-Token=abc&X-Amz-Signature=def';
    const body = new URLSearchParams({ token: workspace.botToken, channel: 'C0MARKETNG', text: `see ${url}` });
    await fetch(`${workspace.apiUrl}chat.postMessage`, { method: 'POST', body });
    expect(workspace.calls()).toMatchObject([
      { method: 'chat.postMessage', ok: true, arguments: { text: `see ${url}` } },
    ]);
    expect(JSON.stringify(workspace.calls())).not.toContain(workspace.botToken);
    expect(wireLog.entries()).toMatchObject([{ service: 'slack', direction: 'in', status: 'ok' }]);
    expect(JSON.stringify(wireLog.entries())).not.toMatch(/xoxb-|abc|def/);
  });

  it('tells the arguments that a form carries as text as what they are', async () => {
    const workspace = await openWorkspace();
    const blocks = [{ type: 'divider' }];
    await clientOf(workspace).chat.postMessage({ channel: 'C0MARKETNG', text: 'x', blocks });
    expect(workspace.calls()[0]?.arguments).toEqual({ channel: 'C0MARKETNG', text: 'x', blocks });
  });
});
