import type { CallFault } from '../../../sandbox/workspace/options.js';
import { always } from '../story.js';
import { type End, type FaultCase, meetFaults, wentWrong } from './fault-case.js';
import { error, failing, late, shortenTimeout } from './slack-fault.js';

/** Where the bot is not a member: the answer to the command, then the images in one post, both by the command's response_url. */
const answering = (fault: string, isFirst: boolean, planned: CallFault, end: End, times = 1): FaultCase => ({
  fault,
  plan({ workspace }) {
    shortenTimeout(planned);
    const isMet = isFirst ? 'ephemeral' : 'in_channel';
    workspace.faults.responseUrls.add(planned, { times, when: (call) => call.arguments.response_type === isMet });
  },
  act: (story) => story.imagine('a red fox --seed 100', { channel: story.secret }),
  place: 'secret',
  end,
});

/** The images come to the user alone, and a direct message says so. */
const inPrivate: End = { images: 4, posted: 0, private: 1, direct: 1 };

meetFaults('a response_url', [
  answering('fails at the first answer', true, failing, { told: wentWrong, posted: 0, private: 1 }),
  answering(
    'is used up at the first answer',
    true,
    error('used_url'),
    { told: wentWrong, posted: 0, direct: 1 },
    always,
  ),
  answering('fails at the end', false, failing, inPrivate),
  answering('is reset at the end', false, { kind: 'reset' }, inPrivate),
  answering('is used up at the end', false, error('used_url'), inPrivate),
  answering('has expired at the end', false, error('expired_url'), inPrivate),
  answering('is silent at the end', false, late, { images: 4, private: 1, direct: 1 }),
  answering('takes no carousel', false, error('invalid_blocks'), { images: 4, private: 1 }),
]);
