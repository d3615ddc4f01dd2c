import type { CallFault } from '../../../sandbox/workspace/options.js';
import type { SeenMessage } from '../../../sandbox/workspace/seen.js';
import { seeForm, submit } from '../form.js';
import { always, denied, recordKey, type Story } from '../story.js';
import { askForFox, type End, type FaultCase, fine, meetFaults, wentWrong } from './fault-case.js';
import { error, failing, limited, planCalls } from './slack-fault.js';

/** "Discard" in the menu of Ana's newest batch. */
async function discard({ workspace, ana: user, marketing: channel, records }: Story, { ts: messageTs }: SeenMessage) {
  const value = `discard:${records().at(-1)?.id}`;
  await workspace.choose({ user, channel, messageTs, actionId: 'more', value });
}

/** With four images there, Ana presses one of their buttons, or discards them. */
const pressing = (fault: string, actionId: string, plan: (story: Story) => void, end: End): FaultCase => ({
  fault,
  async act(story) {
    await askForFox(story);
    const message = await story.seeImages();
    plan(story);
    await (actionId === 'discard' ? discard(story, message) : story.press(message, actionId));
    if (end.images === 1) await story.seePicked();
  },
  end: { drawn: 4, ...end },
});

const picking = (fault: string, method: string, planned: CallFault, end: End, times = 1) =>
  pressing(fault, 'pick_image_2', (story) => planCalls(story, method, planned, times), { images: 1, ...end });

const lost = { kind: 'answer_lost' } as const;

const twice = (type: string) => (story: Story) =>
  story.workspace.faults.deliveries.add({ kind: 'duplicate' }, { when: (delivery) => delivery.type === type });

/** Ana asks for a form. */
const opening = (fault: string, planned: CallFault, told: string): FaultCase => ({
  fault: `the form ${fault}`,
  plan: (story) => planCalls(story, 'views.open', planned),
  act: (story) => story.imagine(''),
  end: { told, posted: 0, private: 1 },
});

const tooLate = 'The form could not be opened in time. Please try again.';

/** The socket goes while the images are drawn, and comes back. */
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

function loseRecord({ planS3, workspace }: Story): void {
  planS3(denied, 'any', recordKey, always);
  workspace.faults.responseUrls.add(error('used_url'), { times: always });
}

meetFaults('what people do, and how it reaches the app', [
  losingSocket('the socket is to be refreshed', ({ workspace }) => workspace.disconnect('refresh_requested')),
  losingSocket('the socket drops', ({ workspace }) => workspace.drop()),

  { fault: 'a command is delivered twice', plan: twice('slash_commands'), end: fine },
  pressing('a pick is delivered twice', 'pick_image_2', twice('block_actions'), { images: 1, posted: 2 }),
  pressing('a re-roll is delivered twice', 'reroll', twice('block_actions'), { images: 4, posted: 2, drawn: 4 }),
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
  opening('cannot be opened in time', error('expired_trigger_id'), tooLate),
  opening('cannot be opened in time, as its trigger was exchanged', error('exchanged_trigger_id'), tooLate),
  opening('meets a 500', failing, wentWrong),

  picking('the pick cannot be shown by chat.update', 'chat.update', error('channel_not_found'), { posted: 1 }, always),
  picking('no file may be uploaded', 'files.getUploadURLExternal', error('file_uploads_disabled'), {}),
  picking('the upload of the pick is rate limited', 'files.getUploadURLExternal', limited(1), { posted: 2 }),
  picking('the upload of the pick meets a 500', 'upload', failing, {}),
  picking('the answer to the upload of the pick is lost', 'files.completeUploadExternal', lost, { posted: 2 }),
  {
    fault: 'the message to discard is gone already',
    plan: (story) => planCalls(story, 'chat.delete', error('message_not_found')),
    async act(story) {
      await askForFox(story);
      await discard(story, await story.seeImages());
      await story.until(() => story.workspace.calls().some(({ method }) => method === 'chat.delete'));
    },
    end: fine, // the stand-in only says that it is gone
  },
  pressing(
    'the message to discard cannot be deleted, but by the response_url of the click',
    'discard',
    (story) => planCalls(story, 'chat.delete', error('cant_delete_message')),
    { posted: 0 },
  ),
  pressing(
    'the message to discard cannot be deleted in any way',
    'discard',
    (story) => {
      planCalls(story, 'chat.delete', limited(300));
      story.workspace.faults.responseUrls.add(failing);
    },
    { told: 'Slack did not delete the message. Please try again in a minute.', private: 1, images: 4 },
  ),
  pressing('neither the record nor the click’s response_url answers', 'pick_image_2', loseRecord, {
    told: wentWrong,
    direct: 1,
    images: 4,
  }),
]);
