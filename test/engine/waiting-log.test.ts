import { expect, it, vi } from 'vitest';
import { createWaitingLog } from '../../src/engine/waiting-log.js';
import { createRecordingLog } from '../core/recording-log.js';

it('an image that has waited for a minute is logged with its model until it no longer waits', async () => {
  const log = createRecordingLog();
  const answers = [
    [{ modelId: 'core', count: 9, oldestSeconds: 59 }],
    [
      { modelId: 'core', count: 5, oldestSeconds: 61.4 },
      { modelId: 'ultra', count: 0, oldestSeconds: 0 },
    ],
  ];
  const waiting = vi.fn(async () => answers.shift() ?? []);
  const waitingLog = createWaitingLog({ waiting }, log, 1);
  waitingLog.start();
  await vi.waitUntil(() => waiting.mock.calls.length > 3);
  await waitingLog.stop();
  const fields = { modelId: 'core', count: 5, oldestSeconds: 61 };
  expect(log.lines).toEqual([{ severity: 'info', event: 'images wait', fields }]);
});

it('a queue that cannot be asked is not a line of this log', async () => {
  const log = createRecordingLog();
  const waiting = vi.fn(() => Promise.reject(new Error('Redis is away')));
  const waitingLog = createWaitingLog({ waiting }, log, 1);
  waitingLog.start();
  await vi.waitUntil(() => waiting.mock.calls.length > 1);
  await waitingLog.stop();
  expect(log.lines).toEqual([]);
});
