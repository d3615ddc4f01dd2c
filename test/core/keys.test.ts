import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { batchKey, imageKey } from '../../src/core/keys.js';
import { exampleBatch } from './example-batch.js';

const folder = 'T0WORK/C0ROOM/01JCZZZZZZZZZZZZZZZZ7F3A2C';

test('a record lies in the folder of its batch', () => {
  expect(batchKey(exampleBatch())).toBe(`${folder}/batch.json`);
});

test.each([
  ['image/png', `${folder}/3.png`],
  ['image/jpeg', `${folder}/3.jpg`],
] as const)('a picture of type %s lies beside its record', (mediaType, key) => {
  expect(imageKey(exampleBatch(), { number: 3, mediaType })).toBe(key);
});

describe('ids', () => {
  const slackId = fc.stringMatching(/^[A-Z][A-Z0-9]{1,30}$/);
  const ulid = fc.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
  const hostile = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('', '.', '..', '/', '../T0OTHER', 'T0/C0', 'C0ROOM/', 'C0%2F..', 'C0\n', 'C0\0', 'Ｃ0ROOM'),
    fc.tuple(slackId, fc.string({ minLength: 1 })).map((parts) => parts.join('')),
  );
  const documented = /^[A-Z][A-Z0-9]{1,30}\/[A-Z][A-Z0-9]{1,30}\/[0-7][0-9A-HJKMNP-TV-Z]{25}\/batch\.json$/;

  test('of Slack and ULIDs always become a key', () => {
    fc.assert(
      fc.property(slackId, slackId, ulid, (workspaceId, channelId, id) => {
        expect(batchKey({ workspaceId, channelId, id })).toBe(`${workspaceId}/${channelId}/${id}/batch.json`);
      }),
    );
  });

  test('outside those alphabets never become a key', () => {
    const reference = fc.record({
      workspaceId: fc.oneof(slackId, hostile),
      channelId: fc.oneof(slackId, hostile),
      id: fc.oneof(ulid, hostile),
    });
    fc.assert(
      fc.property(reference, (ids) => {
        const key = `${ids.workspaceId}/${ids.channelId}/${ids.id}/batch.json`;
        const isSafe = documented.test(key) && !Object.values(ids).some((id) => id.includes('/'));
        if (isSafe) expect(batchKey(ids)).toBe(key);
        else expect(() => batchKey(ids)).toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
