import { expect, test } from 'vitest';
import type { RefusedClick } from '../../src/core/batch/actions.js';
import { clickAnswer } from '../../src/text/user-message.js';
import { exampleBatch, storedImage } from '../core/example-batch.js';

const batch = exampleBatch({ images: [storedImage(1), storedImage(2)] });
const pickedBy = (userId: string) => ({
  ...batch,
  pick: { number: 2, pickedBy: userId, pickedAt: '2026-11-20T10:05:00.000Z' },
});

test.each<[what: string, refused: RefusedClick, sentence: string]>([
  ['after the user has picked', { kind: 'already_picked', batch: pickedBy('U0CLICKER') }, 'You already chose image 2.'],
  [
    'after another user has picked',
    { kind: 'already_picked', batch: pickedBy('U0OTHER') },
    'Image 2 was already chosen by <U0OTHER>.',
  ],
  [
    'on an image that has been drawn again',
    { kind: 'already_drawn', batch },
    'That image has been drawn in the meantime, so there is nothing to retry.',
  ],
  [
    'on another user’s batch',
    { kind: 'not_yours', batch },
    'Only <U0ASKER> can do that here. You can draw your own images from the same prompt.',
  ],
])('a click %s says so', (_what, refused, sentence) => {
  expect(clickAnswer(refused, 'U0CLICKER', (userId) => `<${userId}>`)).toBe(sentence);
});
