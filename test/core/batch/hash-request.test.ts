import { expect, test } from 'vitest';
import { hashRequest } from '../../../src/core/batch/hash-request.js';
import type { ImageRequest } from '../../../src/core/batch/plan-batch.js';
import { findModel, models } from '../../../src/core/model-catalog.js';

const [modelInfo = findModel('stability.stable-image-core-v1:1')] = models;
if (!modelInfo) throw new Error('no model');
const request: ImageRequest = {
  workspaceId: 'T0WORK',
  channelId: 'C0ROOM',
  requesterId: 'U0ASKER',
  prompt: 'a red fox',
  models: [modelInfo],
  count: 4,
  responseUrl: 'https://hooks.slack.test/commands/1',
};

test('the same request has the same hash, which holds nothing of its address', () => {
  expect(hashRequest({ ...request })).toBe(hashRequest(request));
  expect(hashRequest(request)).toMatch(/^[0-9a-f]{16}$/);
});

test.each<[what: string, change: Partial<ImageRequest>]>([
  ['another address', { responseUrl: 'https://hooks.slack.test/commands/2' }],
  ['other words, as in a form that is sent again', { prompt: 'a blue fox' }],
  ['another seed', { seed: 7 }],
  ['another count', { count: 1 }],
])('%s is another request', (_what, change) => {
  expect(hashRequest({ ...request, ...change })).not.toBe(hashRequest(request));
});

test('a request without an address has none', () => {
  expect(hashRequest({ ...request, responseUrl: undefined })).toBeUndefined();
});
