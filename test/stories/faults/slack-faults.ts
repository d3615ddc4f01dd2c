import { expect, vi } from 'vitest';
import type { CallFault } from '../../../src/sandbox/workspace/options.js';
import { seeForm, submit } from '../form.js';
import { isPicked, type Story } from '../story.js';
import { askForFox, askInSecret, type End, type FaultCase, openWork, seePictures } from './fault-case.js';

const always = 1000;
const limited = (retryAfterSeconds: number) => ({ kind: 'rate_limited', retryAfterSeconds }) as const;
const error = (code: string): CallFault => ({ kind: 'error', error: code });
/** Longer than the app waits for any answer of Slack's. */
const late = { kind: 'slow', ms: 10_500 } as const;
const failing = { kind: 'http_500' } as const;

const isRecord = ({ key, presigned }: { key: string; presigned: boolean }) => key.endsWith('/batch.json') && !presigned;

const fine = { pictures: 4 };
const unclear = 'Slack did not say whether my message arrived, so nothing was drawn. Please ask again in a minute.';
const wentWrong = 'Something went wrong on my side. Please try again.';

function planCalls({ workspace }: Story, method: string, planned: CallFault, times = 1): void {
  workspace.faults.calls.add(planned, { times, when: (call) => call.method.startsWith(method) });
}

const calling = (fault: string, method: string, planned: CallFault, end: End, times = 1): FaultCase => ({
  fault,
  plan: (story) => planCalls(story, method, planned, times),
  end,
});

const posting = (fault: string, planned: CallFault, end: End) => calling(fault, 'chat.postMessage', planned, end);
const updating = (fault: string, planned: CallFault, end: End, times = 1) =>
  calling(fault, 'chat.update', planned, end, times);

/** Where the bot is no member: the answer to the command, then the pictures in one post, both by the command's response_url. */
const answering = (fault: string, isFirst: boolean, planned: CallFault, end: End, times = 1): FaultCase => ({
  fault,
  plan({ workspace }) {
    const isMet = isFirst ? 'ephemeral' : 'in_channel';
    workspace.faults.responseUrls.add(planned, { times, when: (call) => call.arguments.response_type === isMet });
  },
  act: askInSecret,
  place: 'secret',
  end,
});

/** With four pictures there, Ana presses one of their buttons. */
const pressing = (fault: string, actionId: string, plan: (story: Story) => void, end: End): FaultCase => ({
  fault,
  plan: () => undefined,
  async act(story) {
    await askForFox(story);
    const message = await seePictures(story);
    plan(story);
    await story.press(message, actionId);
    if (end.pictures === 1) await story.see('the picked picture', isPicked);
  },
  end: { drawn: 4, ...end },
});

const picking = (fault: string, method: string, planned: CallFault, end: End, times = 1) =>
  pressing(fault, 'pick_image_2', (story) => planCalls(story, method, planned, times), { pictures: 1, ...end });

const twice = (type: string) => (story: Story) =>
  story.workspace.faults.deliveries.add({ kind: 'duplicate' }, { when: (delivery) => delivery.type === type });

/** The socket goes while the pictures are drawn, and comes back. */
const losingSocket = (fault: string, lose: (story: Story) => void): FaultCase => ({
  fault,
  plan: ({ bedrock }) => bedrock.setLatency(200),
  async act(story) {
    await askForFox(story);
    await story.workspace.waitFor(() => story.workspace.messages(story.marketing).length === 1);
    lose(story);
    await story.workspace.waitFor(() => story.workspace.connections() === 0, { describe: 'no connection' });
    await story.workspace.waitForApp({ timeoutMs: 15_000 });
  },
  end: fine,
});

export const slackFaults: readonly FaultCase[] = [
  posting('the first post is rate limited for a second', limited(1), fine),
  posting('the first post is rate limited for longer than anybody waits', limited(300), {
    pictures: 4,
    posted: 1,
    private: 1,
  }),
  posting('the first post meets a 500', failing, { told: unclear, posted: 0, private: 1 }),
  posting('the first post is reset', { kind: 'reset' }, { told: unclear, posted: 0, private: 1 }),
  posting('the answer to the first post is lost', { kind: 'answer_lost' }, { told: unclear, posted: 1, private: 1 }),
  posting('the first post has no answer in time', late, { told: unclear, posted: 1, private: 1 }),
  posting('the channel is not found', error('channel_not_found'), { pictures: 4, private: 1 }),
  posting('the bot is not in the channel', error('not_in_channel'), { pictures: 4, private: 1 }),
  ...['is_archived', 'restricted_action', 'restricted_action_read_only_channel'].map((code) =>
    posting(`posting is forbidden (${code})`, error(code), {
      told: 'so nothing was drawn. Please ask in another channel.',
      posted: 0,
      private: 1,
    }),
  ),
  ...['invalid_blocks', 'account_inactive', 'ekm_access_denied', 'fatal_error'].map((code) =>
    posting(`the first post is refused (${code})`, error(code), { told: wentWrong, posted: 0, private: 1 }),
  ),

  updating('an update is rate limited', limited(1), fine),
  updating('an update meets a 500', failing, fine),
  {
    fault: 'all tries of the last update meet a 500',
    plan: (story) => planCalls(story, 'chat.update', failing, 4),
    async act(story) {
      await askForFox(story);
      await vi.waitFor(() => expect(openWork(story)[0]).toContain('"failures":1'), { timeout: 10_000 });
      story.passMinutes(2);
      await story.startApp(); // which looks at once, as this one does every minute
    },
    end: fine,
  },
  updating('an update is reset', { kind: 'reset' }, fine),
  updating('the answer to an update is lost', { kind: 'answer_lost' }, fine),
  updating('an update has no answer in time', late, fine),
  ...['channel_not_found', 'is_inactive', 'cant_update_message', 'edit_window_closed'].map((code) =>
    updating(
      `the message can no longer be changed (${code})`,
      error(code),
      { pictures: 4, posted: 1, private: 1 },
      always,
    ),
  ),
  {
    fault: 'the message can no longer be changed, and the person no longer be told where they asked',
    plan(story) {
      planCalls(story, 'chat.update', error('channel_not_found'), always);
      planCalls(story, 'chat.postEphemeral', error('channel_not_found'), always);
      story.workspace.faults.responseUrls.add(error('expired_url'), { times: always });
    },
    end: { told: 'To choose one, type /imagine show ', pictures: 4, posted: 1, private: 1 },
  },
  updating(
    'the message was deleted while the pictures were drawn',
    error('message_not_found'),
    { told: 'brings them back.', posted: 1, private: 1, drawn: 4 },
    always,
  ),
  updating('the blocks are refused once', error('invalid_blocks'), fine),
  {
    fault: 'Slack knows no carousels here',
    options: { workspace: { settings: { carousels: false } } },
    plan: () => undefined,
    end: fine,
  },
  {
    fault: 'one picture cannot be downloaded',
    plan: ({ workspace }) =>
      workspace.faults.images.add({ kind: 'refused' }, { times: always, when: ({ url }) => url.includes('/2.png') }),
    end: { told: 'Slack could not show this preview.', pictures: 3, drawn: 4 },
  },
  {
    fault: 'no picture can be downloaded',
    plan: ({ workspace }) => workspace.faults.images.add({ kind: 'refused' }, { times: always }),
    end: { told: 'Slack could not show this preview.', drawn: 4 },
  },

  answering('the response_url fails at the first answer', true, failing, { told: wentWrong, posted: 0, private: 1 }),
  answering(
    'the response_url is used up at the first answer',
    true,
    error('used_url'),
    {
      told: wentWrong,
      posted: 0,
      private: 1,
    },
    always,
  ),
  answering('the response_url fails at the end', false, failing, { pictures: 4, posted: 0, private: 2 }),
  answering('the response_url is reset at the end', false, { kind: 'reset' }, { pictures: 4, posted: 0, private: 2 }),
  answering('the response_url is used up at the end', false, error('used_url'), { pictures: 4, posted: 0, private: 2 }),
  answering('the response_url has expired at the end', false, error('expired_url'), {
    pictures: 4,
    posted: 0,
    private: 2,
  }),
  answering('the response_url is silent at the end', false, late, { pictures: 4, posted: 1, private: 2 }),
  answering('the response_url takes no carousel', false, error('invalid_blocks'), {
    pictures: 4,
    posted: 1,
    private: 1,
  }),

  losingSocket('the socket is to be refreshed', ({ workspace }) => workspace.disconnect('refresh_requested')),
  losingSocket('the socket drops', ({ workspace }) => workspace.drop()),

  { fault: 'a command is delivered twice', plan: twice('slash_commands'), end: fine },
  pressing('a pick is delivered twice', 'pick_image_2', twice('block_actions'), { pictures: 1, posted: 2 }),
  pressing('a re-roll is delivered twice', 'reroll', twice('block_actions'), { pictures: 4, posted: 2, drawn: 4 }),
  {
    fault: 'a form is delivered twice',
    plan: twice('view_submission'),
    async act(story) {
      await story.imagine('');
      await seeForm(story);
      await submit(story, { prompt: 'a red fox', seed: '100' });
    },
    end: fine,
  },
  ...(
    [
      ['cannot be opened in time', error('expired_trigger_id')],
      ['meets a 500', failing],
    ] as const
  ).map(
    ([fault, planned]): FaultCase => ({
      fault: `the form ${fault}`,
      plan: (story) => planCalls(story, 'views.open', planned),
      act: (story) => story.imagine(''),
      end: { told: wentWrong, posted: 0, private: 1 },
    }),
  ),

  picking('the pick cannot be shown by chat.update', 'chat.update', error('channel_not_found'), { posted: 1 }, always),
  picking('no file may be uploaded', 'files.getUploadURLExternal', error('file_uploads_disabled'), {}),
  picking('the upload of the pick is rate limited', 'files.getUploadURLExternal', limited(1), { posted: 2 }),
  picking('the upload of the pick meets a 500', 'upload', failing, {}),
  picking(
    'the answer to the upload of the pick is lost',
    'files.completeUploadExternal',
    { kind: 'answer_lost' },
    {
      posted: 2,
    },
  ),
  pressing(
    'the message to discard is gone already',
    'discard',
    (story) => planCalls(story, 'chat.delete', error('message_not_found')),
    {
      posted: 1,
      pictures: 4,
    },
  ),
  pressing(
    'the message to discard cannot be deleted',
    'discard',
    (story) => planCalls(story, 'chat.delete', error('cant_delete_message')),
    {
      told: wentWrong,
      posted: 1,
      private: 1,
      pictures: 4,
    },
  ),
  ...(['chat.update', 'chat.postEphemeral'] as const).map((method) =>
    pressing(
      `neither the record nor the click’s response_url answers, nor ${method}`,
      'pick_image_2',
      (story) => {
        story.s3.faults.add({ kind: 'error', code: 'AccessDenied' }, { times: always, when: isRecord });
        story.workspace.faults.responseUrls.add(error('used_url'), { times: always });
        planCalls(story, method, error('channel_not_found'), always);
      },
      { told: wentWrong, posted: 1, private: 1, pictures: 4 },
    ),
  ),
];
