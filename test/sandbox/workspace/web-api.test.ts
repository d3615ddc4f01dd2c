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

  it('takes a JSON body or a form with the token in it, and refuses anything else', async () => {
    const workspace = await openWorkspace();
    const post = async (body: string | URLSearchParams, headers: Record<string, string> = {}) => {
      const answer = await fetch(`${workspace.apiUrl}chat.postMessage`, { method: 'POST', headers, body });
      return answer.json();
    };
    const json = { 'content-type': 'application/json', authorization: `Bearer ${workspace.botToken}` };
    const message = { channel: 'C0MARKETNG', text: 'x', blocks: [{ type: 'divider' }] };
    expect(await post(JSON.stringify(message), json)).toMatchObject({ ok: true, message: { text: 'x' } });
    const form = { ...message, blocks: JSON.stringify(message.blocks), token: workspace.botToken };
    expect(await post(new URLSearchParams(form))).toMatchObject({ ok: true });
    expect(workspace.calls()[1]?.arguments).toEqual(message);
    expect(await post('{', json)).toEqual({ ok: false, error: 'invalid_json' });
    expect(await post('')).toEqual({ ok: false, error: 'not_authed' });
    expect(await post(new URLSearchParams({ token: 'xoxb-other' }))).toEqual({ ok: false, error: 'invalid_auth' });
  });

  it('names the missing scope and the granted ones', async () => {
    const workspace = await openWorkspace({ scopes: ['commands'] });
    const refusal = await refusalOf(clientOf(workspace).chat.postMessage({ channel: 'C0MARKETNG', text: 'x' }));
    expect(refusal).toMatchObject({ error: 'missing_scope', needed: 'chat:write', provided: 'commands' });
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

  it('does not know methods that it does not serve', async () => {
    const workspace = await openWorkspace();
    const refusal = await refusalOf(clientOf(workspace).apiCall('chat.shout'));
    expect(refusal).toMatchObject({ error: 'unknown_method', req_method: 'chat.shout' });
  });

  it('names an argument that is missing', async () => {
    const workspace = await openWorkspace();
    const refusal = await refusalOf(clientOf(workspace).apiCall('chat.postMessage', { text: 'x' }));
    expect(refusal).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages: ['[ERROR] missing required field: channel [json-pointer:]'] },
    });
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
});
