import { type Logger, webApi } from '@slack/bolt';
import { z } from 'zod';
import { ConfigurationError } from '../../core/errors.js';
import { within } from '../api/listen.js';
import { explainBotToken, grantedSchema, tokenRefusal } from '../api/tokens.js';
import { type SlackConnection, slackClientOptions } from '../api/web-clients.js';
import type { SlackDeps } from '../deps.js';

const identitySchema = z.object({
  bot_id: z.string(),
  user_id: z.string(),
  /** The workspace, or the organization if the app is installed there. */
  team_id: z.string(),
  /** The organization that the workspace belongs to. */
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().nullish(),
  response_metadata: grantedSchema,
});

/** Who the bot token belongs to. @throws ConfigurationError if Slack refuses the token */
export async function identify(connection: SlackConnection, logger: Logger) {
  // at start nothing else waits for Slack: a rate limit is waited out, however long it is
  const client = new webApi.WebClient(connection.botToken, slackClientOptions(connection, logger));
  try {
    const answer = identitySchema.parse(await client.auth.test());
    const { bot_id: botId, user_id: botUserId, team_id: teamId } = answer;
    const enterpriseId = answer.enterprise_id ?? undefined;
    const installId = answer.is_enterprise_install && enterpriseId ? enterpriseId : teamId; // the first folder of every key
    /** Left out if Slack does not say. */
    const scopes = answer.response_metadata?.scopes;
    return { botId, botUserId, installId, teamId, enterpriseId, scopes };
  } catch (error) {
    const code = tokenRefusal(error);
    throw code ? new ConfigurationError([explainBotToken(code)]) : error;
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
  { clients, log, now }: Pick<SlackDeps, 'clients' | 'log' | 'now'>,
): SlackDeps['isExternalUser'] {
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
    if (userTeamId == null || known.has(userTeamId)) return false;
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
