import { expect, test } from 'vitest';
import { createOfferedOperations } from '../../../src/core/batch/offered-operations.js';
import { operations } from '../../../src/core/model-catalog.js';
import { createRecordingLog } from '../recording-log.js';

test('an operation that the account may not call is no longer offered, and the log says so once', () => {
  const log = createRecordingLog();
  const offered = createOfferedOperations(operations, log);
  const names = () => offered.list().map(({ name }) => name);
  const before = names();
  expect(before).toEqual(operations.map(({ name }) => name));
  for (let image = 1; image <= 4; image += 1) offered.withdraw('replace', 'denied');
  expect(names()).toEqual(before.filter((name) => name !== 'replace'));
  expect(log.lines).toMatchObject([{ severity: 'error', fields: { operation: 'replace', reason: 'denied' } }]);
});
