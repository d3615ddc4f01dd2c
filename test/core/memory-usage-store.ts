import { usageKey } from '../../src/aws/keys.js';
import { noUsage, type Usage, type UsageStore } from '../../src/core/batch/usage.js';

/** Counters in memory; `counters` shows all of them by their keys. */
export function createMemoryUsageStore(): UsageStore & { counters: Map<string, Usage> } {
  const counters = new Map<string, Usage>();
  return {
    counters,
    load: async (reference) => counters.get(usageKey(reference)) ?? noUsage,
    async change(reference, change) {
      const key = usageKey(reference);
      const before = counters.get(key) ?? noUsage;
      const after = change(before);
      if (after !== before) counters.set(key, after);
      return after;
    },
  };
}
