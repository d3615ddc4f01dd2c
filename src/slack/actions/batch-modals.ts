import type { types } from '@slack/bolt';
import { type Batch, isStored } from '../../core/batch/batch.js';
import { shorten } from '../../core/shorten.js';
import { details, imageLabel, words } from '../../text/batch.js';
import type { SlackDeps } from '../deps.js';
import { modal } from '../form/build-form.js';
import { linkLimit } from '../message/deliver-batch.js';
import { actions, fullSizeButton, imageAltText, plainText, section } from '../message/elements.js';

/** Every image as large as it is, each with a link to the original file. */
export async function buildFullSize({ links }: Pick<SlackDeps, 'links'>, batch: Batch): Promise<types.ModalView> {
  const stored = batch.images.filter(isStored);
  const blocks = await Promise.all(
    stored.map(async (image): Promise<types.KnownBlock[]> => {
      const { number } = image;
      const [preview, original] = await Promise.all([links.preview(batch, image), links.original(batch, image)]);
      if (preview.length > linkLimit || original.length > linkLimit) return [section(words.linkTooLong)];
      const title = plainText(`${number} · ${imageLabel(batch, image)}`);
      return [
        { type: 'image', image_url: preview, alt_text: imageAltText(number, batch), title },
        actions(fullSizeButton(number, original)),
      ];
    }),
  );
  return modal(words.fullSizeTitle, blocks.flat(), words.done);
}

/** https://docs.slack.dev/reference/block-kit/blocks/section-block */
const sectionLimit = 3000;

/** How to make these images again. */
export function buildDetails(batch: Batch): types.ModalView {
  const lines = details(batch).map(([name, value]) => section(shorten(`${name}: ${value}`, sectionLimit)));
  return modal(words.detailsTitle, lines, words.done);
}
