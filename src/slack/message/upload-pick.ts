import { z } from 'zod';
import { type Batch, findImage, messageOf, type StoredImage } from '../../core/batch/batch.js';
import type { BatchReference } from '../../core/ids.js';
import type { Log } from '../../core/log.js';
import { shorten } from '../../core/shorten.js';
import { altText } from '../../text/batch.js';
import { type WebClients, waitOutRateLimit } from '../api/web-clients.js';
import { imageAltText } from './previews.js';

export interface UploadPickDeps {
  clients: WebClients;
  loadImage(reference: BatchReference, image: StoredImage): Promise<Uint8Array>;
  log: Log;
}

const uploadedSchema = z.object({
  files: z.array(z.object({ files: z.array(z.object({ id: z.string() })) })),
});

/**
 * Uploads the picked image into the thread of its message. A file must be shared in the channel first: otherwise Slack
 * shows "file not found" once chat.update puts it into a message.
 * @returns the file ID, or undefined if the bot may not upload here; the link remains then
 */
export async function uploadPick(
  { clients, loadImage, log }: UploadPickDeps,
  batch: Batch,
): Promise<string | undefined> {
  const { pick } = batch;
  const own = messageOf(batch);
  const image = pick && findImage(batch, pick.number);
  if (image?.state !== 'stored' || !own) return undefined;
  try {
    const file = Buffer.from(await loadImage(batch, image));
    const uploaded = await waitOutRateLimit(() =>
      clients.once.files.uploadV2({
        channel_id: own.channelId,
        thread_ts: own.threadTs ?? own.ts,
        file,
        filename: `${batch.id}-${image.number}.${image.mediaType === 'image/png' ? 'png' : 'jpg'}`,
        title: shorten(altText(image.number, batch.prompt), 200),
        alt_text: imageAltText(image.number, batch),
      }),
    );
    return uploadedSchema.parse(uploaded).files[0]?.files[0]?.id;
  } catch (error) {
    log.warn('picked image not uploaded, its link remains', { batch: batch.id, error });
    return undefined;
  }
}
