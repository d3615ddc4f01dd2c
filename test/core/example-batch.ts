import type { Batch, BatchImage, ClickedMessage, StoredImage } from '../../src/core/batch/batch.js';
import type { FailureReason } from '../../src/core/errors.js';

const drawnBy = { modelId: 'stability.stable-image-core-v1:1' };

export function pendingImage(number: number): BatchImage {
  return { ...drawnBy, number, seed: 41 + number, state: 'pending' };
}

export function storedImage(number: number, seed = 41 + number): StoredImage {
  return {
    ...drawnBy,
    number,
    seed,
    state: 'stored',
    mediaType: 'image/png',
    byteLength: 3,
    storedAt: '2026-11-20T10:00:09.000Z',
  };
}

export function failedImage(number: number, reason: FailureReason = 'failed'): BatchImage {
  return { ...drawnBy, number, seed: 41 + number, state: 'failed', reason, failedAt: '2026-11-20T10:00:09.000Z' };
}

/** By default two pending images. */
export function exampleBatch(differences: Partial<Batch> = {}): Batch {
  return {
    version: 1,
    revision: 0,
    id: '01JCZZZZZZZZZZZZZZZZ7F3A2C',
    workspaceId: 'T0WORK',
    channelId: 'C0ROOM',
    requesterId: 'U0ASKER',
    requestedAt: '2026-11-20T10:00:00.000Z',
    prompt: 'a red fox',
    settings: { aspectRatio: '1:1' },
    sent: [{ ...drawnBy, prompt: 'a red fox' }],
    images: [pendingImage(1), pendingImage(2)],
    destination: { kind: 'message', ts: '1763632800.000100' },
    ...differences,
  };
}

/** A click on the message of `exampleBatch`. */
export const ownMessage: ClickedMessage = {
  channelId: 'C0ROOM',
  messageTs: '1763632800.000100',
  responseUrl: 'https://hooks.slack.test/actions/1',
  isPrivate: false,
};
