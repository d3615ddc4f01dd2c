import type { CallFault } from '../../../sandbox/workspace/options.js';
import type { Story } from '../story.js';

export const limited = (retryAfterSeconds: number) => ({ kind: 'rate_limited', retryAfterSeconds }) as const;
export const error = (code: string): CallFault => ({ kind: 'error', error: code });
/** Longer than the app waits for any answer of Slack's. */
export const late = { kind: 'slow', ms: 10_500 } as const;
export const failing = { kind: 'http_500' } as const;

/** What the calls of this method meet, or of all whose names begin so. */
export function planCalls({ workspace }: Story, method: string, planned: CallFault, times = 1): void {
  workspace.faults.calls.add(planned, { times, when: (call) => call.method.startsWith(method) });
}
