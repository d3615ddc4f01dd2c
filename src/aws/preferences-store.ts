import { preferencesKey } from '../core/keys.js';
import { noPreferences, type PreferencesStore, preferencesSchema } from '../core/preferences.js';
import { type Bucket, getJson, putJson } from './json-object.js';

/** `<workspace id>/people/<user id>.json` */
export function createPreferencesStore(bucket: Bucket): PreferencesStore {
  return {
    async load(reference) {
      const object = await getJson(bucket, preferencesKey(reference));
      return (object && preferencesSchema.safeParse(object.value).data) ?? noPreferences;
    },
    async save(reference, preferences) {
      await putJson(bucket, preferencesKey(reference), preferences);
    },
  };
}
