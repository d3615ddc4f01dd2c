import { PutObjectCommand } from '@aws-sdk/client-s3';
import { describe, expect, test } from 'vitest';
import { createBatchStore } from '../../src/aws/batch-store.js';
import { createDraftStore } from '../../src/aws/draft-store.js';
import { batchKey, draftKey, preferencesKey, workKey } from '../../src/aws/keys.js';
import { createMarkerStore } from '../../src/aws/marker-store.js';
import { createPreferencesStore } from '../../src/aws/preferences-store.js';
import { createRecordingLog } from '../core/recording-log.js';
import { bucket, clientOf, sandboxS3 } from '../sandbox/s3/s3-client.js';

const person = { workspaceId: 'T0TEAM', userId: 'U0ASKER' };
const draft = { ...person, id: '01JCZZZZZZZZZZZZZZZZ7F3A2C' };
const reference = { workspaceId: 'T0TEAM', channelId: 'C0CHANNEL', id: '01JCZZZZZZZZZZZZZZZZ7F3A2C' };

async function withObject(key: string, text: string) {
  const client = clientOf(await sandboxS3());
  await client.send(new PutObjectCommand({ Bucket: bucket, Key: key, Body: Buffer.from(text) }));
  return { client, bucket };
}

describe.each([
  ['cut short', '{"version":1,"text":"a red'],
  ['no JSON', 'a red fox'],
  ['empty', ''],
  ['of another version', '{"version":99,"text":"a red fox"}'],
])('an object that is %s', (_what, text) => {
  test('counts as no defaults at all, and is in the log', async () => {
    const log = createRecordingLog();
    const key = preferencesKey(person);
    const store = createPreferencesStore(await withObject(key, text), log);
    expect(await store.load(person)).toEqual({ version: 1 });
    expect(log.lines).toEqual([
      { severity: 'warn', event: 'object in the bucket cannot be read', fields: { key, error: expect.any(Error) } },
    ]);
  });

  test('counts as no draft, and is in the log', async () => {
    const log = createRecordingLog();
    const key = draftKey(draft);
    const store = createDraftStore(await withObject(key, text), log);
    expect(await store.load(draft)).toBeUndefined();
    expect(log.lines.map(({ severity, fields }) => [severity, fields?.key])).toEqual([['warn', key]]);
  });

  test('is an unreadable batch, whose error quotes nothing of it', async () => {
    const store = createBatchStore(await withObject(batchKey(reference), text));
    const error: unknown = await store.load(reference).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      name: 'UnreadableBatchError',
      message: expect.stringContaining(batchKey(reference)),
    });
    expect(String(error instanceof Error && error.cause)).not.toContain('red');
  });
});

test('a marker that is not JSON fails with its key, in words that quote nothing of it', async () => {
  const markers = createMarkerStore(await withObject(workKey(draft), 'a red fox'));
  await expect(markers.load(draft)).rejects.toThrow(/^T0TEAM\/open\/\w+\.json is not a marker(?!.*fox)/);
});

test('what was never saved is not in the log', async () => {
  const log = createRecordingLog();
  const store = createPreferencesStore({ client: clientOf(await sandboxS3()), bucket }, log);
  expect(await store.load(person)).toEqual({ version: 1 });
  expect(log.lines).toEqual([]);
});
