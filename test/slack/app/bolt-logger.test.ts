import { expect, test } from 'vitest';
import { createBoltLogger } from '../../../src/slack/api/web-clients.js';
import { createRecordingLog } from '../../core/recording-log.js';

test.each([
  ["apiCall('chat.postMessage') start", "apiCall('chat.postMessage') start"],
  ['http request url: https://slack.com/api/chat.update', 'http request url: https://slack.com/api/chat.update'],
  ['http request body: {"text":"a red fox"}', 'http request body: …'],
  ['Received a message on the WebSocket: {"payload":{"text":"a red\nfox"}}', 'Received a message on the WebSocket: …'],
  ['ack() call begins (body: I know no red fox)', 'ack() call begins (body: …'],
  ['Unable to parse (will ignore): SyntaxError: red', 'Unable to parse (will ignore): …'],
  ['{"command":"/imagine","text":"a red fox"}', '…'],
])('of the debug line %j the log has %j', (line, kept) => {
  const log = createRecordingLog();
  createBoltLogger(log).debug(line);
  expect(log.lines).toEqual([{ severity: 'debug', event: 'slack', fields: { message: kept } }]);
});

test('warnings and errors are kept whole', () => {
  const log = createRecordingLog();
  createBoltLogger(log).warn('http request failed', new Error('{"code":"ECONNRESET"}'));
  expect(log.lines).toEqual([
    { severity: 'warn', event: 'slack', fields: { message: 'http request failed Error: {"code":"ECONNRESET"}' } },
  ]);
});
