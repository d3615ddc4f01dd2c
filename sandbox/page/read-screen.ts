import type { Channel } from '../workspace/model.js';
import type { PageContext } from './page-context.js';
import type { AppStatus, Screen, ShownChannel } from './protocol.js';

/** What this person's screen holds at this moment. */
export function readScreen(context: PageContext, user: string): Screen {
  const { sandbox, installed, troubles, switches } = context;
  const { workspace } = sandbox;
  const { app, team } = workspace;
  const channels = workspace.everyChannel().filter(({ members }) => members.has(user));
  const newest = (id: string) => workspace.messages(id, { as: user }).at(-1)?.ts ?? '';
  return {
    team: team.name,
    app: { name: app.name, botId: app.botId, botUserId: app.botUserId, status: statusOf(context) },
    people: workspace.everyone(),
    channels: channels.map((channel) => showChannel(channel, app.botUserId)),
    latest: Object.fromEntries(channels.map(({ id }) => [id, newest(id)])),
    commands: installed.commands,
    shortcuts: installed.shortcuts,
    view: workspace.openView(user) ?? null,
    troubles: troubles.shown(),
    switches: switches.shown(),
  };
}

function statusOf({ app, sandbox }: PageContext): AppStatus {
  if (!app.isRunning()) return 'stopped';
  return sandbox.workspace.connections() > 0 ? 'connected' : 'connecting';
}

function showChannel({ id, name, kind, members }: Channel, botUserId: string): ShownChannel {
  return { id, name, kind, members: [...members], hasApp: members.has(botUserId) };
}
