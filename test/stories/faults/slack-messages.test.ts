import type { CallFault } from '../../../sandbox/workspace/options.js';
import { always, countImages } from '../story.js';
import { askForFox, type End, type FaultCase, fine, meetFaults, wentWrong } from './fault-case.js';
import { error, failing, late, limited, planCalls } from './slack-fault.js';

const unclear = 'Slack did not confirm that my message arrived, so nothing was drawn. Please try again in a minute.';

/** Nothing but these words, and to the user alone. */
const only = (told: string): End => ({ told, posted: 0, private: 1 });

const calling = (fault: string, method: string, planned: CallFault, end: End, times = 1): FaultCase => ({
  fault,
  plan: (story) => planCalls(story, method, planned, times),
  end,
});

const posting = (fault: string, planned: CallFault, end: End) => calling(fault, 'chat.postMessage', planned, end);
const updating = (fault: string, planned: CallFault, end: End, times = 1) =>
  calling(fault, 'chat.update', planned, end, times);

meetFaults('the bot’s own message, posted and kept up to date', [
  posting('the first post is rate limited for a second', limited(1), fine),
  posting('the first post is rate limited for longer than anyone waits', limited(300), {
    told: 'Slack is not accepting more messages from me right now.',
    notTold: 'I am not a member',
    images: 4,
    posted: 1,
    private: 1,
  }),
  posting('the first post meets a 500', failing, only(unclear)),
  posting('the first post is reset', { kind: 'reset' }, only(unclear)),
  posting('the answer to the first post is lost', { kind: 'answer_lost' }, { told: unclear, posted: 1, private: 1 }),
  posting('the first post has no answer in time', late, { told: unclear, posted: 1, private: 1 }),
  posting('the channel is not found', error('channel_not_found'), {
    told: 'I am not a member of this conversation',
    images: 4,
    private: 1,
  }),
  posting('the bot is not in the channel', error('not_in_channel'), { images: 4, private: 1 }),
  ...['is_archived', 'restricted_action', 'restricted_action_read_only_channel'].map((code) =>
    posting(`posting is forbidden (${code})`, error(code), only('so nothing was drawn. Please try another channel.')),
  ),
  ...['account_inactive', 'ekm_access_denied', 'fatal_error'].map((code) =>
    posting(`the first post is refused (${code})`, error(code), only(wentWrong)),
  ),

  posting('the first post is refused with its sheet (invalid_blocks)', error('invalid_blocks'), fine),
  calling(
    'the first post is refused in every form (invalid_blocks)',
    'chat.postMessage',
    error('invalid_blocks'),
    only('Slack is not accepting messages from me right now, so nothing was drawn.'),
    always,
  ),

  updating('an update is rate limited', limited(1), fine),
  updating('an update meets a 500', failing, fine),
  {
    fault: 'all tries of the last update meet a 500',
    plan: (story) => planCalls(story, 'chat.update', failing, 4),
    async act(story) {
      await askForFox(story);
      await story.triedOnce();
      await story.nextTry();
    },
    end: fine,
  },
  updating('an update is reset', { kind: 'reset' }, fine),
  updating('the answer to an update is lost', { kind: 'answer_lost' }, fine),
  updating('an update has no answer in time', late, fine),
  ...['channel_not_found', 'cant_update_message', 'edit_window_closed'].map((code) =>
    updating(`the message can no longer be changed (${code})`, error(code), { images: 4, private: 1 }, always),
  ),
  {
    fault: 'the channel was archived while the images were drawn',
    plan: ({ bedrock }) => bedrock.setLatency(300),
    async act(story) {
      await askForFox(story);
      await story.see('the announcement', ({ text }) => text.startsWith('Drawing'));
      story.workspace.channels.marketing.isArchived = true;
      await story.until(() => story.privately().some((message) => countImages(message) === 4));
      story.workspace.channels.marketing.isArchived = false; // for the next command
    },
    end: { images: 4, private: 1 },
  },
  {
    fault: 'the message can no longer be changed, and the user can no longer be told where they asked',
    plan(story) {
      planCalls(story, 'chat.update', error('channel_not_found'), always);
      story.workspace.faults.responseUrls.add(error('expired_url'), { times: always });
    },
    end: { told: 'To choose one, type /imagine show ', images: 4, direct: 1 },
  },
  {
    fault: 'nothing can be drawn, and only their conversation with the app is left to tell the user',
    plan(story) {
      story.bedrock.faults.add({ kind: 'error', name: 'AccessDeniedException' }, { times: always });
      planCalls(story, 'chat.update', error('channel_not_found'), always);
      story.workspace.faults.responseUrls.add(error('expired_url'), { times: always });
    },
    end: { told: 'Imagine does not have access to this model yet.', notTold: 'To choose one', direct: 1 },
  },
  {
    fault: 'the message was deleted, and nothing can be drawn',
    plan(story) {
      story.bedrock.faults.add({ kind: 'error', name: 'AccessDeniedException' }, { times: always });
      planCalls(story, 'chat.update', error('message_not_found'), always);
    },
    end: { told: 'Imagine does not have access to this model yet.', notTold: 'brings them back', private: 1 },
  },
  updating(
    'the message was deleted while the images were drawn',
    error('message_not_found'),
    { told: 'brings them back.', posted: 1, private: 1, drawn: 4 },
    always,
  ),
  updating('the blocks are refused once', error('invalid_blocks'), fine),
  {
    fault: 'the sheet cannot be downloaded once',
    plan: ({ workspace }) => workspace.faults.images.add({ kind: 'refused' }),
    end: { ...fine, notTold: 'Slack could not show' },
  },
  {
    fault: 'no sheet can be downloaded',
    plan: ({ workspace }) => workspace.faults.images.add({ kind: 'refused' }, { times: always }),
    end: { told: 'Slack could not show the images. They are saved', images: 4 },
  },
  {
    fault: 'one card of a carousel cannot be downloaded',
    options: { settings: { PREVIEW_LAYOUT: 'carousel' } },
    plan: ({ workspace }) =>
      workspace.faults.images.add({ kind: 'refused' }, { times: always, when: ({ url }) => url.includes('/2.png') }),
    end: { told: 'Slack could not show this preview.', images: 4 },
  },
]);
