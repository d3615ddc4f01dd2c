import { webApi } from '@slack/bolt';
import { z } from 'zod';
import { ConfigurationError } from '../core/errors.js';

export interface SlackIdentity {
  botId: string;
  botUserId: string;
  /** The workspace, or the whole organization where the app is installed there: the first folder of every key. */
  installId: string;
  /** The people of this workspace; undefined where a whole organization's may use the app. */
  teamId: string | undefined;
}

const identitySchema = z.object({
  bot_id: z.string(),
  user_id: z.string(),
  team_id: z.string(),
  enterprise_id: z.string().nullish(),
  is_enterprise_install: z.boolean().nullish(),
});

/** What no retry mends: https://docs.slack.dev/reference/methods/auth.test#errors */
const refusals = new Set([
  'invalid_auth',
  'not_authed',
  'account_inactive',
  'token_revoked',
  'token_expired',
  'not_allowed_token_type',
]);

/** Who the bot token belongs to. Throws `ConfigurationError` where Slack refuses it. */
export async function identify(client: webApi.WebClient): Promise<SlackIdentity> {
  try {
    const answer = identitySchema.parse(await client.auth.test());
    const installId = (answer.is_enterprise_install && answer.enterprise_id) || answer.team_id;
    const teamId = answer.enterprise_id ? undefined : answer.team_id;
    return { botId: answer.bot_id, botUserId: answer.user_id, installId, teamId };
  } catch (error) {
    if (error instanceof webApi.WebAPIPlatformError && refusals.has(error.data.error)) {
      throw new ConfigurationError([
        `SLACK_BOT_TOKEN: Slack does not accept this token (${error.data.error}). Copy the Bot User OAuth Token from your app's page, under OAuth & Permissions.`,
      ]);
    }
    throw error;
  }
}
