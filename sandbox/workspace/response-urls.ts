import { forgetExpired } from './forget-expired.js';
import type { Ids } from './ids.js';

/** What an interaction came from, and so what its response URL can touch. */
export interface Origin {
  kind: 'command' | 'button' | 'shortcut';
  channel: string;
  user: string;
  /** The clicked message; commands and shortcuts have none. */
  messageTs?: string | undefined;
}

export interface ResponseUrls {
  /** The path of a new URL: `/commands/T…/1/…`. */
  issue(origin: Origin): string;
  /** Counts as one use. https://docs.slack.dev/interactivity/handling-user-interaction: five within half an hour. */
  use(path: string): { origin: Origin } | { error: 'used_url' | 'expired_url' | 'no_such_url' };
}

const maximumUses = 5;
const lifeMs = 30 * 60 * 1000;

/** The first part of Slack's own paths on hooks.slack.com. */
const folders = { command: 'commands', button: 'actions', shortcut: 'app' };

export function createResponseUrls(teamId: string, now: () => Date, ids: Ids): ResponseUrls {
  const issued = new Map<string, { origin: Origin; expiresAt: number; uses: number }>();
  let count = 0;
  return {
    issue(origin) {
      count += 1;
      forgetExpired(issued, now().getTime());
      const path = `/${folders[origin.kind]}/${teamId}/${count}/${ids.next('r')}`;
      issued.set(path, { origin, expiresAt: now().getTime() + lifeMs, uses: 0 });
      return path;
    },
    use(path) {
      const known = issued.get(path);
      if (!known) return { error: 'no_such_url' };
      if (now().getTime() > known.expiresAt) return { error: 'expired_url' };
      if (known.uses >= maximumUses) return { error: 'used_url' };
      known.uses += 1;
      return { origin: known.origin };
    },
  };
}
