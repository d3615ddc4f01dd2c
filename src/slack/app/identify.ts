import { webApi } from '@slack/bolt';
import { z } from 'zod';
import { ConfigurationError } from '../../core/errors.js';
import { explainBotToken } from '../api/token-advice.js';

export interface SlackIdentity {
  botId: string;
  botUserId: string;
  /** The workspace, or the whole organization where the app is installed there: the first folder of every key. */
  installId: string;
  /** The workspace, or the organization if the app is installed there. */
  teamId: string;
  /** The organization that the workspace belongs to. */
  enterpriseId: string | undefined;
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
    const { bot_id: botId, user_id: botUserId, team_id: teamId } = answer;
    const enterpriseId = answer.enterprise_id ?? undefined;
    const installId = (answer.is_enterprise_install && enterpriseId) || teamId;
    return { botId, botUserId, installId, teamId, enterpriseId };
  } catch (error) {
    if (error instanceof webApi.WebAPIPlatformError && refusals.has(error.data.error)) {
      throw new ConfigurationError([explainBotToken(error.data.error)]);
    }
    throw error;
  }
}
