import type { types } from '@slack/bolt';
import { type Batch, type BatchImage, isStored } from '../../core/batch/batch.js';
import { numbered, useImage, words } from '../../text/batch.js';
import { imageLabel } from '../../text/recipe.js';
import { missingImage } from '../../text/user-message.js';
import { escapeText } from '../api/escape.js';
import { plainText, section } from './elements.js';
import { canRetry, fullSizeButton, pickButton, retryButton } from './image-buttons.js';
import { imageAltText, type Preview, type Previews } from './previews.js';

type Card = types.CarouselBlock['elements'][number];

/** One card per image. https://docs.slack.dev/reference/block-kit/blocks/carousel-block */
export function buildCarousel(batch: Batch, previews: Previews): types.KnownBlock[] {
  return [
    { type: 'carousel', elements: batch.images.map((image) => buildCard(batch, image, previews.get(image.number))) },
  ];
}

function buildCard(batch: Batch, image: BatchImage, preview: Preview | undefined): Card {
  const card: Card = { type: 'card', title: cardText(`*${image.number}*`) };
  if (image.state === 'pending') return { ...card, body: cardText(pendingText(image)) };
  if (image.state === 'failed') {
    const failed: Card = { ...card, body: cardText(escapeText(missingImage(image.reason))) };
    return canRetry(batch, image) ? { ...failed, actions: [retryButton(batch, image.number)] } : failed;
  }
  const pick = pickButton(batch, image.number, words.useThisOne, `${words.useThisOne}: ${image.number}`);
  return {
    ...card,
    subtitle: cardText(escapeText(imageLabel(batch, image))),
    ...(preview?.kind === 'shown' && {
      hero_image: { type: 'image', image_url: preview.url, alt_text: imageAltText(image.number, batch) },
    }),
    ...(preview && preview.kind !== 'shown' && { body: cardText(escapeText(whyNotShown(preview))) }),
    actions: preview && preview.kind !== 'too_long' ? [pick, fullSizeButton(image.number, preview.url)] : [pick],
  };
}

/** Card texts take only mrkdwn; `verbatim` stops Slack from turning parts of them into links. */
function cardText(text: string): types.MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true };
}

/** One block per image and one row of buttons: for workspaces, clients and tastes without carousels. */
export function buildImageStack(batch: Batch, previews: Previews): types.KnownBlock[] {
  const blocks = batch.images.map((image) => buildStacked(batch, image, previews.get(image.number)));
  const buttons = batch.images.filter(isStored).map((image) => pickButton(batch, image.number, useImage(image.number)));
  return buttons.length > 0 ? [...blocks, { type: 'actions', elements: buttons }] : blocks;
}

function buildStacked(batch: Batch, image: BatchImage, preview: Preview | undefined): types.KnownBlock {
  const { number } = image;
  if (image.state === 'pending') return section(numbered(number, pendingText(image)));
  if (image.state === 'failed') {
    const failed = section(numbered(number, missingImage(image.reason)));
    return canRetry(batch, image) ? { ...failed, accessory: retryButton(batch, image.number) } : failed;
  }
  if (preview?.kind === 'shown') {
    const title = plainText(`${number} · ${imageLabel(batch, image)}`);
    return { type: 'image', image_url: preview.url, alt_text: imageAltText(number, batch), title };
  }
  const block = section(numbered(number, whyNotShown(preview)));
  return preview?.kind === 'refused' ? { ...block, accessory: fullSizeButton(image.number, preview.url) } : block;
}

function pendingText(image: Extract<BatchImage, { state: 'pending' }>): string {
  return image.isSaving ? words.saving : words.drawing;
}

function whyNotShown(preview: Preview | undefined): string {
  return preview?.kind === 'too_long' ? words.linkTooLong : words.previewNotShown;
}
