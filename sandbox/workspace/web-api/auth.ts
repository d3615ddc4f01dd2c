import type { Context } from '../context.js';
import type { JsonObject } from '../model.js';
import type { Methods } from './method.js';

function authTest({ state: { team, enterprise, app } }: Context): JsonObject {
  const isInstalled = enterprise?.isInstalled ?? false;
  return {
    url: `https://${team.domain}.slack.com/`,
    team: team.name,
    user: app.name,
    team_id: isInstalled ? enterprise?.id : team.id,
    ...(enterprise && { enterprise_id: enterprise.id }),
    user_id: app.botUserId,
    bot_id: app.botId,
    is_enterprise_install: isInstalled,
  };
}

/** For an app that is not installed in an organization, its one workspace. */
function authTeamsList({ state: { team, enterprise } }: Context): JsonObject {
  const others = enterprise?.isInstalled ? enterprise.otherTeams : [];
  return { teams: [team, ...others].map(({ id, name }) => ({ id, name })) };
}

/** https://docs.slack.dev/reference/methods */
export const authMethods: Methods = {
  'auth.test': { run: authTest },
  'auth.teams.list': { run: authTeamsList },
  'apps.connections.open': { isOfApp: true, run: (context) => ({ url: context.sockets.issueUrl() }) },
};
