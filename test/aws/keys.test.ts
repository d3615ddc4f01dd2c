import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  batchKey,
  draftIdOf,
  draftKey,
  imageKey,
  jobKey,
  namedPrefix,
  nameKey,
  ownKey,
  ownPrefix,
  previewKey,
  processKey,
  readNameKey,
  readOwnKey,
  readProcessKey,
} from '../../src/aws/keys.js';
import { anyCharacter } from '../any-character.js';
import { exampleBatch } from '../core/example-batch.js';

const reference = { workspaceId: 'T0WORK', channelId: 'C0ROOM', id: '01JCZZZZZZZZZZZZZZZZ7F3A2C' };
const slackId = fc.stringMatching(/^[A-Z][A-Z0-9]{1,30}$/);
const ulid = fc.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);

test.each([
  [batchKey(reference), 'T0WORK/C0ROOM/01JCZZZZZZZZZZZZZZZZ7F3A2C/batch.json'],
  [imageKey(reference, { number: 3, mediaType: 'image/png' }), 'T0WORK/C0ROOM/01JCZZZZZZZZZZZZZZZZ7F3A2C/3.png'],
  [imageKey(reference, { number: 0, mediaType: 'image/png' }), 'T0WORK/C0ROOM/01JCZZZZZZZZZZZZZZZZ7F3A2C/input.png'],
  [imageKey(reference, { number: 0, mediaType: 'image/jpeg' }), 'T0WORK/C0ROOM/01JCZZZZZZZZZZZZZZZZ7F3A2C/input.jpg'],
  [imageKey(reference, { number: 3, mediaType: 'image/jpeg' }), 'T0WORK/C0ROOM/01JCZZZZZZZZZZZZZZZZ7F3A2C/3.jpg'],
  [previewKey(reference, 'sheet-0a1b'), 'T0WORK/C0ROOM/01JCZZZZZZZZZZZZZZZZ7F3A2C/previews/sheet-0a1b.jpg'],
  [previewKey({ workspaceId: 'T0WORK' }, 'sheet-0a1b'), 'T0WORK/previews/sheet-0a1b.jpg'],
  [
    draftKey({ workspaceId: 'T0WORK', userId: 'U0ASKER', id: reference.id }),
    'T0WORK/people/U0ASKER/drafts/01JCZZZZZZZZZZZZZZZZ7F3A2C/draft.json',
  ],
  [ownKey(exampleBatch()), 'T0WORK/people/U0ASKER/batches/ZYDK0000000000000000RGWNXK/C0ROOM'],
  [jobKey(reference), 'T0WORK/open/01JCZZZZZZZZZZZZZZZZ7F3A2C.json'],
  [
    processKey({ ...reference, host: '0123456789abcdef', pid: 42 }),
    'T0WORK/processes/01JCZZZZZZZZZZZZZZZZ7F3A2C/0123456789abcdef/42',
  ],
  [nameKey(exampleBatch()), 'T0WORK/names/7f3a2c/C0ROOM/01JCZZZZZZZZZZZZZZZZ7F3A2C'],
])('a key stays what it is: %s', (key, expected) => {
  expect(key).toBe(expected);
});

test('a draft is told from any other key by the whole of its own', () => {
  const own = draftKey({ workspaceId: 'T0WORK', userId: 'U0ASKER', id: reference.id });
  const others = [own.replace(reference.id, 'ABC'), own.replace('/drafts/', '/other/'), `backup/${own}`, `${own}.bak`];
  expect([own, ...others].map(draftIdOf)).toEqual([reference.id, ...others.map(() => undefined)]);
});

describe('what finds a batch again', () => {
  test('leads back to it', () => {
    fc.assert(
      fc.property(slackId, slackId, ulid, (workspaceId, channelId, id) => {
        const batch = exampleBatch({ workspaceId, channelId, id });
        expect([readOwnKey(ownKey(batch)), readNameKey(nameKey(batch))]).toEqual(
          Array(2).fill({ workspaceId, channelId, id }),
        );
      }),
    );
  });

  test('is listed with the newest first', () => {
    fc.assert(
      fc.property(ulid, ulid, (one, other) => {
        const [oneKey, otherKey] = [ownKey(exampleBatch({ id: one })), ownKey(exampleBatch({ id: other }))];
        expect(oneKey < otherKey).toBe(one > other);
      }),
    );
  });

  test('is found by the short name, the id, and either in any case', () => {
    for (const name of ['7f3a2c', '7F3A2C', reference.id, reference.id.toLowerCase()]) {
      expect(namedPrefix('T0WORK', name)).toBe('T0WORK/names/7f3a2c/');
    }
  });

  test.each(['', '../../', '7f3a2', '7f3a2/', 'horses', '7f3a2c/../../T0OTHER/names'])(
    'is not looked for by %j',
    (name) => {
      expect(() => namedPrefix('T0WORK', name)).toThrow();
    },
  );

  test('is never outside the folder of the workspace and the user', () => {
    expect(() => ownPrefix({ workspaceId: 'T0WORK', userId: '../U0OTHER' })).toThrow();
    expect(() => draftKey({ workspaceId: 'T0WORK', userId: 'U0ASKER/../U0OTHER', id: reference.id })).toThrow();
  });

  test.each(['T0WORK/people/U0ASKER/batches/x/C0ROOM', 'T0WORK/names/7f3a2c/C0ROOM', ''])(
    'is not read from %j',
    (key) => {
      expect([readOwnKey(key), readNameKey(key)]).toEqual([undefined, undefined]);
    },
  );
});

test('the key of a preview is never outside its folder', () => {
  for (const name of ['', '..', '../1', 'a/b', 'A', 'a.jpg', 'a\n'])
    expect(() => previewKey(reference, name)).toThrow();
  expect(() => previewKey({ workspaceId: '../T0OTHER' }, 'sheet')).toThrow();
  expect(() => previewKey({ ...reference, channelId: '..' }, 'sheet')).toThrow();
});

test('the key of a heartbeat says which process it is of', () => {
  const process = fc.record({
    workspaceId: slackId,
    id: ulid,
    host: fc.stringMatching(/^[0-9a-f]{16}$/),
    pid: fc.integer({ min: 1 }),
  });
  fc.assert(
    fc.property(process, (reference) => {
      expect(readProcessKey(processKey(reference))).toEqual(reference);
    }),
  );
});

describe('ids', () => {
  const hostile = fc.oneof(
    fc.string({ unit: anyCharacter }),
    fc.constantFrom('', '.', '..', '/', '../T0OTHER', 'T0/C0', 'C0ROOM/', 'C0%2F..', 'C0\n', 'C0\0', 'Ｃ0ROOM'),
    fc.tuple(slackId, fc.string({ minLength: 1 })).map((parts) => parts.join('')),
  );
  const documented = /^[A-Z][A-Z0-9]{1,30}\/[A-Z][A-Z0-9]{1,30}\/[0-7][0-9A-HJKMNP-TV-Z]{25}\/batch\.json$/;

  test('become a key if they are of Slack and ULIDs, and never otherwise', () => {
    const anyIds = fc.record({
      workspaceId: fc.oneof(slackId, hostile),
      channelId: fc.oneof(slackId, hostile),
      id: fc.oneof(ulid, hostile),
    });
    fc.assert(
      fc.property(anyIds, (ids) => {
        const key = `${ids.workspaceId}/${ids.channelId}/${ids.id}/batch.json`;
        const isSafe = documented.test(key) && !Object.values(ids).some((id) => id.includes('/'));
        if (isSafe) expect(batchKey(ids)).toBe(key);
        else expect(() => batchKey(ids)).toThrow();
      }),
      { numRuns: 500 },
    );
  });
});
