import type { types } from '@slack/bolt';
import { z } from 'zod';
import { slackFileIdSchema } from '../../core/ids.js';
import type { Operation } from '../../core/model-catalog.js';
import { aboutCost } from '../../text/batch.js';
import { formWords } from '../../text/form.js';
import { operationLabel } from '../../text/operations.js';
import { maxFileBytes } from '../api/files.js';
import type { SlackDeps } from '../deps.js';
import { context, plainText } from '../message/elements.js';
import { blockIds, choiceField, option, valueActionId } from './form-fields.js';

/** The image that the draft names, in the metadata of a form. */
export const imageOfDraft = 'draft';

/** A select has to have a value: this one means that the image is not used. */
const notUsed = 'none';

const filetypes = ['png', 'jpg', 'jpeg', 'webp'];
export const imageTypes: readonly string[] = ['image/png', 'image/jpeg', 'image/webp'];

/** What can be made of an image that a user gives; nothing if users give none here. */
export function usesOfImage({ downloadFile, operations }: Pick<SlackDeps, 'downloadFile' | 'operations'>) {
  return downloadFile ? operations.list().filter((operation) => operation.of === 'given') : [];
}

interface ImageFieldOptions {
  uses: readonly Operation[];
  image: string;
  count: number;
  /** A use, or ''. */
  chosen: string;
  isOfPost: boolean;
}

/**
 * A field for a file, or the words that there is an image already. Slack documents nothing of what a file input holds after
 * an update of its modal, so an update shows those words in its place.
 */
export function imageFields({ uses, image, count, chosen, isOfPost }: ImageFieldOptions): types.KnownBlock[] {
  const options = uses.map(({ name, model }) => {
    const cost = aboutCost(count, model.pricePerImage);
    return option(name, cost ? `${operationLabel(name)} (${cost})` : operationLabel(name));
  });
  if (options.length === 0) return [];
  if (!image) return [fileField(), choiceField('imageUse', options, chosen)];
  const words = image === imageOfDraft && isOfPost ? formWords.imageOfPost : formWords.imageKept;
  const field = choiceField('imageUse', [option(notUsed, formWords.imageNotUsed), ...options], chosen);
  return [context(words), { ...field, hint: plainText(formWords.imageUseHint), dispatch_action: true }];
}

function fileField(): types.InputBlock {
  return {
    type: 'input',
    block_id: blockIds.image,
    label: plainText(formWords.image),
    hint: plainText(formWords.imageHint),
    optional: true,
    element: { type: 'file_input', action_id: valueActionId, filetypes, max_files: 1 },
  };
}

/** Slack names the type after the file's name, and not before it has processed the file. */
const fileSchema = z.object({
  id: slackFileIdSchema,
  size: z.int().nonnegative().catch(0),
  mimetype: z.string().catch(''),
});
const stateSchema = z.object({
  [blockIds.image]: z.object({ [valueActionId]: z.object({ files: z.array(fileSchema) }) }),
});

/** The file that was added to the form, and what can be told of it without reading it. */
export function readImageField(state: unknown): { fileId: string; issue: string | undefined } | undefined {
  const file = stateSchema.safeParse(state).data?.[blockIds.image][valueActionId].files[0];
  if (!file) return undefined;
  const isOther = file.mimetype !== '' && !imageTypes.includes(file.mimetype);
  const issue = isOther ? formWords.imageOfOtherKind : formWords.imageTooLarge;
  return { fileId: file.id, issue: isOther || file.size > maxFileBytes ? issue : undefined };
}
