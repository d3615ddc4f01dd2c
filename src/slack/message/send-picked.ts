import { type Batch, findImage } from '../../core/batch/batch.js';
import { BlocksRefusedError } from '../api/blocks-refused.js';
import type { SlackMessage } from './elements.js';
import { buildPickedMessage, type ImageSource } from './picked-message.js';
import { type Preview, previewOf, type SignPreview } from './previews.js';
import { downloadPauseMilliseconds, type Pause } from './show-view.js';

/** Slack refuses blocks with a file that it is still looking at; that takes a second or two, seldom more. */
const fileAttempts = 8;
const fileWaitMilliseconds = 1000;

type SendSource = (source: ImageSource) => Promise<void>;

/** Sends the picked image: Slack's own copy where there is one and it can be seen, else a link, else words with a link. */
export async function sendPicked(
  { signPicked, pause }: { signPicked: SignPreview; pause: Pause },
  batch: Batch,
  send: (message: SlackMessage) => Promise<void>,
  showsFiles: boolean,
): Promise<void> {
  const { pick } = batch;
  const image = pick && findImage(batch, pick.number);
  if (!pick || image?.state !== 'stored') throw new Error('Only a batch with a picked image can be shown as picked.');
  const sendSource: SendSource = (source) => send(buildPickedMessage(batch, pick, image, source));
  if (showsFiles && pick.slackFileId && (await sendFile(pick.slackFileId, sendSource, pause))) return;
  await sendLink(previewOf(await signPicked(batch, image)), sendSource, pause);
}

async function sendFile(id: string, send: SendSource, pause: Pause): Promise<boolean> {
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

async function sendLink(preview: Preview, send: SendSource, pause: Pause, isSecondTry = false): Promise<void> {
  try {
    await send(preview);
  } catch (error) {
    if (!(error instanceof BlocksRefusedError) || preview.kind !== 'shown') throw error;
    if (isSecondTry || !error.isDownloadFailure) return send({ kind: 'refused', url: preview.url });
    await pause(downloadPauseMilliseconds);
    await sendLink(preview, send, pause, true);
  }
}
