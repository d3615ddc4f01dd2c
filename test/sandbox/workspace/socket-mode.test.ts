import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Workspace } from '../../../sandbox/workspace/driver.js';
import { clientOf, gather, openWorkspace } from './helpers.js';

async function ticket(workspace: Workspace): Promise<string> {
  const client = clientOf(workspace);
  const { url } = await client.apps.connections.open({ token: workspace.appToken });
  return String(url);
}

interface Connection {
  socket: WebSocket;
  received: Record<string, unknown>[];
}

const acknowledge = ({ socket, received }: Connection): void =>
  socket.send(JSON.stringify({ envelope_id: received.at(-1)?.envelope_id, payload: {} }));

/** A bare socket that gathers what it is sent. */
async function connect(workspace: Workspace): Promise<Connection> {
  const socket = new WebSocket(await ticket(workspace));
  const received: Record<string, unknown>[] = [];
  socket.on('message', (data) => received.push(JSON.parse(data.toString())));
  await once(socket, 'message');
  return { socket, received };
}

const ask = (workspace: Workspace) =>
  workspace.command({ user: workspace.people.ana.id, channel: 'C0MARKETNG', text: 'a red fox' });

describe('Socket Mode', () => {
  it('says hello with the app and the number of connections', async () => {
    const workspace = await openWorkspace();
    await connect(workspace);
    const { received } = await connect(workspace);
    expect(received[0]).toMatchObject({ type: 'hello', num_connections: 2, connection_info: { app_id: 'A0SANDBOX1' } });
    expect(workspace.connections()).toBe(2);
  });

  it('lets a ticket in once', async () => {
    const workspace = await openWorkspace();
    const url = await ticket(workspace);
    await once(new WebSocket(url), 'open');
    const [error] = await once(new WebSocket(url), 'error');
    expect(String(error)).toContain('401');
  });

  it('wraps a payload in an envelope and waits for its id', async () => {
    const workspace = await openWorkspace();
    const connection = await connect(workspace);
    const { socket, received } = connection;
    const asked = ask(workspace);
    await once(socket, 'message');
    expect(received[1]).toMatchObject({
      type: 'slash_commands',
      accepts_response_payload: true,
      payload: { command: '/imagine', text: 'a red fox' },
    });
    socket.send('no JSON');
    socket.send(JSON.stringify({ envelope_id: 'another', payload: {} }));
    acknowledge(connection);
    expect(await asked).toMatchObject({ acknowledged: true, ack: {} });
  });

  it('fails with dispatch_failed without an app, and operation_timeout without its acknowledgement', async () => {
    const workspace = await openWorkspace({ settings: { acknowledgementMs: 50 } });
    expect(await ask(workspace)).toEqual({ acknowledged: false, failure: 'dispatch_failed' });
    await connect(workspace);
    expect(await ask(workspace)).toEqual({ acknowledged: false, failure: 'operation_timeout' });
  });

  it('sends each payload through one connection, chosen at random', async () => {
    let choice = 0;
    const workspace = await openWorkspace({ random: () => choice });
    const connections = [await connect(workspace), await connect(workspace)];
    for (const connection of connections) connection.socket.on('message', () => acknowledge(connection));
    await ask(workspace);
    choice = 0.99;
    await ask(workspace);
    await ask(workspace);
    const commands = connections.map(({ received }) => received.filter(({ type }) => type === 'slash_commands').length);
    expect(commands).toEqual([1, 2]);
  });

  it.each([
    ['before_envelope', [], 'operation_timeout'],
    ['with_envelope', ['slash_commands', 'disconnect'], 'operation_timeout'],
    ['before_ack', ['slash_commands'], 'operation_timeout'],
    ['after_ack', ['slash_commands'], undefined],
  ] as const)('drops a connection on demand: %s', async (moment, types, failure) => {
    const workspace = await openWorkspace({ settings: { acknowledgementMs: 200 } });
    const connection = await connect(workspace);
    const { socket, received } = connection;
    socket.on('message', () => {
      const { type } = received.at(-1) ?? {};
      if (type === 'disconnect') socket.close();
      else if (moment !== 'with_envelope') acknowledge(connection);
    });
    workspace.faults.deliveries.add({ kind: 'drop', moment });
    const answer = await ask(workspace);
    await workspace.waitFor(() => workspace.connections() === 0);
    expect(received.slice(1).map(({ type }) => type)).toEqual(types);
    expect(answer).toMatchObject(failure ? { acknowledged: false, failure } : { acknowledged: true });
  });

  it('a Bolt app leaves when told to, and the workspace sees it go', async () => {
    const workspace = await openWorkspace();
    await gather(workspace);
    await workspace.waitForApp();
    workspace.disconnect('refresh_requested');
    await workspace.waitFor(() => workspace.connections() === 0, { describe: 'the app to go' });
  });
});
