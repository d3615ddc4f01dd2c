import { z } from 'zod';
import { batchSchema } from '../core/batch/batch.js';
import type { BatchHistory, BatchRecords, Heartbeats, JobRecords, UsageRecords } from '../core/batch/deps.js';
import { jobRecordSchema, jobReferenceSchema } from '../core/batch/job.js';
import { noUsage, type Usage, usageSchema } from '../core/batch/usage.js';
import { slackIdSchema } from '../core/ids.js';
import { type DraftReference, type DraftStore, draftReferenceSchema, draftSchema } from '../core/prompt/draft.js';
import { noPreferences, type PreferencesStore, preferencesSchema } from '../core/prompt/preferences.js';
import { createSerializer, type Stored } from '../core/records.js';
import * as keys from './keys.js';
import { type Bucket, createRecords, listFolders, listKeys, listObjects, putJson, removeObject } from './records.js';

export type Stores = ReturnType<typeof createStores>;

/** Everything in the bucket but the images. */
export function createStores(bucket: Bucket) {
  return {
    batches: createBatches(bucket),
    history: createHistory(bucket),
    usage: createUsage(bucket),
    jobs: createJobs(bucket),
    heartbeats: createHeartbeats(bucket),
    drafts: createDrafts(bucket),
    preferences: createPreferences(bucket),
  };
}

/** `batch.json` beside its images, and `place.json` in each other channel that the batch was brought to. */
function createBatches(bucket: Bucket): BatchRecords {
  const batches = createRecords(bucket, keys.batchKey, batchSchema);
  const places = createRecords(bucket, keys.placeKey, z.object({ channelId: slackIdSchema }));
  return {
    ...batches,
    change: (stored, apply) =>
      batches.change(stored, (before) => {
        const changed = apply(before);
        return changed === before ? before : { ...changed, revision: before.revision + 1 };
      }),
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
  const counters = createRecords(bucket, keys.usageKey, usageSchema);
  const serialize = createSerializer();
  const remembered = new Map<string, Stored<Usage>>();

  return {
    load: async (reference) => (await counters.load(reference))?.value ?? noUsage,
    change(reference, apply) {
      const blank = counters.blank(reference, noUsage);
      return serialize(blank.key, async () => {
        // What this process knows comes first, which saves a read. If that changes nothing, the bucket decides.
        const known = remembered.get(blank.key) ?? blank;
        remembered.delete(blank.key);
        const changed = await counters.change(known, apply);
        const stored =
          changed === known ? await counters.change((await counters.load(reference)) ?? blank, apply) : changed;
        if (remembered.size >= maxRemembered) remembered.clear();
        if (stored.etag !== undefined) remembered.set(stored.key, stored);
        return stored.value;
      });
    },
  };
}

/** `open/<job ID>.json`: of two processes that claim the same job, one gets it. */
function createJobs(bucket: Bucket): JobRecords {
  return {
    ...createRecords(bucket, keys.jobKey, jobRecordSchema),
    async list(workspaceId) {
      const prefix = keys.jobPrefix(workspaceId);
      return (await listKeys(bucket, prefix)).flatMap((key) => {
        const id = key.slice(prefix.length, -'.json'.length);
        return jobReferenceSchema.safeParse({ workspaceId, id }).data ?? []; // anything else there is not ours
      });
    },
  };
}

/** Empty objects, whose time of the last write S3 tells with the listing. */
function createHeartbeats(bucket: Bucket): Heartbeats {
  return {
    beat: async (process) => void (await putJson(bucket, keys.processKey(process), z.object({}), {})),
    remove: (process) => removeObject(bucket, keys.processKey(process)),
    async list(workspaceId) {
      return (await listObjects(bucket, keys.processPrefix(workspaceId))).flatMap(({ Key = '', LastModified }) => {
        const process = keys.readProcessKey(Key);
        return process && LastModified ? { ...process, beatAt: LastModified } : [];
      });
    },
  };
}

/** `draft.json`, there while a form is open. A form that names an impossible ID has no draft. */
function createDrafts(bucket: Bucket): DraftStore {
  const drafts = createRecords(bucket, keys.draftKey, draftSchema);
  const isPossible = (reference: DraftReference) => draftReferenceSchema.safeParse(reference).success;
  return {
    save: async (draft) => void (await drafts.save(draft, draft)),
    load: async (reference) => (isPossible(reference) ? (await drafts.load(reference))?.value : undefined),
    remove: async (reference) => (isPossible(reference) ? drafts.remove(reference) : undefined),
    async removeBefore(workspaceId, id, stopped) {
      let removed = 0;
      for await (const folder of listFolders(bucket, keys.peoplePrefix(workspaceId))) {
        if (stopped.aborted) break;
        const found = await listKeys(bucket, folder + keys.draftsFolder);
        const old = found.filter((key) => (keys.draftIdOf(key) ?? id) < id);
        await Promise.all(old.map((key) => removeObject(bucket, key)));
        removed += old.length;
      }
      return removed;
    },
  };
}

/** `<workspace>/people/<user>.json` */
function createPreferences(bucket: Bucket): PreferencesStore {
  const preferences = createRecords(bucket, keys.preferencesKey, preferencesSchema);
  return {
    load: async (person) => (await preferences.load(person))?.value ?? noPreferences,
    save: async (person, changed) => void (await preferences.save(person, changed)),
  };
}
