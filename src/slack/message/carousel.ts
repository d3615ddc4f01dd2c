import type { types } from '@slack/bolt';
import type { Batch, BatchImage } from '../../core/batch/batch.js';
import { words } from '../../text/batch.js';
import { missingImage } from '../../text/failures.js';
import { imageLabel } from '../../text/recipe.js';
import { escapeText } from '../api/escape.js';
import { fullSizeButton, mayRetry, pickButton, retryButton } from './image-buttons.js';
import { imageAltText, type Preview, whyNotShown } from './previews.js';

type Card = types.CarouselBlock['elements'][number];

/** One card an image. https://docs.slack.dev/reference/block-kit/blocks/carousel-block */
export function buildCarousel(batch: Batch, previews: ReadonlyMap<number, Preview>): types.KnownBlock[] {
  const elements = batch.images.map((image) => buildCard(batch, image, previews.get(image.number)));
  return [{ type: 'carousel', elements }];
}

function buildCard(batch: Batch, image: BatchImage, preview: Preview | undefined): Card {
  const title = cardText(`*${image.number}*`);
  if (image.state === 'pending')
    return { type: 'card', title, body: cardText(image.isSaving ? words.saving : words.drawing) };
  if (image.state === 'failed') {
    const card: Card = { type: 'card', title, body: cardText(escapeText(missingImage(image.reason))) };
    return mayRetry(batch, image) ? { ...card, actions: [retryButton(batch, image)] } : card;
  }
  const card: Card = { type: 'card', title, subtitle: cardText(escapeText(imageLabel(batch, image))) };
  const actions = [pickButton(batch, image, words.useThisOne, `${words.useThisOne}: ${image.number}`)];
  if (preview && preview.kind !== 'too_long') actions.push(fullSizeButton(image, preview.url));
  if (preview?.kind === 'shown') {
    card.hero_image = { type: 'image', image_url: preview.url, alt_text: imageAltText(image.number, batch) };
  } else if (preview) {
    card.body = cardText(escapeText(whyNotShown(preview)));
  }
  return { ...card, actions };
}

/** Card texts are mrkdwn only; `verbatim` keeps Slack from making links of what looks like one. */
function cardText(text: string): types.MrkdwnElement {
  return { type: 'mrkdwn', text, verbatim: true };
}
