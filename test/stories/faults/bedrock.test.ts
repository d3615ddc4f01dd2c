import type { AwsErrorName } from '../../../sandbox/aws-errors.js';
import type { BedrockFault } from '../../../sandbox/bedrock/bedrock-fault.js';
import { always } from '../story.js';
import { type End, type FaultCase, fine, meetFaults } from './fault-case.js';

/** A deadline that leaves no room for the pause that follows throttling. */
const short = { settings: { GENERATION_TIMEOUT_SECONDS: '2' } };

const once = (fault: string, planned: BedrockFault, end: End = fine): FaultCase => ({
  fault: `${fault}, once`,
  plan: ({ bedrock }) => bedrock.faults.add(planned, { when: ({ seed }) => seed === 101 }),
  end,
});

const forever = (fault: string, planned: BedrockFault, end: End): FaultCase => ({
  fault: `${fault}, always`,
  options: short,
  plan: ({ bedrock }) => bedrock.faults.add(planned, { times: always }),
  end,
});

const error = (name: AwsErrorName, message?: string): BedrockFault => ({
  kind: 'error',
  name,
  ...(message !== undefined && { message }),
});

const busy = { told: 'The model was too busy. Try again in a minute.' };
const late = { told: 'The model took too long. Try again in a minute.' };
const unreachable = { told: 'The model could not be reached. Try again in a minute.' };
const denied = { told: 'Imagine does not have access to this model yet. Please tell your Imagine administrator.' };
/** Only the person who asked is told. */
const refused = {
  told: 'The model did not accept this request. Try a different prompt or other settings.',
  posted: 0,
  private: 1,
};
const retired = { told: 'This model is no longer offered. Please tell your Imagine administrator.' };
/** Of one image; the others come. */
const alone = (told: string): End => ({ told, images: 3, drawn: 4 });
const noImage = alone("The model's answer was not a valid image. Try again.");
const wrongRegion = error('ValidationException', 'The provided model identifier is invalid.');
const badField = error('ValidationException', '{"detail":"Invalid field in request."}');

meetFaults('Bedrock’s bad days', [
  once('the model throttles', error('ThrottlingException')),
  forever('the model throttles', error('ThrottlingException'), busy),
  once('the model is not ready', error('ModelNotReadyException')),
  forever('the model is not ready', error('ModelNotReadyException'), busy),
  once('the model has an internal error', error('InternalServerException')),
  forever('the model has an internal error', error('InternalServerException'), unreachable),
  once('the model is unavailable', error('ServiceUnavailableException')),
  forever('the model is unavailable', error('ServiceUnavailableException'), unreachable),
  once('the model times out', error('ModelTimeoutException')),
  forever('the model times out', error('ModelTimeoutException'), late),
  once('the model fails', error('ModelErrorException')),
  forever('the model fails', error('ModelErrorException'), { told: 'Something went wrong. Try again.' }),
  forever('the account has used up its quota', error('ServiceQuotaExceededException'), denied),
  forever('the account may not use the model', error('AccessDeniedException'), denied),
  forever('the credentials have expired', error('ExpiredTokenException'), denied),
  forever('the credentials are not known', error('UnrecognizedClientException'), denied),
  forever('the signature is wrong', error('InvalidSignatureException'), denied),
  forever('the model is not in this Region', wrongRegion, denied),
  forever('the model is retired', error('ResourceNotFoundException'), retired),
  forever('the model refuses a setting', badField, refused),
  once('the connection is reset before the answer', { kind: 'reset' }),
  forever('the connection is reset before the answer', { kind: 'reset' }, unreachable),
  once('the answer is cut in the middle', { kind: 'answer cut' }, { images: 4, drawn: 5 }),
  forever('the model is silent', { kind: 'never' }, late),
  once('the answer has 25 megabytes', { kind: 'huge' }),
  once('the answer is a JPEG where a PNG was asked', { kind: 'other format' }),
  once(
    'the filter refuses the words',
    { kind: 'filtered prompt' },
    alone("The model's content filter blocked this prompt."),
  ),
  once(
    'the filter holds an image back',
    { kind: 'filtered image' },
    alone("The model's content filter blocked this image."),
  ),
  once('the model cannot finish an image', { kind: 'inference error' }, alone('Something went wrong. Try again.')),
  once('the answer lacks its images', { kind: 'missing images' }, noImage),
  once('the answer has an empty image', { kind: 'empty image' }, noImage),
  once('the answer is not base64', { kind: 'not base64' }, noImage),
  once('the answer is not an image', { kind: 'not an image' }, noImage),
]);
