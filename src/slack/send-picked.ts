import { setTimeout as wait } from 'node:timers/promises';
import { type Batch, findImage, type StoredImage } from '../core/batch.js';
import type { FindFacts } from '../core/recipe.js';
import type { SlackMessage } from './blocks/elements.js';
import { buildPickedMessage, type PickedPicture } from './blocks/picked-message.js';
import { previewOf, type SignPreview } from './blocks/previews.js';
import { BlocksRefusedError } from './blocks-refused.js';

/** Slack refuses blocks with a file that it is still looking at; that takes a second or two, seldom more. */
const fileAttempts = 8;
const fileWaitMilliseconds = 1000;

type SendPicture = (picture: PickedPicture) => Promise<void>;

/** Sends the picked picture: Slack's own copy where there is one and it can be seen, else a link, else words with a link. */
export async function sendPicked(
  { findFacts, signPicked }: { findFacts: FindFacts; signPicked: SignPreview },
  batch: Batch,
  send: (message: SlackMessage) => Promise<void>,
  showsFiles: boolean,
): Promise<void> {
  const { pick } = batch;
  const image = pick && findImage(batch, pick.number);
  if (!pick || image?.state !== 'stored') throw new Error('Only a batch with a picked picture can be shown as picked.');
  const sendPicture: SendPicture = (picture) => send(buildPickedMessage(batch, pick, image, picture, findFacts));
  if (showsFiles && pick.slackFileId && (await sendFile(pick.slackFileId, sendPicture))) return;
  await sendLink(signPicked, batch, image, sendPicture);
}

async function sendFile(id: string, send: SendPicture): Promise<boolean> {
  for (let attempt = 1; attempt <= fileAttempts; attempt += 1) {
    try {
      await send({ kind: 'slack_file', id });
      return true;
    } catch (error) {
      if (!(error instanceof BlocksRefusedError)) throw error;
      await wait(fileWaitMilliseconds);
    }
  }
  return false;
}

async function sendLink(signPicked: SignPreview, batch: Batch, image: StoredImage, send: SendPicture): Promise<void> {
  const preview = previewOf(await signPicked(batch, image));
  try {
    await send(preview);
  } catch (error) {
    if (!(error instanceof BlocksRefusedError) || preview.kind !== 'shown') throw error;
    await send({ kind: 'refused', url: preview.url });
  }
}
