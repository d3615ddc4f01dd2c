import { expect, test } from 'vitest';
import { RequestError } from '../../../src/core/errors.js';
import { createListen, type Tell } from '../../../src/slack/api/listen.js';
import { problemSentence } from '../../../src/text/user-message.js';
import { createRecordingLog } from '../../core/recording-log.js';

async function listenTo(error: Error, tell?: Tell) {
  const log = createRecordingLog();
  const told: string[] = [];
  const listen = createListen({ log, newReference: () => 'ab12cd', now: () => new Date() });
  await listen('command', tell ?? (async (sentence) => told.push(sentence)), async () => {
    throw error;
  });
  return { told, lines: log.lines };
}

test('what a user can fix is told to them, and not to the log', async () => {
  const { told, lines } = await listenTo(new RequestError({ kind: 'prompt_blocked' }));
  expect(told).toEqual([problemSentence({ kind: 'prompt_blocked' }, new Date())]);
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
  const { lines } = await listenTo(new RequestError({ kind: 'prompt_blocked' }), () => Promise.reject(gone));
  const fields = { event: 'command', reference: 'ab12cd', error: gone };
  expect(lines).toEqual([{ severity: 'error', event: 'could not notify the user', fields }]);
});
