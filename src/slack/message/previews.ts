import type { Batch, StoredImage } from '../../core/batch/batch.js';
import { linkLimit } from '../../core/link-limit.js';
import { shorten } from '../../core/shorten.js';
import { altText, words } from '../../text/batch.js';

/** alt_text takes 2,000; screen readers are better served by less. */
const altTextLimit = 500;

/** A signed link to a stored image. */
export type SignPreview = (batch: Batch, image: StoredImage) => Promise<string>;

/** One stored image as a message may show it. */
export type Preview =
  | { kind: 'shown'; url: string }
  /** Slack could not download it a moment ago. */
  | { kind: 'refused'; url: string }
  | { kind: 'too_long' };

export function previewOf(url: string): Preview {
  return url.length <= linkLimit ? { kind: 'shown', url } : { kind: 'too_long' };
}

export function whyNotShown(preview: Preview): string {
  return preview.kind === 'too_long' ? words.linkTooLong : words.previewNotShown;
}

export function imageAltText(number: number, { prompt }: Batch): string {
  return shorten(altText(number, prompt), altTextLimit);
}
