import type { UsageToday } from '../core/batch/quota.js';
import type { LimitRefusal } from '../core/errors.js';
import { images } from './batch.js';

/** Why nothing was started, when that ends, and what to do. */
export function limitSentence(refusal: LimitRefusal, now: Date): string {
  switch (refusal.kind) {
    case 'stranger':
      return 'Imagine works only for members of the workspace where it is installed. Please ask one of them to draw for you.';
    case 'person_blocked':
      return 'You cannot use Imagine at the moment. Your Imagine administrator can change that.';
    case 'channel_blocked':
      return 'Imagine is turned off in this conversation. Please use another one.';
    case 'person_not_allowed':
      return 'Imagine is limited to certain people here. Your Imagine administrator can add you.';
    case 'channel_not_allowed':
      return 'Imagine is turned on only in certain conversations, and this is not one of them. Please use one of those, or ask your Imagine administrator to add this one.';
    case 'too_many_running':
      return `${refusal.running === 1 ? 'One of your requests is' : `${refusal.running} of your requests are`} still being drawn, and the limit is ${refusal.limit} at a time. Please try again as soon as one of them is ready.`;
    case 'person_day':
      return daySentence('you', refusal, now);
    case 'workspace_day':
      return daySentence('this workspace', refusal, now);
    case 'line_full':
      return `Too many people are drawing right now: ${images(refusal.waiting)} are waiting, ${about(refusal.milliseconds)} of work. Nothing was started. Please try again in a few minutes.`;
  }
}

type DaySpent = Extract<LimitRefusal, { kind: 'person_day' | 'workspace_day' }>;

function daySentence(who: 'you' | 'this workspace', { used, asked, limit }: DaySpent, now: Date): string {
  const [subject, possessive] = who === 'you' ? ['You have', 'your'] : ['This workspace has', 'its'];
  const left = Math.max(0, limit - used);
  if (left === 0) return `${subject} used up ${possessive} ${images(limit)} of today. New ones come ${midnight(now)}.`;
  return `${subject} ${left} of ${possessive} ${images(limit)} left today, and this asks for ${asked}. Ask for fewer with --n ${left}, or wait ${midnight(now).replace('at', 'until')}.`;
}

/** The user's own day so far. */
export function usageSentence({ images: used, running, limit }: UsageToday, now: Date): string {
  const spent =
    limit === undefined ? `${images(used)}, and there is no limit for you` : `${used} of your ${images(limit)}`;
  const drawing = running === 0 ? '' : ` ${running === 1 ? 'One request is' : `${running} requests are`} being drawn.`;
  return `Today: ${spent}.${drawing} The count starts again ${midnight(now)}.`;
}

/** `at midnight UTC, in 3 hours` */
function midnight(now: Date): string {
  const next = Date.UTC(now.getUTCFullYear(), now.getUTCMonth(), now.getUTCDate() + 1);
  return `at midnight UTC, in ${timeLeft(next - now.getTime())}`;
}

/** Rounded up, so that a user does not come back too early. */
function timeLeft(milliseconds: number): string {
  const minutes = Math.max(1, Math.ceil(milliseconds / 60_000));
  if (minutes < 60) return minutes === 1 ? '1 minute' : `${minutes} minutes`;
  const hours = Math.ceil(minutes / 60);
  return hours === 1 ? '1 hour' : `${hours} hours`;
}

/** `about 40 s` or `about 4 minutes`, in steps of ten seconds: more precision would be false. */
function about(milliseconds: number): string {
  const seconds = Math.ceil(milliseconds / 10_000) * 10;
  return seconds < 120 ? `about ${seconds} s` : `about ${Math.ceil(seconds / 60)} minutes`;
}

/** Takes the place of the progress while a batch waits for its model. */
export function waitingInLine({ ahead, milliseconds }: { ahead: number; milliseconds: number }): string {
  if (ahead === 0)
    return milliseconds === 0 ? 'Waiting for the model' : `Waiting for the model, ${about(milliseconds)}`;
  const before = `Waiting: ${images(ahead)} ahead of yours`;
  return milliseconds === 0 ? before : `${before}, ${about(milliseconds)}`;
}
