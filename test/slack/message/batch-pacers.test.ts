import { expect, test } from 'vitest';
import { createWebClients } from '../../../src/slack/api/web-clients.js';
import { createBoltLogger } from '../../../src/slack/app/bolt-logger.js';
import { createBatchPacers } from '../../../src/slack/message/batch-pacers.js';
import { exampleBatch } from '../../core/example-batch.js';
import { createRecordingLog } from '../../core/recording-log.js';

const log = createRecordingLog();

const createPacers = () =>
  createBatchPacers({
    clients: createWebClients({ botToken: 'xoxb-nobodys' }, createBoltLogger(log)),
    command: '/imagine',
    layout: 'carousel',
    signPreview: async () => 'https://bucket.test/1.png',
    signPicked: async () => 'https://bucket.test/1.png',
    reload: async (batch) => batch,
    observe: () => undefined,
    now: () => 0,
    pause: async () => undefined,
    log,
  });

test('a batch has one pacer as long as anybody holds it', () => {
  const pacers = createPacers();
  const [one, other] = [pacers.hold(exampleBatch()), pacers.hold(exampleBatch())];
  one.release();
  expect(pacers.hold(exampleBatch()).pacer).toBe(other.pacer);
});

test('the pacer of a batch that nobody holds is forgotten', () => {
  const pacers = createPacers();
  const { pacer, release } = pacers.hold(exampleBatch());
  release();
  release(); // once more does nothing
  expect(pacers.hold(exampleBatch()).pacer).not.toBe(pacer);
});
