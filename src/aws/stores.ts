import { z } from 'zod';
import { type Batch, batchSchema } from '../core/batch/batch.js';
import type { BatchHistory, BatchRecords, JobRecords, UsageRecords } from '../core/batch/deps.js';
import { type JobRecord, type JobReference, jobRecordSchema, jobReferenceSchema } from '../core/batch/job.js';
import { noUsage, type Usage, type UsageReference, usageSchema } from '../core/batch/usage.js';
import { type BatchReference, type Person, slackIdSchema } from '../core/ids.js';
import {
  type Draft,
  type DraftReference,
  type DraftStore,
  draftReferenceSchema,
  draftSchema,
} from '../core/prompt/draft.js';
import {
  noPreferences,
  type Preferences,
  type PreferencesStore,
  preferencesSchema,
} from '../core/prompt/preferences.js';
import { createSerializer, type Stored, UnreadableRecordError } from '../core/records.js';
import * as keys from './keys.js';
import { type Bucket, createRecords, listFolders, listKeys, putJson, removeObject } from './records.js';

export type Stores = ReturnType<typeof createStores>;

/** Everything in the bucket but the images. */
export function createStores(bucket: Bucket) {
  return {
    batches: createBatches(bucket),
    history: createHistory(bucket),
    usage: createUsage(bucket),
    jobs: createJobs(bucket),
    drafts: createDrafts(bucket),
    preferences: createPreferences(bucket),
  };
}

/** `batch.json` beside its images, and `place.json` in each other channel that the batch was brought to. */
function createBatches(bucket: Bucket): BatchRecords {
  const batches = createRecords<BatchReference, Batch>(bucket, {
    keyOf: keys.batchKey,
    schema: batchSchema,
    complete: (changed, before) => ({ ...changed, revision: before.revision + 1 }),
  });
  const places = createRecords<BatchReference, { channelId: string }>(bucket, {
    keyOf: keys.placeKey,
    schema: z.object({ channelId: slackIdSchema }),
  });
  return {
    ...batches,
    async addPlace({ channelId: home, ...batch }, channelId) {
      await places.save({ ...batch, channelId }, { channelId: home });
    },
    async load(reference) {
      const stored = await batches.load(reference);
      if (stored) return stored;
      const place = await places.load(reference);
      return place && batches.load({ ...reference, ...place.value });
    },
  };
}

/**
 * Two empty objects a batch, whose keys say all: one under the user, one under the batch's short ID. So a user's last ten
 * batches, and a batch by its ID, take one listing of a handful of keys each, however many years the bucket holds.
 */
function createHistory(bucket: Bucket): BatchHistory {
  return {
    async enter(batch) {
      const both = [keys.ownKey(batch), keys.nameKey(batch)];
      await Promise.all(both.map((key) => putJson(bucket, key, z.object({}), {})));
    },
    async newest(person, count) {
      return (await listKeys(bucket, keys.ownPrefix(person), count)).flatMap((key) => keys.readOwnKey(key) ?? []);
    },
    async named(workspaceId, name) {
      const found = await listKeys(bucket, keys.namedPrefix(workspaceId, name), 10); // six characters make a billion names
      return found.flatMap((key) => keys.readNameKey(key) ?? []).filter(({ id }) => id.endsWith(name.toUpperCase()));
    },
  };
}

/** Counters whose last state is kept in memory, as each batch changes its counter twice. */
const maxRemembered = 1000;

/**
 * `<workspace>/usage/<day>/<user>.json`, and `workspace.json` beside them. Within this process changes to one counter are
 * made in turn, so that only processes race for it and not every command.
 */
function createUsage(bucket: Bucket): UsageRecords {
  const counters = createRecords<UsageReference, Usage>(bucket, { keyOf: keys.usageKey, schema: usageSchema });
  const serialize = createSerializer();
  const remembered = new Map<string, Stored<Usage>>();

  /** Tries what this process knows first, which saves a read. If that changes nothing, the bucket decides. */
  async function change(reference: UsageReference, apply: (usage: Usage) => Usage): Promise<Stored<Usage>> {
    const blank = counters.blank(reference, noUsage);
    const known = remembered.get(blank.key) ?? blank;
    const changed = await counters.change(known, apply);
    if (changed !== known) return changed;
    return counters.change((await counters.load(reference)) ?? blank, apply);
  }

  return {
    load: async (reference) => (await counters.load(reference))?.value ?? noUsage,
    change(reference, apply) {
      const key = keys.usageKey(reference);
      return serialize(key, async () => {
        try {
          const stored = await change(reference, apply);
          if (remembered.size >= maxRemembered) remembered.clear();
          if (stored.etag !== undefined) remembered.set(key, stored);
          return stored.value;
        } catch (error) {
          remembered.delete(key);
          throw error;
        }
      });
    },
  };
}

/** `open/<job ID>.json`: of two processes that claim the same job, one gets it. */
function createJobs(bucket: Bucket): JobRecords {
  const jobs = createRecords<JobReference, JobRecord>(bucket, { keyOf: keys.jobKey, schema: jobRecordSchema });
  return {
    ...jobs,
    async load(reference) {
      const stored = await jobs.load(reference);
      if (stored && keys.jobKey(stored.value) !== stored.key)
        throw new UnreadableRecordError(`${stored.key} names another job. Delete it.`);
      return stored;
    },
    async list(workspaceId) {
      const prefix = keys.jobPrefix(workspaceId);
      return (await listKeys(bucket, prefix)).flatMap((key) => {
        const id = /^(.*)\.json$/.exec(key.slice(prefix.length))?.[1];
        return jobReferenceSchema.safeParse({ workspaceId, id }).data ?? []; // anything else there is not ours
      });
    },
  };
}

/** `draft.json`, there while a form is open. A form that names an impossible ID has no draft. */
function createDrafts(bucket: Bucket): DraftStore {
  const drafts = createRecords<DraftReference, Draft>(bucket, { keyOf: keys.draftKey, schema: draftSchema });
  const isPossible = (reference: DraftReference) => draftReferenceSchema.safeParse(reference).success;

  async function removeOfPerson(folder: string, beforeId: string): Promise<number> {
    const found = await listKeys(bucket, folder + keys.draftsFolder);
    const old = found.filter((key) => (keys.readDraftKey(key)?.id ?? beforeId) < beforeId);
    await Promise.all(old.map((key) => removeObject(bucket, key)));
    return old.length;
  }

  return {
    save: async (draft) => void (await drafts.save(draft, draft)),
    load: async (reference) => (isPossible(reference) ? (await drafts.load(reference))?.value : undefined),
    remove: async (reference) => (isPossible(reference) ? drafts.remove(reference) : undefined),
    async removeBefore(workspaceId, id, stopped) {
      let removed = 0;
      for await (const folder of listFolders(bucket, keys.peoplePrefix(workspaceId))) {
        if (stopped.aborted) break;
        removed += await removeOfPerson(folder, id);
      }
      return removed;
    },
  };
}

/** `<workspace>/people/<user>.json` */
function createPreferences(bucket: Bucket): PreferencesStore {
  const preferences = createRecords<Person, Preferences>(bucket, {
    keyOf: keys.preferencesKey,
    schema: preferencesSchema,
  });
  return {
    load: async (person) => (await preferences.load(person))?.value ?? noPreferences,
    save: async (person, changed) => void (await preferences.save(person, changed)),
  };
}
