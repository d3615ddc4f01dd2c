import type { BedrockFault } from '../../sandbox/bedrock/bedrock-fault.js';
import type { S3Fault } from '../../sandbox/s3/s3-fault.js';
import type { Sandbox } from '../../sandbox/start-sandbox.js';
import type { CallFault } from '../../sandbox/workspace/options.js';

type Plan = (sandbox: Sandbox) => void;

const drawing =
  (fault: BedrockFault): Plan =>
  (sandbox) =>
    sandbox.bedrock.faults.add(fault);
const answering =
  (fault: CallFault): Plan =>
  (sandbox) =>
    sandbox.workspace.faults.responseUrls.add(fault);

const writing =
  (object: RegExp, fault: S3Fault): Plan =>
  (sandbox) =>
    sandbox.s3.faults.add(fault, { when: ({ operation, key }) => operation === 'PutObject' && object.test(key) });

const calling =
  (method: string, fault: CallFault): Plan =>
  (sandbox) =>
    sandbox.workspace.faults.calls.add(fault, { when: (call) => call.method === method });

const record = /\/batch\.json$/;
const image = /\.png$/;

/** Each is met once, by the next request. */
export const soakFaults: readonly Plan[] = [
  drawing({ kind: 'error', name: 'ThrottlingException' }),
  drawing({ kind: 'error', name: 'InternalServerException' }),
  drawing({ kind: 'error', name: 'ModelErrorException' }),
  drawing({ kind: 'error', name: 'AccessDeniedException' }),
  drawing({ kind: 'reset' }),
  drawing({ kind: 'filtered prompt' }),
  drawing({ kind: 'not an image' }),
  drawing({ kind: 'huge' }),
  writing(record, { kind: 'error', code: 'SlowDown' }),
  writing(record, { kind: 'error', code: 'ConditionalRequestConflict' }),
  writing(record, { kind: 'error', code: 'AccessDenied' }),
  writing(record, { kind: 'answer lost' }),
  writing(image, { kind: 'answer lost' }),
  writing(image, { kind: 'error', code: 'AccessDenied' }),
  writing(/\/open\//, { kind: 'answer lost' }),
  calling('chat.postMessage', { kind: 'answer_lost' }),
  calling('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 1 }),
  calling('chat.update', { kind: 'http_500' }),
  calling('chat.update', { kind: 'error', error: 'internal_error' }),
  calling('chat.update', { kind: 'error', error: 'message_not_found' }),
  calling('chat.update', { kind: 'error', error: 'channel_not_found' }),
  calling('chat.update', { kind: 'error', error: 'invalid_blocks' }),
  answering({ kind: 'http_500' }),
  answering({ kind: 'error', error: 'used_url' }),
  ({ workspace }) => workspace.faults.images.add({ kind: 'refused' }),
  ({ workspace }) => workspace.faults.deliveries.add({ kind: 'duplicate' }),
];
