import { expect, test } from 'vitest';
import { createOfferedOperations } from '../../../src/core/batch/offered-operations.js';
import { operations } from '../../../src/core/model-catalog.js';
import { createRecordingLog } from '../recording-log.js';

const sd35 = 'stability.sd3-5-large-v1:0';

test('what a model makes is not offered for an hour once the account may not call it, and the log says so once an hour', () => {
  const log = createRecordingLog();
  let minutes = 0;
  const now = () => new Date(minutes * 60_000);
  const offered = createOfferedOperations(operations, { log, now });
  const names = () => offered.list().map(({ name }) => name);
  const all = operations.map(({ name }) => name);
  expect(names()).toEqual(all);
  for (let image = 1; image <= 4; image += 1) offered.disable(sd35, 'denied');
  const drawn = ['vary_subtle', 'vary_strong', 'image_to_image'];
  expect(names()).toEqual(all.filter((name) => !drawn.includes(name)));
  minutes = 59;
  expect(names()).not.toEqual(all);
  minutes = 60;
  expect(names()).toEqual(all);
  const line = { severity: 'error', fields: { modelId: sd35, operations: drawn, reason: 'denied' } };
  expect(log.lines).toMatchObject([line]);
  offered.disable(sd35, 'denied');
  expect(log.lines).toMatchObject([line, line]);
});
