import { ApiError } from './api-error.js';
import type { Ids } from './state.js';

const triggerLifeMs = 3000; // https://docs.slack.dev/interactivity/handling-user-interaction

export type Triggers = ReturnType<typeof createTriggers>;

/** Who acted, and in which view if it was in one. */
interface Trigger {
  user: string;
  viewId?: string | undefined;
}

/** A trigger ID opens or pushes one view, for the person who acted, within three seconds. */
export function createTriggers(now: () => Date, ids: Ids) {
  const issued = new Map<string, { from: Trigger; expiresAt: number; isUsed: boolean }>();
  return {
    issue(user: string, viewId?: string): string {
      const id = `${now().getTime()}.${ids.next('').toLowerCase()}`;
      issued.set(id, { from: { user, viewId }, expiresAt: now().getTime() + triggerLifeMs, isUsed: false });
      return id;
    },
    /** Throws `invalid_trigger_id`, `exchanged_trigger_id` or `expired_trigger_id`. */
    exchange(triggerId: string): Trigger {
      const trigger = issued.get(triggerId);
      if (!trigger) throw new ApiError('invalid_trigger_id');
      if (trigger.isUsed) throw new ApiError('exchanged_trigger_id');
      if (now().getTime() > trigger.expiresAt) throw new ApiError('expired_trigger_id');
      trigger.isUsed = true;
      return trigger.from;
    },
  };
}

/** What an interaction came from, and so what its response URL can touch. */
export interface Origin {
  kind: 'commands' | 'actions' | 'app';
  channel: string;
  user: string;
  /** The clicked message; commands and shortcuts have none. */
  messageTs?: string | undefined;
}

/** https://docs.slack.dev/interactivity/handling-user-interaction: five uses within half an hour */
const maxUses = 5;
const urlLifeMs = 30 * 60 * 1000;

export type ResponseUrls = ReturnType<typeof createResponseUrls>;

export function createResponseUrls(teamId: string, now: () => Date, ids: Ids) {
  const issued = new Map<string, { origin: Origin; expiresAt: number; uses: number }>();
  return {
    /** The path of a new URL, like Slack's own on hooks.slack.com: `/commands/T…/…`. */
    issue(origin: Origin): string {
      const path = `/${origin.kind}/${teamId}/${ids.next('r')}`;
      issued.set(path, { origin, expiresAt: now().getTime() + urlLifeMs, uses: 0 });
      return path;
    },
    use(path: string): { origin: Origin } | { error: 'used_url' | 'expired_url' | 'no_such_url' } {
      const known = issued.get(path);
      if (!known) return { error: 'no_such_url' };
      if (now().getTime() > known.expiresAt) return { error: 'expired_url' };
      if (known.uses >= maxUses) return { error: 'used_url' };
      known.uses += 1;
      return { origin: known.origin };
    },
  };
}
