import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createByteCache } from '../../../sandbox/workspace/byte-cache.js';
import { createCallLog } from '../../../sandbox/workspace/call-log.js';
import { createIds } from '../../../sandbox/workspace/ids.js';
import { createResponseUrls } from '../../../sandbox/workspace/response-urls.js';
import { createTriggers } from '../../../sandbox/workspace/triggers.js';
import { createClock } from './helpers.js';

const many = <Item>(count: number, make: (index: number) => Item) => Array.from({ length: count }, (_, i) => make(i));

describe('a workspace left open', () => {
  it('the log keeps the last 2,000 calls', () => {
    const log = createCallLog(undefined, () => {});
    const { now } = createClock();
    for (const method of many(2001, (index) => `call.${index}`))
      log.add({ method, arguments: {}, at: now(), ok: true });
    expect([log.records().length, log.records()[0]?.method]).toEqual([2000, 'call.1']);
  });

  it('expired ids are forgotten, good ones and the last 2,000 are not', () => {
    const clock = createClock();
    const triggers = createTriggers(clock.now, createIds(clock.now));
    const urls = createResponseUrls('T1', clock.now, createIds(clock.now));
    const issue = () => ({
      trigger: triggers.issue('U1'),
      url: urls.issue({ kind: 'command', channel: 'C1', user: 'U1' }),
    });
    const [first, ...rest] = many(2002, issue);
    expect(triggers.exchange(first?.trigger ?? '')).toBe('U1');
    expect(urls.use(first?.url ?? '')).toHaveProperty('origin');
    clock.advance(30 * 60 * 1000 + 1);
    issue();
    expect(urls.use(first?.url ?? '')).toEqual({ error: 'no_such_url' });
    expect(urls.use(rest.at(-1)?.url ?? '')).toEqual({ error: 'expired_url' });
    expect(() => triggers.exchange(first?.trigger ?? '')).toThrow('invalid_trigger_id');
    expect(() => triggers.exchange(rest.at(-1)?.trigger ?? '')).toThrow('expired_trigger_id');
  });

  it('a cache holds what was used last, never more than its limit', () => {
    const use = fc.record({ key: fc.constantFrom(...keys), size: fc.option(fc.nat(12)) });
    fc.assert(
      fc.property(fc.array(use), (uses) => {
        const cache = createByteCache(20);
        let held: Held[] = [];
        for (const { key, size } of uses) {
          if (size === null) cache.get(key);
          else cache.set(key, Buffer.alloc(size));
          held = afterUse(held, key, size ?? held.find((one) => one.key === key)?.size);
        }
        const sizeOf = (key: string) => held.find((one) => one.key === key)?.size;
        expect(keys.map((key) => cache.get(key)?.length)).toEqual(keys.map(sizeOf));
      }),
    );
  });
});

interface Held {
  key: string;
  size: number;
}

const keys = ['a', 'b', 'c', 'd'];

/** What a cache of 20 bytes holds, the latest used last; `size` is undefined where nothing was there to use. */
function afterUse(held: readonly Held[], key: string, size: number | undefined): Held[] {
  if (size === undefined) return [...held];
  const all = [...held.filter((one) => one.key !== key), { key, size }];
  const fits = (from: number) => all.slice(from).reduce((sum, one) => sum + one.size, 0) <= 20;
  return all.slice(all.findIndex((_, index) => fits(index)));
}
