import { expect, it } from 'vitest';
import { imageKey } from '../../src/aws/keys.js';
import { canaryKey } from '../../src/doctor/links-check.js';

it('judges the length of links by a key at least as long as that of an image', () => {
  const batch = { workspaceId: 'T0123456789A', channelId: 'C0123456789A', id: '01JCZ3NDEKTSV4RRFFQ69G5FAV' };
  expect(canaryKey.length).toBeGreaterThanOrEqual(imageKey(batch, { number: 4, mediaType: 'image/png' }).length);
});
