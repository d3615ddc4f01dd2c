import type { Log } from '../core/log.js';
import { noPreferences, type PreferencesStore, preferencesSchema } from '../core/prompt/preferences.js';
import { type Bucket, loadJson, putJson } from './json-object.js';
import { preferencesKey } from './keys.js';

/** `<workspace id>/people/<user id>.json` */
export function createPreferencesStore(bucket: Bucket, log: Log): PreferencesStore {
  return {
    async load(reference) {
      return (await loadJson(bucket, preferencesKey(reference), preferencesSchema, log)) ?? noPreferences;
    },
    async save(reference, preferences) {
      await putJson(bucket, preferencesKey(reference), preferencesSchema, preferences);
    },
  };
}
