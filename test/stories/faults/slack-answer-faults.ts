import type { CallFault } from '../../../sandbox/workspace/options.js';
import { always, askInSecret, type End, type FaultCase, wentWrong } from './fault-case.js';
import { error, failing, late, shortenTimeout } from './slack-fault.js';

/** Where the bot is no member: the answer to the command, then the images in one post, both by the command's response_url. */
const answering = (fault: string, isFirst: boolean, planned: CallFault, end: End, times = 1): FaultCase => ({
  fault,
  plan({ workspace }) {
    shortenTimeout(planned);
    const isMet = isFirst ? 'ephemeral' : 'in_channel';
    workspace.faults.responseUrls.add(planned, { times, when: (call) => call.arguments.response_type === isMet });
  },
  act: askInSecret,
  place: 'secret',
  end,
});

export const slackAnswerFaults: readonly FaultCase[] = [
  answering('the response_url fails at the first answer', true, failing, { told: wentWrong, posted: 0, private: 1 }),
  answering(
    'the response_url is used up at the first answer',
    true,
    error('used_url'),
    { told: wentWrong, posted: 0, direct: 1 },
    always,
  ),
  answering('the response_url fails at the end', false, failing, { images: 4, posted: 0, private: 1, direct: 1 }),
  answering(
    'the response_url is reset at the end',
    false,
    { kind: 'reset' },
    { images: 4, posted: 0, private: 1, direct: 1 },
  ),
  answering('the response_url is used up at the end', false, error('used_url'), {
    images: 4,
    posted: 0,
    private: 1,
    direct: 1,
  }),
  answering('the response_url has expired at the end', false, error('expired_url'), {
    images: 4,
    posted: 0,
    private: 1,
    direct: 1,
  }),
  answering('the response_url is silent at the end', false, late, { images: 4, private: 1, direct: 1 }),
  answering('the response_url takes no carousel', false, error('invalid_blocks'), {
    images: 4,
    posted: 1,
    private: 1,
  }),
];
