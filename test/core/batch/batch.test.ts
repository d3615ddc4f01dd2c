import { describe, expect, test } from 'vitest';
import {
  batchSchema,
  type Destination,
  messageOf,
  previewSignedAt,
  settleImage,
} from '../../../src/core/batch/batch.js';
import { batchReferenceSchema, shortBatchId } from '../../../src/core/ids.js';
import { exampleBatch, failedImage, pendingImage, storedImage } from '../example-batch.js';

/** As the first release wrote it. It is in users' buckets: never change it, only add more beside it. */
const versionOne = `{
  "version": 1,
  "revision": 7,
  "id": "01JCZZZZZZZZZZZZZZZZ7F3A2C",
  "workspaceId": "T0WORK",
  "channelId": "C0ROOM",
  "requesterId": "U0ASKER",
  "requestedAt": "2026-11-20T10:00:00.000Z",
  "prompt": "a red fox",
  "settings": { "negativePrompt": "snow", "aspectRatio": "16:9", "styleId": "watercolor", "seed": 42 },
  "sent": [{ "modelId": "stability.stable-image-core-v1:1", "prompt": "a red fox, watercolor painting" }],
  "parent": { "id": "01JCZZZZZZZZZZZZZZZZ7F3A2B", "link": "https://imagine.slack.test/archives/C0ROOM/p1763632700000100" },
  "threadTs": "1763632600.000100",
  "images": [
    { "number": 1, "modelId": "stability.stable-image-core-v1:1", "seed": 42, "state": "stored",
      "mediaType": "image/png", "byteLength": 1234567, "storedAt": "2026-11-20T10:00:09.000Z" },
    { "number": 2, "modelId": "stability.stable-image-core-v1:1", "seed": 43, "state": "stored",
      "mediaType": "image/jpeg", "byteLength": 123456, "storedAt": "2026-11-20T10:00:10.000Z" },
    { "number": 3, "modelId": "stability.stable-image-core-v1:1", "seed": 44, "state": "failed",
      "reason": "filtered_image", "failedAt": "2026-11-20T10:00:11.000Z" },
    { "number": 4, "modelId": "stability.stable-image-core-v1:1", "seed": 45, "state": "pending" }
  ],
  "destination": { "kind": "message", "ts": "1763632800.000100" },
  "finishedAt": "2026-11-20T10:00:11.000Z",
  "pick": { "number": 1, "pickedBy": "W0OTHER", "pickedAt": "2026-11-20T10:05:00.000Z", "slackFileId": "F0FILE1234" }
}`;

describe('batchSchema', () => {
  test('reads a record of version 1 whole', () => {
    expect(batchSchema.parse(JSON.parse(versionOne))).toEqual(JSON.parse(versionOne));
  });

  test('reads a new record of version 1 from a channel where the bot may not post', () => {
    const { destination, finishedAt, pick, ...begun } = JSON.parse(versionOne);
    const answered = { ...begun, destination: { kind: 'response_url', url: 'https://hooks.slack.test/commands/1' } };
    expect(batchSchema.parse(begun)).toEqual(begun);
    expect(batchSchema.parse(answered)).toEqual(answered);
  });

  test('reads every reason that a release has written', () => {
    const reasons =
      'filtered_prompt filtered_image throttled timed_out denied retired rejected unavailable unusable_answer not_stored failed';
    const images = reasons.split(' ').map((reason) => ({ ...failedImage(1), reason }));
    for (const image of images)
      expect(batchSchema.parse({ ...exampleBatch(), images: [image] }).images).toEqual([image]);
  });

  test('reads a record to which a later release has added a field', () => {
    expect(batchSchema.safeParse({ ...JSON.parse(versionOne), mood: 'calm' }).success).toBe(true);
  });

  test.each([
    ['another version', { version: 2 }],
    ['no image', { images: [] }],
    ['more images than a carousel shows', { images: Array.from({ length: 11 }, () => pendingImage(1)) }],
    ['no words', { prompt: '' }],
    ['an unknown state', { images: [{ ...pendingImage(1), state: 'lost' }] }],
    ['a time that is none', { requestedAt: 'yesterday' }],
    ['a shape that is none', { settings: { aspectRatio: 'wide' } }],
    ['a message id that is none', { destination: { kind: 'message', ts: 'today' } }],
  ])('refuses %s', (_what, difference) => {
    expect(batchSchema.safeParse({ ...exampleBatch(), ...difference }).success).toBe(false);
  });
});

describe('batchReferenceSchema', () => {
  const reference = { workspaceId: 'T0WORK', channelId: 'C0ROOM', id: '01JCZZZZZZZZZZZZZZZZ7F3A2C' };

  test.each([{}, { workspaceId: 'E0ORGANIZATION' }, { channelId: 'G0GROUP' }, { channelId: 'D0DIRECT' }])(
    'takes %o',
    (difference) => {
      expect(batchReferenceSchema.safeParse({ ...reference, ...difference }).success).toBe(true);
    },
  );

  test.each([
    ...['', '..', 'T', 't0work', 'T0WORK/C0OTHER'].map((workspaceId) => ({ workspaceId })),
    ...['C0ROOM\n', '../C0ROOM', 'C0%2E%2E', undefined].map((channelId) => ({ channelId })),
    ...['', '01JCZZZZZZZZZZZZZZZZ7F3A2', '01JCZZZZZZZZZZZZZZZZ7F3A2CC', '../../T0OTHER/C0ROOM/01JCZ'].map((id) => ({
      id,
    })),
    ...['81JCZZZZZZZZZZZZZZZZ7F3A2C', '01JCZZZZZZZZZZZZZZZZ7F3A2I'].map((id) => ({ id })),
  ])('refuses %o', (difference) => {
    expect(batchReferenceSchema.safeParse({ ...reference, ...difference }).success).toBe(false);
  });
});

describe('settleImage', () => {
  test('settles one image and leaves the others', () => {
    const batch = exampleBatch();
    const settled = settleImage(batch, storedImage(2));
    expect(settled.images).toEqual([pendingImage(1), storedImage(2)]);
    expect(batch.images).toEqual([pendingImage(1), pendingImage(2)]);
  });

  test('leaves an image the aspect ratio that it was asked for in', () => {
    const batch = exampleBatch({ images: [{ ...pendingImage(1), aspectRatio: '9:16' }] });
    expect(settleImage(batch, storedImage(1)).images).toEqual([{ ...storedImage(1), aspectRatio: '9:16' }]);
  });

  test.each([
    ['stored', storedImage(1), failedImage(1)],
    ['failed', failedImage(1), storedImage(1)],
    ['stored under another seed', storedImage(1), storedImage(1, 7)],
    ['never asked for', pendingImage(2), storedImage(1)],
  ])('returns the batch itself if the image was %s', (_what, image, settled) => {
    const batch = exampleBatch({ images: [image] });
    expect(settleImage(batch, settled)).toBe(batch);
  });
});

test('shortBatchId is the end of the id in small letters', () => {
  expect(shortBatchId(exampleBatch())).toBe('7f3a2c');
});

test.each([
  ['when the image was stored', {}, '2026-11-20T10:00:09.000Z'],
  ['when it was last asked for again', { refreshedAt: '2026-11-22T08:00:00.000Z' }, '2026-11-22T08:00:00.000Z'],
  ['when the image was stored, if later', { refreshedAt: '2026-11-19T08:00:00.000Z' }, '2026-11-20T10:00:09.000Z'],
])('a link to a preview is signed %s', (_, refreshed, signedAt) => {
  expect(previewSignedAt(exampleBatch(refreshed), storedImage(1)).toISOString()).toBe(signedAt);
});

const ts = '1763632800.000100';
const threadTs = '1763632700.000100';

test.each<[where: string, destination: Destination, own: ReturnType<typeof messageOf>]>([
  ['where it was asked for, in its thread', { kind: 'message', ts }, { channelId: 'C0ROOM', ts, threadTs }],
  [
    'where it was shown again, in no thread',
    { kind: 'message', ts, channelId: 'C0OTHER' },
    { channelId: 'C0OTHER', ts },
  ],
  ['nowhere if only an answer shows it', { kind: 'response_url' }, undefined],
])('the own message of a batch is %s', (_where, destination, own) => {
  expect(messageOf(exampleBatch({ threadTs, destination }))).toEqual(own);
});
