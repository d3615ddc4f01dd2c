import type { UsageToday } from '../core/batch/quota.js';
import type { LimitRefusal } from '../core/errors.js';
import { pictures } from './batch.js';

/** Why nothing was begun, when that ends, and what to do: for the one who asked. */
export function limitSentence(refusal: LimitRefusal, now: Date): string {
  switch (refusal.kind) {
    case 'stranger':
      return 'This app works only for people of the workspace where it is installed. Ask somebody there to draw for you.';
    case 'person_blocked':
      return 'You cannot ask for pictures here at the moment. Whoever looks after this app can change that.';
    case 'channel_blocked':
      return 'Pictures are switched off in this conversation. Ask in another one.';
    case 'person_not_allowed':
      return 'Only some people may ask for pictures here so far. Whoever looks after this app can add you.';
    case 'channel_not_allowed':
      return 'Pictures are switched on in some conversations only, and this is not one of them. Ask in one of those, or ask whoever looks after this app to add this one.';
    case 'too_many_running':
      return `${refusal.running === 1 ? 'One request of yours is' : `${refusal.running} requests of yours are`} still being drawn, and ${refusal.limit} at a time is the limit. Ask again as soon as one of them is ready.`;
    case 'person_day':
      return daySentence('you', refusal, now);
    case 'workspace_day':
      return daySentence('this workspace', refusal, now);
    case 'line_full':
      return `Too many people are asking for pictures just now: ${pictures(refusal.waiting)} are waiting, ${about(refusal.milliseconds)} of work. Nothing was started. Please try again in a few minutes.`;
  }
}

type DaySpent = Extract<LimitRefusal, { kind: 'person_day' | 'workspace_day' }>;

function daySentence(who: 'you' | 'this workspace', { used, asked, limit }: DaySpent, now: Date): string {
  const [subject, possessive] = who === 'you' ? ['You have', 'your'] : ['This workspace has', 'its'];
  const left = Math.max(0, limit - used);
  if (left === 0)
    return `${subject} used up ${possessive} ${pictures(limit)} of today. New ones come ${midnight(now)}.`;
  return `${subject} ${left} of ${possessive} ${pictures(limit)} left today, and this asks for ${asked}. Ask for fewer with --n ${left}, or wait ${midnight(now).replace('at', 'until')}.`;
}

/** One's own day so far. */
export function usageSentence({ pictures: used, running, limit }: UsageToday, now: Date): string {
  const spent =
    limit === undefined ? `${pictures(used)}, and there is no limit for you` : `${used} of your ${pictures(limit)}`;
  const drawing = running === 0 ? '' : ` ${running === 1 ? 'One request is' : `${running} requests are`} being drawn.`;
  return `Today: ${spent}.${drawing} The count starts again ${midnight(now)}.`;
}

/** `at midnight UTC, in 3 hours` */
function midnight(now: Date): string {
  const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
  return `at midnight UTC, in ${timeLeft(next - now.getTime())}`;
}

/** Rounded up, so that nobody comes back too early. */
function timeLeft(milliseconds: number): string {
  const minutes = Math.max(1, Math.ceil(milliseconds / 60_000));
  if (minutes < 60) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  const hours = Math.ceil(minutes / 60);
  return hours === 1 ? '1 hour' : `${hours} hours`;
}

/** `about 40 s` or `about 4 minutes`; in steps of ten seconds, as nobody can know it better. */
function about(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 10_000) * 10;
  return seconds < 120 ? `about ${seconds} s` : `about ${Math.ceil(seconds / 60)} minutes`;
}

/** Stands where the progress stands, while a batch waits for its model. */
export function waitingInLine({ ahead, milliseconds }: { ahead: number; milliseconds: number }): string {
  if (ahead === 0)
    return milliseconds === 0 ? 'Waiting for the model' : `Waiting for the model, ${about(milliseconds)}`;
  const before = `Waiting: ${pictures(ahead)} ${ahead === 1 ? 'is' : 'are'} before yours`;
  return milliseconds === 0 ? before : `${before}, ${about(milliseconds)}`;
}
