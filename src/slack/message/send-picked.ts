import { type Batch, findImage } from '../../core/batch/batch.js';
import type { FindFacts } from '../../core/find-model.js';
import { BlocksRefusedError } from '../api/blocks-refused.js';
import type { SlackMessage } from './elements.js';
import { buildPickedMessage, type PickedPicture } from './picked-message.js';
import { type Preview, previewOf, type SignPreview } from './previews.js';
import { downloadPauseMilliseconds, type Pause } from './show-view.js';

/** Slack refuses blocks with a file that it is still looking at; that takes a second or two, seldom more. */
const fileAttempts = 8;
const fileWaitMilliseconds = 1000;

type SendPicture = (picture: PickedPicture) => Promise<void>;

/** Sends the picked picture: Slack's own copy where there is one and it can be seen, else a link, else words with a link. */
export async function sendPicked(
  { findFacts, signPicked, pause }: { findFacts: FindFacts; signPicked: SignPreview; pause: Pause },
  batch: Batch,
  send: (message: SlackMessage) => Promise<void>,
  showsFiles: boolean,
): Promise<void> {
  const { pick } = batch;
  const image = pick && findImage(batch, pick.number);
  if (!pick || image?.state !== 'stored') throw new Error('Only a batch with a picked picture can be shown as picked.');
  const sendPicture: SendPicture = (picture) => send(buildPickedMessage(batch, pick, image, picture, findFacts));
  if (showsFiles && pick.slackFileId && (await sendFile(pick.slackFileId, sendPicture, pause))) return;
  await sendLink(previewOf(await signPicked(batch, image)), sendPicture, pause);
}

async function sendFile(id: string, send: SendPicture, pause: Pause): Promise<boolean> {
  for (let attempt = 1; attempt <= fileAttempts; attempt += 1) {
    try {
      await send({ kind: 'slack_file', id });
      return true;
    } catch (error) {
      if (!(error instanceof BlocksRefusedError)) throw error;
      await pause(fileWaitMilliseconds);
    }
  }
  return false;
}

async function sendLink(preview: Preview, send: SendPicture, pause: Pause, isSecondTry = false): Promise<void> {
  try {
    await send(preview);
  } catch (error) {
    if (!(error instanceof BlocksRefusedError) || preview.kind !== 'shown') throw error;
    if (isSecondTry || !error.isDownloadFailure) return send({ kind: 'refused', url: preview.url });
    await pause(downloadPauseMilliseconds);
    await sendLink(preview, send, pause, true);
  }
}
