import type { Workspace } from '../workspace/driver.js';
import type { Channel } from '../workspace/model.js';
import type { PageContext } from './page-context.js';
import type { AppStatus, Screen, ShownChannel } from './protocol.js';

/** What this person's screen holds at this moment. */
export function readScreen(context: PageContext, user: string): Screen {
  const { sandbox, installed, troubles, switches } = context;
  const { workspace } = sandbox;
  const { app, team } = workspace;
  return {
    team: team.name,
    app: { name: app.name, botId: app.botId, botUserId: app.botUserId, status: statusOf(context) },
    people: workspace.everyone(),
    channels: workspace
      .everyChannel()
      .filter(({ members }) => members.has(user))
      .map((channel) => showChannel(workspace, channel, user)),
    ...installed,
    view: workspace.openView(user) ?? null,
    troubles: troubles.shown(),
    switches: switches.shown(),
  };
}

function statusOf({ app, sandbox }: PageContext): AppStatus {
  if (!app.isRunning()) return 'stopped';
  return sandbox.workspace.connections() > 0 ? 'connected' : 'connecting';
}

function showChannel(workspace: Workspace, { id, name, kind, members }: Channel, user: string): ShownChannel {
  return {
    id,
    name,
    kind,
    members: [...members],
    hasApp: members.has(workspace.app.botUserId),
    latest: workspace.messages(id, { as: user }).at(-1)?.ts ?? '',
  };
}
