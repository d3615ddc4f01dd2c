import type { types } from '@slack/bolt';
import type { Batch, BatchImage, BatchPick } from '../../core/batch/batch.js';
import { shorten } from '../../core/shorten.js';
import { askedBy, pickedNotification, words } from '../../text/batch.js';
import { recipeLine } from '../../text/recipe.js';
import { shownPromptLimit } from './batch-message.js';
import { context, personAndPrompt, type SlackMessage, section, slackMessage } from './elements.js';
import { fullSizeButton, showAgainButton } from './image-buttons.js';
import { imageAltText, type Preview } from './previews.js';

/** The chosen image: a file that Slack keeps, or a link that lives for days. */
export type ImageSource = { kind: 'slack_file'; id: string } | Preview;

/** What the message becomes once an image is picked. */
export function buildPickedMessage(
  batch: Batch,
  pick: BatchPick,
  image: BatchImage,
  source: ImageSource,
): SlackMessage {
  const prompt = shorten(batch.prompt, shownPromptLimit);
  const header = personAndPrompt(pick.pickedBy, words.pickedThis, prompt);
  if (pick.pickedBy !== batch.requesterId) {
    header.elements.push({
      type: 'rich_text_section',
      elements: [
        { type: 'text', text: askedBy },
        { type: 'user', user_id: batch.requesterId },
      ],
    });
  }
  return slackMessage(pickedNotification(prompt), [
    header,
    buildSource(batch, image, source),
    context(recipeLine(batch, [image])),
    ...(source.kind === 'slack_file' ? [] : [{ type: 'actions' as const, elements: [showAgainButton(batch)] }]),
  ]);
}

function buildSource(batch: Batch, image: BatchImage, source: ImageSource): types.KnownBlock {
  const alt_text = imageAltText(image.number, batch);
  switch (source.kind) {
    case 'slack_file':
      return { type: 'image', slack_file: { id: source.id }, alt_text };
    case 'shown':
      return { type: 'image', image_url: source.url, alt_text };
    case 'refused':
      return { ...section(words.pickedNotShown), accessory: fullSizeButton(image, source.url) };
    case 'too_long':
      return section(words.pickedLinkTooLong);
  }
}
