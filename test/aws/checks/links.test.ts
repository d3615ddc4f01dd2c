import { expect, it } from 'vitest';
import { canaryKey } from '../../../src/aws/checks/links.js';
import { imageKey } from '../../../src/core/keys.js';

it('judges the length of links by a key at least as long as that of a picture', () => {
  const batch = { workspaceId: 'T0123456789A', channelId: 'C0123456789A', id: '01JCZ3NDEKTSV4RRFFQ69G5FAV' };
  expect(canaryKey.length).toBeGreaterThanOrEqual(imageKey(batch, { number: 4, mediaType: 'image/png' }).length);
});
