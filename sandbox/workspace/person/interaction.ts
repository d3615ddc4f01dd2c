import type { Context } from '../context.js';
import type { Channel, JsonObject, Person } from '../model.js';
import type { Origin } from '../response-urls.js';

/** Deprecated by Slack, still in every payload. */
export const verificationToken = 'sandbox-verification-token';

export function knownPerson({ state }: Context, id: string): Person {
  const person = state.people.get(id);
  if (!person) throw new Error(`There is nobody with the id ${id}.`);
  return person;
}

/** The channel, if this person is in it: only there can they see or do anything. */
export function joinedChannel({ state }: Context, id: string, user: string): Channel {
  const channel = state.channels.get(id);
  if (!channel) throw new Error(`There is no channel with the id ${id}.`);
  if (!channel.members.has(user)) throw new Error(`${user} is not in ${channel.name || id}.`);
  return channel;
}

/** The name under which payloads tell a channel: private ones do not give theirs away. */
export function toldName({ kind, name }: Channel): string {
  if (kind === 'public') return name;
  return kind === 'private' ? 'privategroup' : 'directmessage';
}

export const newResponseUrl = (context: Context, origin: Origin): string =>
  context.url() + context.responseUrls.issue(origin);

export function enterpriseFields({ state: { enterprise } }: Context): JsonObject {
  return enterprise ? { enterprise_id: enterprise.id, enterprise_name: enterprise.name } : {};
}

/** The fields that all interactions share. https://docs.slack.dev/reference/interaction-payloads */
export function interaction(context: Context, type: string, person: Person): JsonObject {
  const { team, enterprise, app } = context.state;
  return {
    type,
    token: verificationToken,
    team: { id: team.id, domain: team.domain, ...enterpriseFields(context) },
    user: { id: person.id, username: person.name, name: person.name, team_id: person.teamId ?? team.id },
    api_app_id: app.id,
    enterprise: enterprise ? { id: enterprise.id, name: enterprise.name } : null,
    is_enterprise_install: enterprise?.isInstalled ?? false,
  };
}
