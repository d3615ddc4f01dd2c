import type { types } from '@slack/bolt';
import { refresh } from '../../core/batch/actions.js';
import { type Batch, isStored } from '../../core/batch/batch.js';
import type { Draft } from '../../core/prompt/draft.js';
import { shorten } from '../../core/shorten.js';
import { details, imageLabel, joinFacts, words } from '../../text/batch.js';
import { escapeText } from '../api/mrkdwn.js';
import type { SlackDeps } from '../deps.js';
import { modal, writeMetadata } from '../form/build-form.js';
import { fullSizeCallbackId } from '../form/form-fields.js';
import { type ImageLinks, linkLimit, signPreview } from '../message/deliver-batch.js';
import { actions, fullSizeButton, imageAltText, plainText, richText, section } from '../message/elements.js';
import { operationMenu } from '../message/image-menu.js';

/** Every image as large as it is, each with a link to the original file and a menu of what can be made of it. */
export async function buildFullSize(
  { links, log, now, operations, drafts }: ImageLinks & Pick<SlackDeps, 'now' | 'operations' | 'drafts'>,
  shown: Batch,
  draft: Draft,
  isPrivate: boolean,
): Promise<types.ModalView> {
  const batch = refresh(shown, now()); // the links of the message may have expired
  const stored = batch.images.filter(isStored);
  const offered = batch.discardedAt ? [] : operations.list();
  const blocks = await Promise.all(
    stored.map(async (image): Promise<types.KnownBlock[]> => {
      const { number } = image;
      const signed = [signPreview({ links, log }, batch, image), links.original(batch, image)] as const;
      const [preview, original] = await Promise.all(signed);
      if (preview.length > linkLimit || original.length > linkLimit) return [section(words.linkTooLong)];
      const menu = operationMenu(batch, number, offered);
      const title = plainText(joinFacts([words.imageName(number), imageLabel(batch, image)]));
      return [
        { type: 'image', image_url: preview, alt_text: imageAltText(number, batch), title },
        { ...actions(fullSizeButton(number, original), ...(menu ? [menu] : [])), block_id: `image_${number}` },
      ];
    }),
  );
  const kept: Draft = { ...draft, ...(isPrivate && { visibility: 'private' }) };
  await drafts.save(kept); // the menus need its response_url
  return {
    ...modal(words.fullSizeTitle, blocks.flat(), words.done),
    callback_id: fullSizeCallbackId,
    private_metadata: writeMetadata(kept),
    notify_on_close: true,
  };
}

const promptLimit = 3000;
/** A field takes 2,000 escaped characters: https://docs.slack.dev/reference/block-kit/blocks/section-block */
const fieldLimit = 300;

/** How to make these images again: what was asked for as it was written, then what else there is to know, in two columns. */
export function buildDetails(batch: Batch): types.ModalView {
  const { prompt, settings } = batch;
  const asked = [
    quote(words.prompt, prompt),
    ...(settings.negativePrompt ? [quote(words.without, settings.negativePrompt)] : []),
  ];
  const fields = details(batch).map(
    ([name, value]): types.MrkdwnElement => ({
      type: 'mrkdwn',
      text: `*${name}*\n${escapeText(shorten(value, fieldLimit))}`,
      verbatim: true,
    }),
  );
  return modal(words.detailsTitle, [...asked, { type: 'section', fields }], words.done);
}

/** Rich text never formats what users wrote. */
function quote(name: string, text: string): types.RichTextBlock {
  return {
    type: 'rich_text',
    elements: [
      { type: 'rich_text_section', elements: [{ ...richText(name), style: { bold: true } }] },
      { type: 'rich_text_quote', elements: [richText(shorten(text, promptLimit))] },
    ],
  };
}
