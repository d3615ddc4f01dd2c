import { setTimeout as wait } from 'node:timers/promises';
import { type Batch, findImage, type StoredImage } from '../core/batch.js';
import type { Log } from '../core/log.js';
import type { FindFacts } from '../core/recipe.js';
import type { SlackMessage } from './blocks/elements.js';
import { buildPickedMessage, type PickedPicture } from './blocks/picked-message.js';
import { previewOf, type SignPreview } from './blocks/previews.js';
import { BlocksRefusedError } from './blocks-refused.js';
import { postToResponseUrl } from './response-url.js';
import { tellRefusedBlocks, type WebClients } from './web-clients.js';

export interface ShowPickedOptions {
  clients: WebClients;
  findFacts: FindFacts;
  /** Lives as long as a link can. */
  signPicked: SignPreview;
  log: Log;
}

/** Slack refuses blocks with a file that it is still looking at; that takes a second or two, seldom more. */
const fileAttempts = 8;
const fileWaitMilliseconds = 1000;

/**
 * The message becomes the picked picture: Slack's own copy where there is one, else a link, else words with a link.
 * @param responseUrl the click's, which may replace the message where the bot may not; left out where it is not needed
 */
export async function showPicked(
  options: ShowPickedOptions,
  batch: Batch,
  responseUrl: string | undefined,
): Promise<void> {
  const { pick } = batch;
  const image = pick && findImage(batch, pick.number);
  if (!pick || image?.state !== 'stored') throw new Error('Only a batch with a picked picture can be shown as picked.');
  const build = (picture: PickedPicture) => buildPickedMessage(batch, pick, image, picture, options.findFacts);
  const send = (picture: PickedPicture) => replaceMessage(options, batch, responseUrl, build(picture));
  if (pick.slackFileId && (await showFile(pick.slackFileId, send))) return;
  await showLink(options, batch, image, send);
}

async function showFile(id: string, send: (picture: PickedPicture) => Promise<void>): Promise<boolean> {
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

async function showLink(
  { signPicked }: ShowPickedOptions,
  batch: Batch,
  image: StoredImage,
  send: (picture: PickedPicture) => Promise<void>,
): Promise<void> {
  const preview = previewOf(await signPicked(batch, image));
  try {
    await send(preview);
  } catch (error) {
    if (!(error instanceof BlocksRefusedError) || preview.kind !== 'shown') throw error;
    await send({ kind: 'refused', url: preview.url });
  }
}

async function replaceMessage(
  { clients, log }: ShowPickedOptions,
  batch: Batch,
  responseUrl: string | undefined,
  message: SlackMessage,
): Promise<void> {
  const { destination, channelId } = batch;
  if (destination?.kind === 'message') {
    try {
      await tellRefusedBlocks(clients.retrying.chat.update({ channel: channelId, ts: destination.ts, ...message }));
      return;
    } catch (error) {
      if (error instanceof BlocksRefusedError || !responseUrl) throw error;
      log.warn('message not updated, answering by response_url', { batch: batch.id, error });
    }
  }
  if (responseUrl)
    await postToResponseUrl(responseUrl, { ...message, response_type: 'in_channel', replace_original: true });
}
