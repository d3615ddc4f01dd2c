import { inspect } from 'node:util';
import type { WaitOptions } from './driver.js';
import type { State } from './state.js';

const defaultTimeoutMs = 5000;

/** Asks at once and again at each change of the workspace; nothing is polled. */
export function waitFor<Answer>(
  state: State,
  predicate: () => Answer | undefined | false,
  { timeoutMs = defaultTimeoutMs, describe = 'what was waited for' }: WaitOptions,
  dump: () => unknown,
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const settle = (finish: () => void): void => {
      clearTimeout(timer);
      unsubscribe();
      finish();
    };
    const ask = (): void => {
      try {
        const answer = predicate();
        if (answer !== undefined && answer !== false) settle(() => resolve(answer));
      } catch (error) {
        settle(() => reject(error));
      }
    };
    const unsubscribe = state.subscribe(ask);
    const timer = setTimeout(() => {
      const there = inspect(dump(), { depth: 8, breakLength: 120, maxStringLength: 300 });
      settle(() => reject(new Error(`Waited ${timeoutMs} ms in vain for ${describe}. There is:\n${there}`)));
    }, timeoutMs);
    ask();
  });
}
