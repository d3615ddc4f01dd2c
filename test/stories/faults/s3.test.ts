import type { S3ErrorCode } from '../../../sandbox/s3/s3-error.js';
import type { S3Fault } from '../../../sandbox/s3/s3-fault.js';
import { always, jobKey, recordKey, type Story } from '../story.js';
import { askForFox, type End, type FaultCase, fine, meetFaults, wentWrong } from './fault-case.js';

type Target =
  Parameters<Story['planS3']> extends [unknown, infer Operation, infer Key, ...unknown[]] ? [Operation, Key] : never;

const anything: Target = ['any', /./];
const writeAnything: Target = ['PutObject', /./];
const writeRecord: Target = ['PutObject', recordKey];
const readRecord: Target = ['GetObject', recordKey];
const writeImage: Target = ['PutObject', /\/[1-4]\.png$/];
const readImage: Target = ['GetObject', /\/[1-4]\.png$/];
const writeJob: Target = ['PutObject', jobKey];
const writeCounter: Target = ['PutObject', /\/usage\//];

const fault = (name: string, target: Target, planned: S3Fault, end: End, times = 1): FaultCase => ({
  fault: name,
  plan: (story) => story.planS3(planned, ...target, times),
  end,
});

const error = (code: S3ErrorCode): S3Fault => ({ kind: 'error', code });
const lost = { kind: 'answer lost' } as const;
const nothing = { told: wentWrong, posted: 0, private: 1 };
const notPicked = { told: wentWrong, images: 4, private: 1 };
const notKept = { told: 'The image could not be saved. Try again in a minute.', drawn: 4 };

/** Ana picks the second image, and something is wrong with the bucket from then on. */
const whilePicking = (name: string, target: Target, planned: S3Fault, end: End, times = 1): FaultCase => ({
  fault: name,
  async act(story) {
    await askForFox(story);
    const message = await story.seeImages();
    story.planS3(planned, ...target, times);
    await story.click(message, 2);
    if (end.images === 1) await story.seePicked();
  },
  end: { drawn: 4, ...end },
});

meetFaults('S3’s bad days', [
  fault('the bucket is busy, for a moment', writeRecord, error('SlowDown'), fine),
  fault('the bucket is busy, always', anything, error('SlowDown'), nothing, always),
  {
    ...fault('the bucket is busy for the images, always', writeImage, error('SlowDown'), notKept, always),
    options: { settings: { GENERATION_TIMEOUT_SECONDS: '2' } },
  },
  fault('the bucket is busy for the images, for long', writeImage, error('SlowDown'), fine, 20),
  fault('the bucket has an internal error, for a moment', writeImage, error('InternalError'), fine),
  fault('the bucket has an internal error, always', writeRecord, error('InternalError'), nothing, always),
  fault('the app may not write', writeAnything, error('AccessDenied'), nothing, always),
  fault('the app may not write images', writeImage, error('AccessDenied'), notKept, always),
  fault('the app may not write contact sheets', ['PutObject', /\/previews\//], error('AccessDenied'), fine, always),
  fault('the app may not read', ['GetObject', /./], error('AccessDenied'), fine, always),
  fault('the bucket is gone', anything, error('NoSuchBucket'), nothing, always),
  fault('the credentials have expired', anything, error('ExpiredToken'), nothing, always),
  fault('the credentials are not known', anything, error('InvalidAccessKeyId'), nothing, always),
  fault('the app may not write the job record', writeJob, error('AccessDenied'), nothing),
  fault('the app may not write the record', writeRecord, error('AccessDenied'), nothing),
  fault('the bucket is in another Region', anything, error('AuthorizationHeaderMalformed'), nothing, always),
  fault('the bucket knows no conditional PUT any more', writeRecord, error('NotImplemented'), nothing, always),
  fault('the connection is reset before the record is written', writeRecord, { kind: 'reset' }, fine),
  fault('the connection is reset before an image is written', writeImage, { kind: 'reset' }, fine),
  fault('the answer to the first write of the record is lost', writeRecord, lost, fine),
  fault('all answers to the first write of the record are lost', writeRecord, lost, nothing, 3),
  fault('the answer to the write of an image is lost', writeImage, lost, fine),
  fault('the answer to the write of the job record is lost', writeJob, lost, fine),
  fault('the answer to the write of the counter is lost', writeCounter, lost, fine),
  fault('S3 asks to try the first write of the record again', writeRecord, error('ConditionalRequestConflict'), fine),
  fault('S3 asks to try the write of the counter again', writeCounter, error('ConditionalRequestConflict'), fine),
  fault('the job record cannot be removed', ['DeleteObject', jobKey], error('InternalError'), fine, 3),
  fault(
    'the history cannot be written',
    ['PutObject', /\/(?:names|people\/[^/]+\/batches)\//],
    error('AccessDenied'),
    fine,
    always,
  ),
  fault(
    'the person’s own defaults cannot be read',
    ['GetObject', /\/people\/[^/]+\.json$/],
    error('AccessDenied'),
    fine,
    always,
  ),
  fault('the bucket is slow', anything, { kind: 'slow', milliseconds: 300 }, fine, 6),
  {
    fault: 'the bucket is gone once the message is posted',
    plan: (story) =>
      story.s3.faults.add(error('ExpiredToken'), {
        times: always,
        when: () => story.workspace.calls().some(({ method }) => method === 'chat.postMessage'),
      }),
    async act(story) {
      await askForFox(story);
      await story.see('words', ({ isEphemeral }) => isEphemeral);
      story.s3.faults.clear();
      await story.nextTry();
    },
    end: { told: 'Your images will come to you privately as soon as possible.', images: 4, private: 2 },
  },
  whilePicking(
    'the record cannot be read when an image is picked',
    readRecord,
    error('AccessDenied'),
    notPicked,
    always,
  ),
  whilePicking('the answer is cut while the record is read', readRecord, { kind: 'answer cut' }, notPicked),
  whilePicking('the answer to the write of the pick is lost', writeRecord, lost, { images: 1, posted: 2 }),
  whilePicking('S3 asks to try the write of the pick again', writeRecord, error('ConditionalRequestConflict'), {
    images: 1,
    posted: 2,
  }),
  whilePicking(
    'the picked image cannot be read for its upload',
    readImage,
    error('AccessDenied'),
    { images: 1 },
    always,
  ),
]);
