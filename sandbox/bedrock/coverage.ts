import { coverageOf } from '../coverage-of.js';
import type { CoverageRow } from '../coverage-row.js';

const row = coverageOf('bedrock');

const oneAnswer = 'stability.test.ts > answer one picture, its seed and no reason to stop';
const endOfLife = 'retired.test.ts > %s has reached the end of its life';
const anArtifact = 'retired.test.ts > answers an artifact';
const manyPictures = 'retired.test.ts > answers as many pictures as it is asked for, from one seed on';

/** What of the Bedrock runtime the stand-in serves. */
export const bedrockCoverage: readonly CoverageRow[] = [
  row(
    'InvokeModel',
    'covered',
    'protocols.test.ts > speaks HTTP/2, as the client does by default, and HTTP/1.1 on the same port',
  ),
  row('InvokeModel: errors', 'covered', 'faults.test.ts > answers %s with HTTP %i'),
  row(
    'InvokeModel: what the models refuse',
    'partly',
    'stability.test.ts > refuse %s',
    'the sentence for an unknown field is true to a published one; for wrong values AWS publishes none, so the words are ours',
  ),
  row(
    'InvokeModel: content filter',
    'covered',
    'stability.test.ts > filter a prompt with a forbidden word: no picture, no seed, and HTTP 200',
  ),
  row(
    'InvokeModel: quota',
    'partly',
    'faults.test.ts > throttles at the quota of the model when it is told to, for a minute',
    'a sliding minute',
  ),
  row(
    'InvokeModel: guardrails',
    'partly',
    'guardrails.test.ts > keep a model from drawing',
    'prompts only, by a list of words',
  ),
  row(
    'ApplyGuardrail',
    'partly',
    'guardrails.test.ts > step in at a blocked word, and at nothing else',
    'by a list of words',
  ),
  row('Signature Version 4', 'covered', 'protocols.test.ts > refuses a key that it does not know, and a wrong secret'),
  row('stability.stable-image-core-v1:1', 'covered', oneAnswer),
  row(
    'stability.stable-image-ultra-v1:1',
    'partly',
    'stability.test.ts > begin from a picture: SD3.5 by mode, Ultra by the picture alone',
    'mode: only text-to-image, the one that its page prints; no WebP to begin from',
  ),
  row(
    'stability.sd3-5-large-v1:0',
    'partly',
    'stability.test.ts > begin from a picture: SD3.5 by mode, Ultra by the picture alone',
    'no WebP, neither drawn nor to begin from',
  ),
  row('stability.stable-image-core-v1:0', 'covered', endOfLife),
  row('stability.stable-image-ultra-v1:0', 'covered', endOfLife),
  row('stability.sd3-large-v1:0', 'covered', endOfLife),
  row('stability.stable-diffusion-xl-v0', 'partly', endOfLife, 'where it is kept, asked and answered as v1'),
  row('stability.stable-diffusion-xl-v1', 'partly', anArtifact, 'no masks, no step schedule'),
  row('amazon.titan-image-generator-v1', 'partly', endOfLife, 'where it is kept, asked and answered as v2'),
  row(
    'amazon.titan-image-generator-v2:0',
    'partly',
    manyPictures,
    'TEXT_IMAGE without a condition image, and IMAGE_VARIATION',
  ),
  row(
    'amazon.nova-canvas-v1:0',
    'partly',
    'retired.test.ts > %s draws the same picture again where no seed is named',
    'TEXT_IMAGE without a condition image, and IMAGE_VARIATION',
  ),
  row(
    'Prompts that are not English',
    'not',
    undefined,
    'the models say that they read English only, not what they answer otherwise',
  ),
  row('Stability AI Image Services', 'not', undefined, 'the model identifier is invalid'),
  row('InvokeModelWithResponseStream, Converse, asynchronous calls', 'not', undefined, 'UnknownOperationException'),
  row(
    'Model access, IAM and Marketplace subscriptions',
    'not',
    undefined,
    'every known key may do everything; AccessDeniedException is a fault',
  ),
];
