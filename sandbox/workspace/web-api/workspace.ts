import { z } from 'zod';
import { ApiError } from '../api-error.js';
import type { Context } from '../context.js';
import { visibleChannel } from '../conversations.js';
import type { JsonObject } from '../model.js';
import { type Methods, parseArguments } from './method.js';

const readScopes = { public: 'channels:read', private: 'groups:read', direct: 'im:read', app: 'im:read' };

function authTest(context: Context): JsonObject {
  const { team, enterprise, app } = context.state;
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

/** Of an app that is not installed in an organization, its one workspace. */
function authTeamsList({ state: { team, enterprise } }: Context): JsonObject {
  const others = enterprise?.isInstalled ? enterprise.otherTeams : [];
  return { teams: [team, ...others].map(({ id, name }) => ({ id, name })) };
}

function conversationsInfo(context: Context, given: JsonObject): JsonObject {
  const { channel: id } = parseArguments(z.object({ channel: z.string() }), given);
  const { scopes } = context.credentials;
  const refused = new ApiError('missing_scope', {
    needed: 'channels:read,groups:read,mpim:read,im:read',
    provided: scopes.join(','),
  });
  if (!Object.values(readScopes).some((scope) => scopes.includes(scope))) throw refused;
  const channel = visibleChannel(context, id);
  if (!scopes.includes(readScopes[channel.kind])) throw refused;
  const isDirect = channel.kind === 'direct' || channel.kind === 'app';
  const common = { id: channel.id, is_im: isDirect, is_archived: channel.isArchived };
  if (isDirect)
    return {
      channel: { ...common, user: [...channel.members].find((member) => member !== context.state.app.botUserId) },
    };
  return {
    channel: {
      ...common,
      name: channel.name,
      name_normalized: channel.name,
      is_channel: channel.kind === 'public',
      is_group: channel.kind === 'private',
      is_private: channel.kind === 'private',
      is_mpim: false,
      is_member: channel.members.has(context.state.app.botUserId),
      context_team_id: context.state.team.id,
    },
  };
}

/** https://docs.slack.dev/reference/methods */
export const workspaceMethods: Methods = {
  'auth.test': { token: 'bot', run: authTest },
  'auth.teams.list': { token: 'bot', run: authTeamsList },
  'conversations.info': { token: 'bot', run: conversationsInfo },
  'apps.connections.open': { token: 'app', run: (context) => ({ url: context.sockets.issueUrl() }) },
};
