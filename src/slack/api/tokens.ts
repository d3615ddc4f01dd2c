import { z } from 'zod';
import { refusalCode } from './slack-errors.js';

/** What the bot token must be granted: the scopes of manifest.yml, which does not travel with the built app. */
export const botScopes = ['commands', 'chat:write', 'chat:write.public', 'files:write'] as const;

/** What `IMAGE_INPUT=on` needs besides. */
export const fileScope = 'files:read';

/** Of auth.test: web-api puts the header x-oauth-scopes here. */
export const grantedSchema = z.object({ scopes: z.array(z.string()).optional() }).optional();

export const botTokenAdvice = "Copy the Bot User OAuth Token from your app's page, under OAuth & Permissions.";
const appTokenAdvice =
  "Make one with the scope connections:write on your app's page, under Basic Information → App-Level Tokens.";

/** What the operator does about a refused bot token. https://docs.slack.dev/reference/methods/auth.test#errors */
export function explainBotToken(error: string): string {
  if (error === 'account_inactive' || error === 'token_revoked') {
    return `SLACK_BOT_TOKEN: the app is no longer installed, or the token was revoked (${error}). Install the app again and copy the new token.`;
  }
  return `SLACK_BOT_TOKEN: Slack does not accept this token (${error}). ${botTokenAdvice}`;
}

/** What the operator does about a refused app token. https://docs.slack.dev/reference/methods/apps.connections.open#errors */
export function explainAppToken(error: string): string {
  if (error === 'missing_scope') return `SLACK_APP_TOKEN: the token lacks connections:write. ${appTokenAdvice}`;
  if (error === 'forbidden_team' || error === 'access_denied') {
    return `SLACK_APP_TOKEN: Slack does not let this app open a socket (${error}). Is Socket Mode switched on, on your app's page?`;
  }
  return `SLACK_APP_TOKEN: Slack does not accept this token (${error}). ${appTokenAdvice}`;
}

const outages = ['internal_error', 'fatal_error', 'service_unavailable', 'request_timeout'];
/** Asked too often or from another network, or the workspace is being moved into an organization. */
const obstacles = ['ratelimited', 'accesslimited', 'team_added_to_org', 'org_login_required'];

/** Slack's word for refusing a token; undefined if the call failed in another way, and the token may be right. */
export function tokenRefusal(error: unknown): string | undefined {
  const code = refusalCode(error);
  return ['', ...outages, ...obstacles].includes(code) ? undefined : code;
}
