import type { types } from '@slack/bolt';
import { z } from 'zod';
import { imagesPerBatch } from '../../core/batch/plan-batch.js';
import { defaultAspectRatio, type Models } from '../../core/image-model.js';
import type { Operation } from '../../core/model-catalog.js';
import type { Draft } from '../../core/prompt/draft.js';
import { doubtLanguage } from '../../core/prompt/language/prompt-language.js';
import { visibilities } from '../../core/prompt/preferences.js';
import { shorten } from '../../core/shorten.js';
import { aboutCost } from '../../text/batch.js';
import { costSentence, doubtSentence, formWords, postFindings, privacySentence } from '../../text/form.js';
import { actions, button, context, personAndPrompt, plainText, section } from '../message/elements.js';
import * as fields from './form-fields.js';
import { imageFields } from './image-fields.js';

/** What a form carries: its draft, where to draw, and what it has told already. The rest is in the draft. */
const metadataSchema = z.object({
  channelId: z.string(),
  draftId: z.string(),
  /** How often the prompt was filled anew: part of its block_id. */
  round: z.int().nonnegative().catch(0),
  /** Also if the draft cannot be read: what is asked for in private must not be posted. */
  visibility: z.enum(visibilities).optional().catch(undefined),
  /** The image that the user need not add any more: the draft's (`draft`), or a file of Slack's; '' for none. */
  image: z.string().catch(''),
  /** The user has read that the prompt does not look English. */
  warned: z.boolean().catch(false),
});

type FormMetadata = z.infer<typeof metadataSchema>;

/** Metadata that is not ours names no draft and no conversation. */
export function readMetadata(text: string): FormMetadata {
  try {
    return metadataSchema.parse(JSON.parse(text));
  } catch {
    return { channelId: '', draftId: '', round: 0, visibility: undefined, image: '', warned: false };
  }
}

export function writeMetadata(
  { channelId, id: draftId, visibility }: Draft,
  { round = 0, image = '', warned = false }: Partial<FormMetadata> = {},
): string {
  return JSON.stringify({ channelId, draftId, round, visibility, image, warned } satisfies FormMetadata);
}

export interface FormOptions {
  draft: Draft;
  values: fields.FormValues;
  offered: Models;
  /** Of an image that a user gives; none if users give none here. */
  uses: readonly Operation[];
  /** As in the metadata. */
  image: string;
  round: number;
  notice?: string;
}

const quoteLimit = 300;

/** The form for a post, for `/imagine` without a prompt, and for "Change". */
export function buildForm({ draft, values, offered, uses, image, round, notice }: FormOptions): types.ModalView {
  const names = values.model.split(',');
  const chosen = offered.filter(({ modelId, shortName }) => names.includes(modelId) || names.includes(shortName));
  const use = image ? uses.find(({ name }) => name === values.imageUse) : undefined;
  const models = use ? [use.model] : chosen;
  const doubt = values.prompt ? doubtLanguage(values.prompt, models) : undefined;
  const count = draft.count ?? imagesPerBatch;
  const cost = models.length === 1 ? aboutCost(count, models[0]?.pricePerImage) : undefined;
  const costs = [
    costSentence(count, cost),
    uses.length > 0 && !image && formWords.imageCost,
    privacySentence(draft.post),
  ];
  const { post, visibility } = draft;
  const isOffered = offered.some(({ aspectRatios }) => aspectRatios.some((ratio) => ratio === values.aspectRatio));
  const aspectRatio = isOffered ? values.aspectRatio : defaultAspectRatio;
  const modelField = fields.choiceField('model', fields.modelOptions(offered, values.model), values.model);
  return {
    ...modal(formWords.title, [
      ...(notice ? [section(notice)] : []),
      ...postBlocks(draft),
      ...(doubt ? [section(doubtSentence(doubt))] : []),
      fields.textField('prompt', values.prompt, fields.promptBlockId(round)),
      ...(draft.wholePrompt ? [context(formWords.onlyBeginning)] : []),
      ...(post?.text ? [actions(button(fields.useOwnWordsActionId, formWords.useOwnWords))] : []),
      ...imageFields({ uses, image, count, chosen: values.imageUse, isOfPost: post !== undefined }),
      fields.textField('negativePrompt', values.negativePrompt),
      fields.choiceField('aspectRatio', fields.aspectRatioOptions(offered), aspectRatio),
      fields.choiceField('style', fields.styleOptions(), values.style),
      { ...modelField, dispatch_action: true },
      fields.textField('seed', values.seed),
      ...(visibility === 'private' ? [context(formWords.onlyYouSee)] : []),
      context(costs.filter(Boolean).join(' ')),
    ]),
    callback_id: fields.formCallbackId,
    private_metadata: writeMetadata(draft, { round, image, warned: doubt !== undefined }),
    notify_on_close: true,
    submit: plainText(formWords.draw),
  };
}

function postBlocks({ post }: Draft): types.KnownBlock[] {
  if (!post) return [];
  const findings = postFindings(post);
  const quote = shorten(post.text, quoteLimit);
  return [
    ...(quote ? [post.authorId ? personAndPrompt(post.authorId, formWords.wrote, quote) : section(quote)] : []),
    ...(findings ? [context(findings)] : []),
  ];
}

export function buildNotice(sentence: string): types.ModalView {
  return modal(formWords.title, [section(sentence)]);
}

export function modal(title: string, blocks: types.KnownBlock[], close: string = formWords.close): types.ModalView {
  return { type: 'modal', title: plainText(title), close: plainText(close), blocks };
}
