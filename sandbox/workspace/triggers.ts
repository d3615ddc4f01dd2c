import { ApiError } from './api-error.js';
import { forgetExpired } from './forget-expired.js';
import type { Ids } from './ids.js';

/** A trigger id opens one modal, for the person who acted, within three seconds. */
export interface Triggers {
  issue(user: string): string;
  /** The person; throws `invalid_trigger_id`, `exchanged_trigger_id` or `expired_trigger_id`. */
  exchange(triggerId: string): string;
}

const lifeMs = 3000; // https://docs.slack.dev/interactivity/handling-user-interaction

export function createTriggers(now: () => Date, ids: Ids): Triggers {
  const issued = new Map<string, { user: string; expiresAt: number; isUsed: boolean }>();
  let count = 0;
  return {
    issue(user) {
      count += 1;
      forgetExpired(issued, now().getTime());
      const id = `${now().getTime()}.${count}.${ids.next('').toLowerCase()}`;
      issued.set(id, { user, expiresAt: now().getTime() + lifeMs, isUsed: false });
      return id;
    },
    exchange(triggerId) {
      const trigger = issued.get(triggerId);
      if (!trigger) throw new ApiError('invalid_trigger_id');
      if (trigger.isUsed) throw new ApiError('exchanged_trigger_id');
      if (now().getTime() > trigger.expiresAt) throw new ApiError('expired_trigger_id');
      trigger.isUsed = true;
      return trigger.user;
    },
  };
}
