import type { types } from '@slack/bolt';
import { type Batch, type BatchImage, isStored } from '../../core/batch/batch.js';
import { numbered, useImage, words } from '../../text/batch.js';
import { missingImage } from '../../text/failures.js';
import { imageLabel } from '../../text/recipe.js';
import { plainText, section } from './elements.js';
import { fullSizeButton, mayRetry, pickButton, retryButton } from './image-buttons.js';
import { imageAltText, type Preview, whyNotShown } from './previews.js';

/** One image block an image and one row of buttons: for workspaces, clients and tastes without carousels. */
export function buildImageStack(batch: Batch, previews: ReadonlyMap<number, Preview>): types.KnownBlock[] {
  const places = batch.images.map((image) => buildPlace(batch, image, previews.get(image.number)));
  const buttons = batch.images.filter(isStored).map((image) => pickButton(batch, image, useImage(image.number)));
  return buttons.length > 0 ? [...places, { type: 'actions', elements: buttons }] : places;
}

function buildPlace(batch: Batch, image: BatchImage, preview: Preview | undefined): types.KnownBlock {
  if (image.state === 'pending') return section(numbered(image.number, image.isSaving ? words.saving : words.drawing));
  if (image.state === 'failed') {
    const place = section(numbered(image.number, missingImage(image.reason)));
    return mayRetry(batch, image) ? { ...place, accessory: retryButton(batch, image) } : place;
  }
  if (preview?.kind === 'shown') {
    return {
      type: 'image',
      image_url: preview.url,
      alt_text: imageAltText(image.number, batch),
      title: plainText(`${image.number} · ${imageLabel(batch, image)}`),
    };
  }
  const place = section(numbered(image.number, preview ? whyNotShown(preview) : words.previewNotShown));
  return preview?.kind === 'refused' ? { ...place, accessory: fullSizeButton(image, preview.url) } : place;
}
