import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { batchKey, draftKey, jobKey, preferencesKey, usageKey } from '../../src/aws/keys.js';
import { createStores, type Stores } from '../../src/aws/stores.js';
import { startBucket } from './bucket-server.js';

const person = { workspaceId: 'T0TEAM', userId: 'U0ASKER' };
const draft = { ...person, id: '01JCZZZZZZZZZZZZZZZZ7F3A2C' };
const batch = { workspaceId: 'T0TEAM', channelId: 'C0CHANNEL', id: draft.id };
const counter = { ...person, day: '2026-11-20' };

const kinds: [kind: string, key: string, load: (stores: Stores) => Promise<unknown>][] = [
  ['batch', batchKey(batch), ({ batches }) => batches.load(batch)],
  ['job', jobKey(draft), ({ jobs }) => jobs.load(draft)],
  ['draft', draftKey(draft), ({ drafts }) => drafts.load(draft)],
  ['user’s defaults', preferencesKey(person), ({ preferences }) => preferences.load(person)],
  ['counter', usageKey(counter), ({ usage }) => usage.load(counter)],
];

describe.each(kinds)('a %s', (_kind, key, load) => {
  test.each([
    ['cut short', '{"version":1,"text":"a red'],
    ['not JSON', 'a red fox'],
    ['empty', ''],
    ['of another version', '{"version":99,"text":"a red fox"}'],
  ])('that is %s fails with its key, and quotes nothing of it', async (_what, text) => {
    const { client, bucket } = await startBucket();
    await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: Buffer.from(text) }));
    const error: unknown = await load(createStores({ client, bucket })).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ name: 'UnreadableRecordError', message: expect.stringContaining(key) });
    expect(String(error instanceof Error && error.cause)).not.toContain('red');
  });
});

test('defaults that were never saved are empty', async () => {
  const { preferences } = createStores(await startBucket());
  expect(await preferences.load(person)).toEqual({ version: 1 });
});
