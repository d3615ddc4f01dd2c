import { webApi } from '@slack/bolt';
import { z } from 'zod';
import { type Check, type Finding, fix, note, ok } from '../core/check.js';
import { botScopes } from './scopes.js';

const authSchema = z.object({
  team: z.string(),
  user: z.string(),
  bot_id: z.string().optional(),
  /** web-api puts the header x-oauth-scopes here. */
  response_metadata: z.object({ scopes: z.array(z.string()).optional() }).optional(),
});

/** Whose the bot token is, and whether all scopes of the manifest were granted to it. */
export function createBotTokenCheck(client: webApi.WebClient): Check {
  return createSlackCheck({
    explain: explainBotToken,
    async look() {
      const answer = authSchema.parse(await client.auth.test());
      if (!answer.bot_id) return [fix(`SLACK_BOT_TOKEN: this token is not a bot's. ${botTokenAdvice}`)];
      const whose = ok(`Slack: the bot token is accepted, for @${answer.user} in ${answer.team}`);
      return [whose, ...judgeScopes(answer.response_metadata?.scopes)];
    },
  });
}

function judgeScopes(granted: readonly string[] | undefined): Finding[] {
  if (!granted) return [note('scopes: Slack did not say which scopes the bot token has.')];
  const missing = botScopes.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return [ok('scopes: all that the manifest asks for are granted')];
  const are = missing.length === 1 ? 'is missing. Add it' : 'are missing. Add them';
  return [fix(`scopes: ${missing.join(', ')} ${are} under OAuth & Permissions and reinstall the app.`)];
}

/** The app-level token of Socket Mode: an address is asked for, and no socket opened. */
export function createAppTokenCheck(client: webApi.WebClient): Check {
  return createSlackCheck({
    explain: explainAppToken,
    async look() {
      await client.apps.connections.open();
      return [ok('Slack: the app token opens Socket Mode')];
    },
  });
}

const botTokenAdvice = "Copy the Bot User OAuth Token from your app's page, under OAuth & Permissions.";
const appTokenAdvice =
  "Make one with the scope connections:write on your app's page, under Basic Information → App-Level Tokens.";

/** https://docs.slack.dev/reference/methods/auth.test#errors */
function explainBotToken(error: string): string {
  if (error === 'account_inactive' || error === 'token_revoked') {
    return `SLACK_BOT_TOKEN: the app is no longer installed, or the token was revoked (${error}). Install the app again and copy the new token.`;
  }
  return `SLACK_BOT_TOKEN: Slack does not accept this token (${error}). ${botTokenAdvice}`;
}

/** https://docs.slack.dev/reference/methods/apps.connections.open#errors */
function explainAppToken(error: string): string {
  if (error === 'missing_scope') return `SLACK_APP_TOKEN: the token lacks connections:write. ${appTokenAdvice}`;
  if (error === 'forbidden_team' || error === 'access_denied') {
    return `SLACK_APP_TOKEN: Slack does not let this app open a socket (${error}). Is Socket Mode switched on, on your app's page?`;
  }
  return `SLACK_APP_TOKEN: Slack does not accept this token (${error}). ${appTokenAdvice}`;
}

/** These say that Slack has trouble, not that the token is wrong. */
const troubles = new Set(['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout']);

interface SlackCheck {
  look(): Promise<readonly Finding[]>;
  /** What to do about a refusal, by Slack's code for it. */
  explain(error: string): string;
}

function createSlackCheck({ look, explain }: SlackCheck): Check {
  return {
    subject: 'Slack',
    async look() {
      try {
        return await look();
      } catch (error) {
        if (error instanceof webApi.WebAPIRateLimitedError) {
          return [note(`Slack: it was asked too often just now. Run this again in ${error.retryAfter} seconds.`)];
        }
        if (!(error instanceof webApi.WebAPIPlatformError) || troubles.has(error.data.error)) throw error;
        return [fix(explain(error.data.error))];
      }
    },
  };
}
