import type { types } from '@slack/bolt';
import { refresh } from '../../core/batch/actions.js';
import { type Batch, isStored, promptOf } from '../../core/batch/batch.js';
import type { Draft } from '../../core/prompt/draft.js';
import { shorten } from '../../core/shorten.js';
import { details, imageLabel, joinFacts, words } from '../../text/batch.js';
import { lineageLine } from '../../text/operations.js';
import { escapeText } from '../api/mrkdwn.js';
import type { SlackDeps } from '../deps.js';
import { modal, writeMetadata } from '../form/build-form.js';
import { fullSizeCallbackId } from '../form/form-fields.js';
import { type ImageLinks, linkLimit, signPreview } from '../message/deliver-batch.js';
import { actions, fullSizeButton, imageAltText, plainText, richText, section } from '../message/elements.js';
import { offeredFor, operationMenu } from '../message/image-menu.js';
import type { Origin } from './handle-click.js';

/** Every image as large as it is, each with a link to the original file and a menu of what can be made of it. */
export async function buildFullSize(
  deps: FullSizeDeps,
  batch: Batch,
  draft: Draft,
  { isPrivate }: Pick<Origin, 'isPrivate'>,
): Promise<types.ModalView> {
  const kept: Draft = { ...draft, ...(isPrivate && { visibility: 'private' }) };
  const saving = deps.drafts.save(kept); // for its response_url, without which the menus work too
  const onError = (error: unknown) => deps.log.warn('draft not saved', { draft: kept.id, error });
  const [view] = await Promise.all([showFullSize(deps, batch, kept), saving.catch(onError)]);
  return view;
}

type FullSizeDeps = ImageLinks & Pick<SlackDeps, 'now' | 'newId' | 'operations' | 'drafts'>;

/** Slack would not report the same choice in a menu again until it has another block_id. */
export async function showFullSize(
  deps: Omit<FullSizeDeps, 'drafts'>,
  shown: Batch,
  draft: Draft,
): Promise<types.ModalView> {
  const { links, log, now, newId } = deps;
  const minutes = now().getTime() - (now().getTime() % 600_000); // the same links for a while, so that Slack loads each once
  const batch = refresh(shown, new Date(minutes)); // those of the message may have expired
  const offered = offeredFor(batch, deps.operations);
  const blocks = await Promise.all(
    batch.images.filter(isStored).map(async (image): Promise<types.KnownBlock[]> => {
      const { number } = image;
      const signed = [signPreview({ links, log }, batch, image), links.original(batch, image)] as const;
      const [preview, original] = await Promise.all(signed);
      if (preview === undefined) return [section(words.imageGone)];
      if (preview.length > linkLimit || original.length > linkLimit) return [section(words.linkTooLong)];
      const menu = operationMenu(batch, number, offered);
      const title = plainText(joinFacts([words.imageName(number), imageLabel(batch, image)]));
      const controls = actions(fullSizeButton(number, original), ...(menu ? [menu] : []));
      return [
        { type: 'image', image_url: preview, alt_text: imageAltText(number, batch), title },
        { ...controls, block_id: `image_${number}_${newId()}` },
      ];
    }),
  );
  return {
    ...modal(words.fullSizeTitle, blocks.flat(), words.done),
    callback_id: fullSizeCallbackId,
    private_metadata: writeMetadata(draft),
    notify_on_close: true,
  };
}

const promptLimit = 3000;
/** A field takes 2,000 escaped characters: https://docs.slack.dev/reference/block-kit/blocks/section-block */
const fieldLimit = 300;

/** How to make these images again: what was asked for as it was written, then what else there is to know, in two columns. */
export function buildDetails(batch: Batch): types.ModalView {
  const { original, settings } = batch;
  const asked = [
    ...quotePrompts(batch),
    ...(original ? [quote(words.original, original)] : []),
    ...(settings.negativePrompt ? [quote(words.without, settings.negativePrompt)] : []),
  ];
  const made: [string, string][] = batch.input ? [[words.operation, lineageLine(batch, false)]] : [];
  const fields = [...made, ...details(batch)].map(
    ([name, value]): types.MrkdwnElement => ({
      type: 'mrkdwn',
      text: `*${name}*\n${escapeText(shorten(value, fieldLimit))}`,
      verbatim: true,
    }),
  );
  return modal(words.detailsTitle, [...asked, { type: 'section', fields }], words.done);
}

/** Each prompt once, with its images if there are several. */
function quotePrompts(batch: Batch): types.RichTextBlock[] {
  if (batch.images.every((image) => !image.prompt)) return [quote(words.prompt, batch.prompt)];
  const prompts = [...new Set(batch.images.map((image) => promptOf(batch, image)))];
  return prompts.map((prompt) => {
    const images = batch.images.filter((image) => promptOf(batch, image) === prompt);
    const numbers = images.map(({ number }) => number);
    return quote(words.promptOfImages(numbers, images[0]?.title ?? ''), prompt);
  });
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
