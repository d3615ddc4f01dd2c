import type { types } from '@slack/bolt';
import { type Batch, type BatchImage, isStored } from '../../core/batch.js';
import { missingPicture, numbered, seedsLine, usePicture, words } from '../../core/sentences.js';
import { plainText, section } from './elements.js';
import { fullSizeButton, pickButton } from './image-buttons.js';
import { imageAltText, type Preview, whyNotShown } from './previews.js';

/** One image block a picture and one row of buttons: for workspaces, clients and tastes without carousels. */
export function buildImageStack(batch: Batch, previews: ReadonlyMap<number, Preview>): types.KnownBlock[] {
  const places = batch.images.map((image) => buildPlace(batch, image, previews.get(image.number)));
  const buttons = batch.images.filter(isStored).map((image) => pickButton(batch, image, usePicture(image.number)));
  return buttons.length > 0 ? [...places, { type: 'actions', elements: buttons }] : places;
}

function buildPlace(batch: Batch, image: BatchImage, preview: Preview | undefined): types.KnownBlock {
  if (image.state === 'pending') return section(numbered(image.number, words.drawing));
  if (image.state === 'failed') return section(numbered(image.number, missingPicture(image.reason)));
  if (preview?.kind === 'shown') {
    return {
      type: 'image',
      image_url: preview.url,
      alt_text: imageAltText(image.number, batch),
      title: plainText(`${image.number} · ${seedsLine([image.seed])}`),
    };
  }
  const place = section(numbered(image.number, preview ? whyNotShown(preview) : words.previewNotShown));
  return preview?.kind === 'refused' ? { ...place, accessory: fullSizeButton(image, preview.url) } : place;
}
