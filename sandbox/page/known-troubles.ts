import type { BedrockFault } from '../bedrock/bedrock-fault.js';
import type { ComprehendFault } from '../comprehend/serve-request.js';
import type { Faults } from '../faults.js';
import type { S3Fault } from '../s3/s3-fault.js';
import type { Sandbox } from '../start-sandbox.js';
import type { CallFault } from '../workspace/options.js';
import type { ShownTrouble } from './protocol.js';

/** Plans a fault that `when` is asked about, once for each call that may meet it. */
type Add = (options: { times: number; when: () => boolean }) => void;

export type Trouble = Omit<ShownTrouble, 'left'> & { add: Add };

/** Everything that the page can make go wrong. */
export function knownTroubles({ workspace, bedrock, comprehend, s3 }: StandIns): readonly Trouble[] {
  return [
    ...bedrockTroubles(bedrock),
    ...slackTroubles(workspace),
    ...s3Troubles(s3),
    ...comprehendTroubles(comprehend),
  ];
}

export type StandIns = Pick<Sandbox, 'workspace' | 'bedrock' | 'comprehend' | 's3'>;

/** A function that plans one fault at a stand-in. */
function at<Request, Fault>(faults: Faults<Request, Fault>): (fault: Fault) => Add {
  return (fault) => (options) => faults.add(fault, options);
}

function slackTroubles(workspace: StandIns['workspace']): Trouble[] {
  const call = at<unknown, CallFault>(workspace.faults.calls);
  const answer = at<unknown, CallFault>(workspace.faults.responseUrls);
  const { images, deliveries } = workspace.faults;
  const service = 'slack';
  return [
    { id: 'slack_slow', service, label: 'Slow', hint: 'answers after 5 s', add: call({ kind: 'slow', ms: 5000 }) },
    {
      id: 'slack_limited',
      service,
      label: 'Rate limited',
      hint: '429, to be tried again after 3 s',
      add: call({ kind: 'rate_limited', retryAfterSeconds: 3 }),
    },
    { id: 'slack_failing', service, label: 'Failing', hint: 'answers 500', add: call({ kind: 'http_500' }) },
    {
      id: 'slack_answer_lost',
      service,
      label: 'Answer lost',
      hint: 'done, but the connection drops before the answer',
      add: call({ kind: 'answer_lost' }),
    },
    {
      id: 'slack_response_url',
      service,
      label: 'Response URLs failing',
      hint: 'answers to commands and clicks meet 500',
      add: answer({ kind: 'http_500' }),
    },
    {
      id: 'slack_images',
      service,
      label: 'Images not downloadable',
      hint: 'refuses the whole message as invalid_blocks',
      add: at(images)({ kind: 'refused' }),
    },
    {
      id: 'slack_twice',
      service,
      label: 'Delivered twice',
      hint: 'the app gets the same command or click again',
      add: at(deliveries)({ kind: 'duplicate' }),
    },
  ];
}

function bedrockTroubles(bedrock: StandIns['bedrock']): Trouble[] {
  const image = at<unknown, BedrockFault>(bedrock.faults);
  const service = 'bedrock';
  const internal: BedrockFault = { kind: 'error', name: 'InternalServerException' };
  const throttled: BedrockFault = { kind: 'error', name: 'ThrottlingException' };
  return [
    {
      id: 'bedrock_slow',
      service,
      label: 'Slow',
      hint: '10 s more',
      add: image({ kind: 'slow', milliseconds: 10_000 }),
    },
    { id: 'bedrock_silent', service, label: 'Silent', hint: 'never answers', add: image({ kind: 'never' }) },
    { id: 'bedrock_throttled', service, label: 'Throttled', hint: 'ThrottlingException', add: image(throttled) },
    { id: 'bedrock_failing', service, label: 'Failing', hint: 'InternalServerException', add: image(internal) },
    {
      id: 'bedrock_filtered_prompt',
      service,
      label: 'Prompt filtered',
      hint: 'HTTP 200 and no image',
      add: image({ kind: 'filtered prompt' }),
    },
    {
      id: 'bedrock_filtered_image',
      service,
      label: 'Image filtered',
      hint: 'drawn, then held back',
      add: image({ kind: 'filtered image' }),
    },
    {
      id: 'bedrock_not_a_image',
      service,
      label: 'Not an image',
      hint: 'bytes that no one can open',
      add: image({ kind: 'not an image' }),
    },
  ];
}

function s3Troubles(s3: StandIns['s3']): Trouble[] {
  const request = at<unknown, S3Fault>(s3.faults);
  const service = 's3';
  return [
    {
      id: 's3_slow',
      service,
      label: 'Slow',
      hint: 'answers after 5 s',
      add: request({ kind: 'slow', milliseconds: 5000 }),
    },
    { id: 's3_busy', service, label: 'Busy', hint: 'SlowDown', add: request({ kind: 'error', code: 'SlowDown' }) },
    {
      id: 's3_denied',
      service,
      label: 'Denied',
      hint: 'AccessDenied',
      add: request({ kind: 'error', code: 'AccessDenied' }),
    },
    {
      id: 's3_conflict',
      service,
      label: 'Conflict',
      hint: 'another write was faster (409)',
      add: request({ kind: 'error', code: 'ConditionalRequestConflict' }),
    },
  ];
}

function comprehendTroubles(comprehend: StandIns['comprehend']): Trouble[] {
  const call = at<unknown, ComprehendFault>(comprehend.faults);
  const service = 'comprehend';
  return [
    {
      id: 'comprehend_slow',
      service,
      label: 'Slow',
      hint: 'answers after 5 s',
      add: call({ kind: 'slow', milliseconds: 5000 }),
    },
    {
      id: 'comprehend_failing',
      service,
      label: 'Failing',
      hint: 'InternalServerException',
      add: call({ kind: 'error', name: 'InternalServerException' }),
    },
  ];
}
