import { expect, test } from 'vitest';
import type { RefusedClick } from '../../src/core/batch/actions.js';
import type { Problem } from '../../src/core/errors.js';
import { clickAnswer, problemSentence, usageSentence } from '../../src/text/user-message.js';
import { exampleBatch, storedImage } from '../core/example-batch.js';

const now = new Date('2026-11-20T21:00:00Z');

test.each<[problem: Problem, sentence: string]>([
  [
    { kind: 'too_many_running', running: 1, limit: 1 },
    'One of your requests is still being drawn, and the limit is 1 at a time. Please try again as soon as one of them is ready.',
  ],
  [
    { kind: 'too_many_running', running: 3, limit: 3 },
    '3 of your requests are still being drawn, and the limit is 3 at a time. Please try again as soon as one of them is ready.',
  ],
  [
    { kind: 'person_day', used: 20, asked: 4, limit: 20 },
    'You have used up your 20 images of today. New ones come at midnight UTC, in 3 hours.',
  ],
  [
    { kind: 'person_day', used: 18, asked: 4, limit: 20 },
    'You have 2 of your 20 images left today, and this asks for 4. Ask for fewer (in a prompt: --n 2), or wait until midnight UTC, in 3 hours.',
  ],
  [
    { kind: 'workspace_day', used: 400, asked: 4, limit: 400 },
    'This workspace has used up its 400 images of today. New ones come at midnight UTC, in 3 hours.',
  ],
  [
    { kind: 'line_full', waiting: 900, milliseconds: 600_000 },
    'Too many people are drawing right now: 900 images are waiting, about 10 minutes of work. Nothing was drawn. Please try again in a few minutes.',
  ],
])('%o', (problem, sentence) => {
  expect(problemSentence(problem, now)).toBe(sentence);
});

test.each([
  ['2026-11-20T00:00:00Z', 'in 24 hours.'],
  ['2026-11-20T22:00:01Z', 'in 2 hours.'],
  ['2026-11-20T23:00:00Z', 'in 1 hour.'],
  ['2026-11-20T23:00:01Z', 'in 1 hour.'],
  ['2026-11-20T23:10:00Z', 'in 50 minutes.'],
  ['2026-11-20T23:59:59Z', 'in 1 minute.'],
])('the time left at %s is never too short: %s', (time, end) => {
  expect(problemSentence({ kind: 'person_day', used: 1, asked: 1, limit: 1 }, new Date(time))).toContain(end);
});

test.each([
  [
    { images: 8, cost: undefined, running: 0, limit: undefined },
    'Today: 8 images, and there is no limit for you. The count starts again at midnight UTC, in 3 hours.',
  ],
  [
    { images: 8, cost: 0.32, running: 0, limit: undefined },
    'Today: 8 images, about $0.32, and there is no limit for you. The count starts again at midnight UTC, in 3 hours.',
  ],
  [
    { images: 0, cost: 0, running: 0, limit: 20 },
    'Today: 0 of your 20 images. The count starts again at midnight UTC, in 3 hours.',
  ],
  [
    { images: 8, cost: 0.32, running: 1, limit: 20 },
    'Today: 8 of your 20 images, about $0.32. One request is being drawn. The count starts again at midnight UTC, in 3 hours.',
  ],
])('a user’s own day: %o', (today, sentence) => {
  expect(usageSentence(today, now)).toBe(sentence);
});

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
    'on another user’s batch',
    { kind: 'not_yours', batch },
    'Only <U0ASKER> can do that here. You can draw your own images from the same prompt.',
  ],
])('a click %s says so', (_what, refused, sentence) => {
  expect(clickAnswer(refused, 'U0CLICKER', (userId) => `<${userId}>`)).toBe(sentence);
});
