import { onTestFinished, vi } from 'vitest';
import type { CallFault } from '../../../sandbox/workspace/options.js';
import type { Story } from '../story.js';

export const limited = (retryAfterSeconds: number) => ({ kind: 'rate_limited', retryAfterSeconds }) as const;
export const error = (code: string): CallFault => ({ kind: 'error', error: code });
/** Longer than the app waits for any answer of Slack's: that is ten seconds, which are over sooner here. */
export const late = { kind: 'slow', ms: 3_000 } as const;
const [slackTimeout, shortTimeout] = [10_000, 1_500];
export const failing = { kind: 'http_500' } as const;

/** Lets the time-out come before a `late` answer does. */
export function shortenTimeout(planned: CallFault): void {
  if (planned !== late) return;
  const timeout = AbortSignal.timeout.bind(AbortSignal);
  const shortened = vi
    .spyOn(AbortSignal, 'timeout')
    .mockImplementation((milliseconds) => timeout(milliseconds === slackTimeout ? shortTimeout : milliseconds));
  onTestFinished(() => shortened.mockRestore());
}

/** What the calls of this method meet, or of all whose names begin so. */
export function planCalls(story: Story, method: string, planned: CallFault, times = 1): void {
  shortenTimeout(planned);
  story.planCalls(method, planned, times);
}
