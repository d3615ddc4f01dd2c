import { type Batch, isStored, type StoredImage } from '../../core/batch/batch.js';
import type { Log } from '../../core/log.js';
import { shorten } from '../../core/shorten.js';
import { altText } from '../../text/batch.js';

/** Slack takes 2,000 characters; screen readers are better served by fewer. */
const altTextLimit = 500;

/** A signed link to a stored image: long-lived for the picked image, else the same at each call so that Slack downloads it once. */
export type SignLink = (batch: Batch, image: StoredImage) => Promise<string>;

/** A stored image as a message can show it. */
export type Preview =
  /** `isSecondTry`: Slack failed to download it before. */
  | { kind: 'shown'; url: string; isSecondTry?: boolean }
  /** Slack could not download it. */
  | { kind: 'refused'; url: string }
  | { kind: 'too_long' };

/** By image number. */
export type Previews = ReadonlyMap<number, Preview>;

export function previewOf(url: string): Preview {
  return url.length <= linkLimit ? { kind: 'shown', url } : { kind: 'too_long' };
}

/** The links of every stored image, or only of the picked one. */
export async function signPreviews(
  { signLink, log }: { signLink: SignLink; log: Log },
  batch: Batch,
): Promise<Previews> {
  const images = batch.images.filter(isStored).filter(({ number }) => !batch.pick || batch.pick.number === number);
  const signed = await Promise.all(
    images.map(async (image): Promise<[number, Preview]> => {
      const preview = previewOf(await signLink(batch, image));
      if (preview.kind === 'too_long') log.warn('preview link is too long for Slack', { batch: batch.id });
      return [image.number, preview];
    }),
  );
  return new Map(signed);
}

export function imageAltText(number: number, { prompt }: Batch): string {
  return shorten(altText(number, prompt), altTextLimit);
}

/** Most characters of a link that an image is shown or opened by: https://docs.slack.dev/reference/block-kit/blocks/image-block */
export const linkLimit = 3000;
