import { expect, it } from 'vitest';
import { imageKey } from '../../src/aws/keys.js';
import { canaryKeyOf } from '../../src/doctor/link-checks.js';

it('measures links by a key at least as long as that of an image', () => {
  const id = '01JCZ3NDEKTSV4RRFFQ69G5FAV';
  const image = imageKey(
    { workspaceId: 'T0123456789A', channelId: 'C0123456789A', id },
    { number: 4, mediaType: 'image/png' },
  );
  expect(canaryKeyOf(id).length).toBeGreaterThanOrEqual(image.length);
});
