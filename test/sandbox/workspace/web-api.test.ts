import { describe, expect, it } from 'vitest';
import { createWireLog } from '../../../sandbox/wire-log.js';
import { buttons, clientOf, openWorkspace, refusalOf } from './helpers.js';

describe('calling the Web API', () => {
  it('auth.test tells who the bot is and which scopes it has', async () => {
    const workspace = await openWorkspace();
    expect(await clientOf(workspace).auth.test()).toEqual({
      ok: true,
      bot_id: 'B0SANDBOX1',
      is_enterprise_install: false,
      response_metadata: { scopes: ['commands', 'chat:write', 'chat:write.public', 'files:write'] },
      team: 'Sandbox',
      team_id: 'T0SANDBOX1',
      url: 'https://sandbox.slack.com/',
      user: 'imagine',
      user_id: 'U0SANDBOT1',
    });
  });

  it('an organization tells of itself and of its workspaces', async () => {
    const enterprise = { id: 'E0SANDBOX', name: 'Sandbox', otherTeams: [{ id: 'T0SISTER', name: 'Sister' }] };
    const installed = await openWorkspace({ enterprise: { ...enterprise, isInstalled: true } });
    const inOne = await openWorkspace({ enterprise: { ...enterprise, isInstalled: false } });
    const tell = async (workspace: typeof inOne) => {
      const { team_id, enterprise_id, is_enterprise_install } = await clientOf(workspace).auth.test();
      const { teams = [] } = await clientOf(workspace).auth.teams.list();
      return [team_id, enterprise_id, is_enterprise_install, teams.map(({ id }) => id)];
    };
    expect(await tell(installed)).toEqual(['E0SANDBOX', 'E0SANDBOX', true, ['T0SANDBOX1', 'T0SISTER']]);
    expect(await tell(inOne)).toEqual(['T0SANDBOX1', 'E0SANDBOX', false, ['T0SANDBOX1']]);
  });

  it('takes a JSON body or a form with the token in it, and refuses anything else', async () => {
    const workspace = await openWorkspace();
    const post = async (body: string | URLSearchParams, headers: Record<string, string> = {}) => {
      const answer = await fetch(`${workspace.apiUrl}chat.postMessage`, { method: 'POST', headers, body });
      return answer.json();
    };
    const json = { 'content-type': 'application/json', authorization: `Bearer ${workspace.botToken}` };
    const message = { channel: 'C0MARKETNG', text: 'x', blocks: [buttons('pick')] };
    expect(await post(JSON.stringify(message), json)).toMatchObject({ ok: true, message: { text: 'x' } });
    const form = { ...message, blocks: JSON.stringify(message.blocks), token: workspace.botToken };
    expect(await post(new URLSearchParams(form))).toMatchObject({ ok: true });
    expect(workspace.calls()[1]?.arguments).toEqual(message);
    expect(await post('{', json)).toEqual({ ok: false, error: 'invalid_json' });
    expect(await post('')).toEqual({ ok: false, error: 'not_authed' });
    expect(await post(new URLSearchParams({ token: 'xoxb-other' }))).toEqual({ ok: false, error: 'invalid_auth' });
  });

  it('refuses calls without the scope, with the wrong token, of unknown methods and without an argument', async () => {
    const workspace = await openWorkspace();
    const unscoped = await openWorkspace({ scopes: ['commands'] });
    const client = clientOf(workspace);
    const message = { channel: 'C0MARKETNG', text: 'x' };
    const token = workspace.appToken;
    expect(await refusalOf(clientOf(unscoped).chat.postMessage(message))).toMatchObject({
      error: 'missing_scope',
      needed: 'chat:write',
      provided: 'commands',
    });
    expect((await refusalOf(client.chat.postMessage({ ...message, token }))).error).toBe('not_allowed_token_type');
    expect((await refusalOf(client.apps.connections.open({}))).error).toBe('not_allowed_token_type');
    const unknown = { error: 'unknown_method', req_method: 'chat.shout' };
    expect(await refusalOf(client.apiCall('chat.shout'))).toMatchObject(unknown);
    const messages = ['[ERROR] missing required field: channel [json-pointer:]'];
    expect(await refusalOf(client.apiCall('chat.postMessage', { text: 'x' }))).toMatchObject({
      error: 'invalid_arguments',
      response_metadata: { messages },
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
