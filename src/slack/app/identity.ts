import { webApi } from '@slack/bolt';
import { z } from 'zod';
import { ConfigurationError } from '../../core/errors.js';
import type { Log } from '../../core/log.js';
import { within } from '../api/listen.js';
import { explainBotToken, isOutage } from '../api/tokens.js';
import type { WebClients } from '../api/web-clients.js';
import type { IsExternalUser } from '../deps.js';

const identitySchema = z.object({
  bot_id: z.string(),
  user_id: z.string(),
  team_id: z.string(),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().nullish(),
});

/** Who the bot token belongs to. @throws ConfigurationError if Slack refuses the token */
export async function identify(client: webApi.WebClient) {
  try {
    const answer = identitySchema.parse(await client.auth.test());
    const { bot_id: botId, user_id: botUserId, team_id: teamId } = answer;
    const enterpriseId = answer.enterprise_id ?? undefined;
    const installId = (answer.is_enterprise_install && enterpriseId) || teamId; // the first folder of every key
    return { botId, botUserId, installId, teamId, enterpriseId };
  } catch (error) {
    if (!(error instanceof webApi.WebAPIPlatformError) || isOutage(error.data.error)) throw error;
    throw new ConfigurationError([explainBotToken(error.data.error)]);
  }
}

export type SlackIdentity = Awaited<ReturnType<typeof identify>>;

/** Slack waits 3 seconds for the acknowledgement, which comes after this. */
const maxMilliseconds = 1500;
/** Someone who keeps clicking must not use up the 20 calls per minute that Slack allows. */
const minGapMilliseconds = 30_000;

/**
 * Recognizes users of another company, who see the app's messages in a shared channel. In an Enterprise organization
 * `user.team_id` can be any of its workspaces, and no payload says whose workspace that is. So an unknown one is looked up
 * among those where the app may be used, and a user of any other is refused.
 * https://docs.slack.dev/reference/methods/auth.teams.list
 */
export function createIsExternalUser(
  { teamId, enterpriseId }: Pick<SlackIdentity, 'teamId' | 'enterpriseId'>,
  { clients, log, now }: { clients: WebClients; log: Log; now(): Date },
): IsExternalUser {
  const known = new Set([teamId, enterpriseId]);
  let askedAt = Number.NEGATIVE_INFINITY;

  async function learnTeams(): Promise<void> {
    let cursor: string | undefined;
    do {
      const page = await clients.once.auth.teams.list({ limit: 1000, ...(cursor && { cursor }) });
      for (const { id } of page.teams ?? []) known.add(id);
      cursor = page.response_metadata?.next_cursor;
    } while (cursor);
  }

  return async ({ userTeamId, ...source }) => {
    if (!userTeamId || known.has(userTeamId)) return false;
    if (enterpriseId === undefined) return true;
    if (source.teamId === userTeamId && source.enterpriseId === enterpriseId) return false;
    if (now().getTime() - askedAt < minGapMilliseconds) return true;
    askedAt = now().getTime();
    await within(maxMilliseconds, learnTeams(), (error) =>
      log.warn('could not list the workspaces of the organization', { error }),
    );
    return !known.has(userTeamId);
  };
}
