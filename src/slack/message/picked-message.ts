import type { types } from '@slack/bolt';
import type { Batch, BatchImage, BatchPick } from '../../core/batch/batch.js';
import type { FindFacts } from '../../core/find-model.js';
import { shorten } from '../../core/shorten.js';
import { askedBy, pickedNotification, words } from '../../text/batch.js';
import { recipeLine } from '../../text/recipe.js';
import { shownPromptLimit } from './batch-message.js';
import { context, personAndPrompt, type SlackMessage, section, slackMessage } from './elements.js';
import { fullSizeButton, showAgainButton } from './image-buttons.js';
import { imageAltText, type Preview } from './previews.js';

/** The chosen picture: a file that Slack keeps, or a link that lives for days. */
export type PickedPicture = { kind: 'slack_file'; id: string } | Preview;

/** What the message becomes once a picture is picked. */
export function buildPickedMessage(
  batch: Batch,
  pick: BatchPick,
  image: BatchImage,
  picture: PickedPicture,
  findFacts: FindFacts,
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
    buildPicture(batch, image, picture),
    context(recipeLine(batch, [image], findFacts)),
    ...(picture.kind === 'slack_file' ? [] : [{ type: 'actions' as const, elements: [showAgainButton(batch)] }]),
  ]);
}

function buildPicture(batch: Batch, image: BatchImage, picture: PickedPicture): types.KnownBlock {
  const alt_text = imageAltText(image.number, batch);
  switch (picture.kind) {
    case 'slack_file':
      return { type: 'image', slack_file: { id: picture.id }, alt_text };
    case 'shown':
      return { type: 'image', image_url: picture.url, alt_text };
    case 'refused':
      return { ...section(words.pickedNotShown), accessory: fullSizeButton(image, picture.url) };
    case 'too_long':
      return section(words.pickedLinkTooLong);
  }
}
