import { webApi } from '@slack/bolt';
import { z } from 'zod';
import { type CheckResult, fix, networkCodeOf, note, ok } from '../core/check-result.js';
import {
  botScopes,
  botTokenAdvice,
  explainAppToken,
  explainBotToken,
  fileScope,
  grantedSchema,
  tokenRefusal,
} from '../slack/api/tokens.js';
import type { Check } from './check.js';

const authSchema = z.object({
  team: z.string(),
  user: z.string(),
  bot_id: z.string().optional(),
  response_metadata: grantedSchema,
});

/** Whose the bot token is, and whether all scopes of the manifest were granted to it, and those that settings need. */
export function createBotTokenCheck(client: webApi.WebClient, readsFiles: boolean): Check {
  const needed = [...botScopes, ...(readsFiles ? [fileScope] : [])];
  return {
    subject: 'Slack',
    explain: explainRefusal(explainBotToken),
    async run() {
      const answer = authSchema.parse(await client.auth.test());
      if (!answer.bot_id) return [fix(`SLACK_BOT_TOKEN: this is not a bot's token. ${botTokenAdvice}`)];
      const whose = ok(`Slack: the bot token is accepted, for @${answer.user} in ${answer.team}`);
      return [whose, judgeScopes(needed, answer.response_metadata?.scopes)];
    },
  };
}

function judgeScopes(needed: readonly string[], granted: readonly string[] | undefined): CheckResult {
  if (!granted) return note('scopes: Slack did not say which scopes the bot token has.');
  const missing = needed.filter((scope) => !granted.includes(scope));
  if (missing.length === 0) return ok('scopes: all that the manifest asks for are granted');
  const are = missing.length === 1 ? 'is missing. Add it' : 'are missing. Add them';
  return fix(`scopes: ${missing.join(', ')} ${are} under OAuth & Permissions and reinstall the app.`);
}

/** The app-level token of Socket Mode: an address is asked for, and no socket opened. */
export function createAppTokenCheck(client: webApi.WebClient): Check {
  return {
    subject: 'Slack',
    explain: explainRefusal(explainAppToken),
    run: async () => [await client.apps.connections.open().then(() => ok('Slack: the app token opens Socket Mode'))],
  };
}

/** @param whatToDo about a refusal, by Slack's code for it */
function explainRefusal(whatToDo: (code: string) => string): NonNullable<Check['explain']> {
  return (error) => {
    if (error instanceof webApi.WebAPIRateLimitedError) {
      return note(`Slack: it was asked too often. Run this again in ${error.retryAfter} seconds.`);
    }
    if (error instanceof webApi.WebAPIRequestError && !networkCodeOf(error)) {
      return fix('Slack: no connection. Check SLACK_API_URL and your network.'); // such as a port that fetch refuses
    }
    const code = tokenRefusal(error);
    return code === undefined ? undefined : fix(whatToDo(code));
  };
}
