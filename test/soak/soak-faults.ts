import { jobKey, recordKey } from '../stories/story.js';
import type { Soak } from './start-soak.js';

/** Each is met once, by the next request. */
export const soakFaults: readonly ((soak: Soak) => void)[] = [
  ({ bedrock }) => bedrock.faults.add({ kind: 'error', name: 'ThrottlingException' }),
  ({ bedrock }) => bedrock.faults.add({ kind: 'error', name: 'InternalServerException' }),
  ({ bedrock }) => bedrock.faults.add({ kind: 'error', name: 'ModelErrorException' }),
  ({ bedrock }) => bedrock.faults.add({ kind: 'error', name: 'AccessDeniedException' }),
  ({ bedrock }) => bedrock.faults.add({ kind: 'reset' }),
  ({ bedrock }) => bedrock.faults.add({ kind: 'filtered prompt' }),
  ({ bedrock }) => bedrock.faults.add({ kind: 'not an image' }),
  ({ bedrock }) => bedrock.faults.add({ kind: 'huge' }),
  ({ planS3 }) => planS3({ kind: 'error', code: 'SlowDown' }, 'PutObject', recordKey),
  ({ planS3 }) => planS3({ kind: 'error', code: 'ConditionalRequestConflict' }, 'PutObject', recordKey),
  ({ planS3 }) => planS3({ kind: 'error', code: 'AccessDenied' }, 'PutObject', recordKey),
  ({ planS3 }) => planS3({ kind: 'answer lost' }, 'PutObject', recordKey),
  ({ planS3 }) => planS3({ kind: 'answer lost' }, 'PutObject', /\.png$/),
  ({ planS3 }) => planS3({ kind: 'error', code: 'AccessDenied' }, 'PutObject', /\.png$/),
  ({ planS3 }) => planS3({ kind: 'answer lost' }, 'PutObject', jobKey),
  ({ planCalls }) => planCalls('chat.postMessage', { kind: 'answer_lost' }),
  ({ planCalls }) => planCalls('chat.postMessage', { kind: 'rate_limited', retryAfterSeconds: 1 }),
  ({ planCalls }) => planCalls('chat.update', { kind: 'http_500' }),
  ({ planCalls }) => planCalls('chat.update', { kind: 'error', error: 'internal_error' }),
  ({ planCalls }) => planCalls('chat.update', { kind: 'error', error: 'message_not_found' }),
  ({ planCalls }) => planCalls('chat.update', { kind: 'error', error: 'channel_not_found' }),
  ({ planCalls }) => planCalls('chat.update', { kind: 'error', error: 'invalid_blocks' }),
  ({ workspace }) => workspace.faults.responseUrls.add({ kind: 'http_500' }),
  ({ workspace }) => workspace.faults.responseUrls.add({ kind: 'error', error: 'used_url' }),
  ({ workspace }) => workspace.faults.images.add({ kind: 'refused' }),
  ({ workspace }) => workspace.faults.deliveries.add({ kind: 'duplicate' }),
];
