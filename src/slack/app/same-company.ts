import type { Log } from '../../core/log.js';
import type { WebClients } from '../api/web-clients.js';
import { within } from '../api/within.js';
import type { SlackIdentity } from './identify.js';

/** Where a payload says that a person belongs, and what it says of the message or command itself. */
export interface Origin {
  /** The person's workspace or organization; in a shared channel perhaps another company's. */
  personTeamId: string | undefined;
  teamId: string | undefined;
  enterpriseId: string | undefined;
}

export type IsStranger = (origin: Origin) => Promise<boolean>;

/** Slack waits 3 seconds for the acknowledgement, which comes after this. */
const maxMilliseconds = 1500;
/** A stranger who presses again and again must not use up the 20 calls a minute that Slack allows. */
const minGapMilliseconds = 30_000;

/**
 * Tells people of another company, who see the app's messages in a shared channel. In an Enterprise organization
 * `user.team_id` can be any of its workspaces, and no payload says whose workspace that is; so one that is not known is
 * looked for among those where the app may be used, and a person of any other is not served.
 * https://docs.slack.dev/reference/methods/auth.teams.list
 */
export function createIsStranger(
  { teamId, enterpriseId }: Pick<SlackIdentity, 'teamId' | 'enterpriseId'>,
  { clients, log, now }: { clients: WebClients; log: Log; now(): Date },
): IsStranger {
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

  return async ({ personTeamId, ...source }) => {
    if (personTeamId === undefined || known.has(personTeamId)) return false;
    if (enterpriseId === undefined) return true;
    if (source.teamId === personTeamId && source.enterpriseId === enterpriseId) return false;
    if (now().getTime() - askedAt < minGapMilliseconds) return true;
    askedAt = now().getTime();
    await within(maxMilliseconds, learnTeams(), (error) =>
      log.warn('the workspaces of the organization are not known', { error }),
    );
    return !known.has(personTeamId);
  };
}
