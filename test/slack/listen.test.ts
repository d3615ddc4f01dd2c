import { expect, test } from 'vitest';
import { UserInputError } from '../../src/core/errors.js';
import { createListen, type Tell } from '../../src/slack/listen.js';
import { createRecordingLog } from '../core/recording-log.js';

async function listenTo(error: Error, tell?: Tell) {
  const log = createRecordingLog();
  const told: string[] = [];
  const listen = createListen({ log, newReference: () => 'ab12cd' });
  await listen('command', tell ?? (async (sentence) => told.push(sentence)), async () => {
    throw error;
  });
  return { told, lines: log.lines };
}

test('what a person can mend is told to them word for word, and not to the log', async () => {
  const { told, lines } = await listenTo(new UserInputError('Your text: a secret merger'));
  expect(told).toEqual(['Your text: a secret merger']);
  expect(lines).toEqual([]);
});

test('a fault is told by a reference, which the log has too', async () => {
  const error = new TypeError('x is not a function');
  const { told, lines } = await listenTo(error);
  expect(told).toEqual([expect.stringContaining('the reference ab12cd.')]);
  expect(lines).toEqual([{ severity: 'error', event: 'command failed', fields: { reference: 'ab12cd', error } }]);
});

test('a person who cannot be told is in the log, and nothing that they wrote', async () => {
  const gone = new Error('expired_url');
  const { lines } = await listenTo(new UserInputError('Your text: a secret merger'), () => Promise.reject(gone));
  expect(lines).toEqual([
    {
      severity: 'error',
      event: 'the person could not be told',
      fields: { event: 'command', reference: undefined, error: gone },
    },
  ]);
});
