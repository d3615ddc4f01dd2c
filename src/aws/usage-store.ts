import { noUsage, type Usage, type UsageStore, usageSchema } from '../core/batch/usage.js';
import { changeJson, type JsonRecord } from './change-json.js';
import { type Bucket, getJson, parseJson } from './json-object.js';
import { usageKey } from './keys.js';

/**
 * `<workspace id>/usage/<day>/<user id>.json`, and `workspace.json` beside them. Within this process changes of one
 * counter go one after another, so that only processes race for it and not every command.
 */
export function createUsageStore(bucket: Bucket): UsageStore {
  const turns = new Map<string, Promise<unknown>>();
  return {
    load: async (reference) => (await load(bucket, usageKey(reference))).value,
    async change(reference, apply) {
      const key = usageKey(reference);
      const change = async () =>
        changeJson(bucket, key, usageSchema, {
          current: await load(bucket, key),
          apply,
          reload: () => load(bucket, key),
        });
      const earlier = turns.get(key) ?? Promise.resolve();
      const turn = earlier.then(change, change); // whoever had the earlier turn hears of its failure
      turns.set(key, turn);
      try {
        return (await turn).value;
      } finally {
        if (turns.get(key) === turn) turns.delete(key);
      }
    },
  };
}

async function load(bucket: Bucket, key: string): Promise<JsonRecord<Usage>> {
  const object = await getJson(bucket, key);
  if (!object) return { value: noUsage, etag: undefined };
  return { value: parseUsage(object.text, key), etag: object.etag };
}

function parseUsage(text: string, key: string): Usage {
  try {
    return usageSchema.parse(parseJson(text));
  } catch (cause) {
    throw new Error(`${key} is no counter of a version that this app knows.`, { cause });
  }
}
