import type { types } from '@slack/bolt';
import { z } from 'zod';
import { imagesPerBatch } from '../../core/batch/plan-batch.js';
import { defaultAspectRatio, type ModelInfo, type Models } from '../../core/image-model.js';
import type { Operation } from '../../core/model-catalog.js';
import type { Draft, DraftPost } from '../../core/prompt/draft.js';
import { doubtLanguage } from '../../core/prompt/language/prompt-language.js';
import { visibilities } from '../../core/prompt/preferences.js';
import { shorten } from '../../core/shorten.js';
import { aboutCost } from '../../text/batch.js';
import { costSentence, doubtSentence, formWords, postFindings, privacySentence } from '../../text/form.js';
import { actions, button, context, personAndPrompt, plainText, section } from '../message/elements.js';
import * as fields from './form-fields.js';
import { chosenPrompts, ideaFields, promptField } from './idea-fields.js';
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
  /** How often there were new ideas: part of their block_ids. */
  ideas: z.int().nonnegative().catch(0),
});

type FormMetadata = z.infer<typeof metadataSchema>;

/** Metadata that is not ours names no draft and no conversation. */
export function readMetadata(text: string): FormMetadata {
  try {
    return metadataSchema.parse(JSON.parse(text));
  } catch {
    return metadataSchema.parse({ channelId: '', draftId: '' });
  }
}

export function writeMetadata(
  { channelId, id: draftId, visibility }: Draft,
  { round = 0, image = '', warned = false, ideas = 0 }: Partial<FormMetadata> = {},
): string {
  const metadata: FormMetadata = { channelId, draftId, round, visibility, image, warned, ideas };
  return JSON.stringify(metadata);
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
  /** The chosen model is not known. */
  hidesCost?: boolean;
  /** Whether there is a model that writes prompts. */
  canWrite: boolean;
}

const quoteLimit = 300;

/** The form for a post, for `/imagine` without a prompt, and for "Change". */
export function buildForm(options: FormOptions): types.ModalView {
  const { draft, values, offered, image, round, notice, hidesCost = false } = options;
  const { post, visibility, ideas } = draft;
  // an update while the user fills in these fields would lose an added image
  const uses = post?.isWriting && !ideas ? [] : options.uses;
  const names = values.model.split(',');
  const chosen = offered.filter(({ modelId, shortName }) => names.includes(modelId) || names.includes(shortName));
  const use = image ? uses.find(({ name }) => name === values.imageUse) : undefined;
  const models = use ? [use.model] : chosen;
  const rounds = { round, ideas: ideas?.round ?? 0 };
  const prompts = chosenPrompts(values, rounds, ideas).map(({ prompt }) => prompt);
  const doubt = prompts.map((prompt) => doubtLanguage(prompt, models)).find(Boolean);
  const count = draft.count ?? imagesPerBatch;
  const costs = [
    hidesCost ? '' : costSentence(count, costOfAll(count, models)),
    uses.length > 0 && !image && formWords.imageCost,
    formWords.promptGoes,
  ];
  const isOffered = offered.some(({ aspectRatios }) => aspectRatios.some((ratio) => ratio === values.aspectRatio));
  const aspectRatio = isOffered ? values.aspectRatio : defaultAspectRatio;
  const modelField = fields.choiceField('model', fields.modelOptions(offered, values.model), values.model);
  return {
    ...modal(formWords.title, [
      ...(notice ? [section(notice)] : []),
      ...postBlocks(draft),
      ...(doubt ? [section(doubtSentence(doubt))] : []),
      ...(ideas ? ideaFields(ideas, values, { rounds, count, isTyped: post?.isTyped }) : []),
      fields.textField(promptField(values, rounds), values.prompt, fields.promptBlockId(round)),
      ...(draft.wholePrompt ? [context(formWords.onlyBeginning)] : []),
      ...textButtons(options),
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
    private_metadata: writeMetadata(draft, { ...rounds, image, warned: doubt !== undefined }),
    notify_on_close: true,
    submit: plainText(formWords.draw),
  };
}

/** undefined of several models, or if it is not known. */
function costOfAll(count: number, [model, ...others]: readonly ModelInfo[]): string | undefined {
  return model && others.length === 0 ? aboutCost(count, model.pricePerImage) : undefined;
}

/** None while prompts are being written: what they change would be lost. */
function textButtons({ draft: { post }, canWrite }: FormOptions): types.KnownBlock[] {
  if (!post?.text || post.isWriting) return [];
  const more = canWrite && post.material ? [button(fields.newIdeasActionId, formWords.newIdeas)] : [];
  return [
    actions(...more, button(fields.useOwnWordsActionId, post.isTyped ? formWords.useTyped : formWords.useOwnWords)),
  ];
}

function postBlocks({ post, ideas }: Draft): types.KnownBlock[] {
  if (!post) return [];
  const findings = postFindings(post);
  const privacy = privacySentence(post);
  const quote = shorten(post.text, quoteLimit);
  return [
    ...(quote ? [post.authorId ? personAndPrompt(post.authorId, formWords.wrote, quote) : section(quote)] : []),
    ...(findings ? [context(findings)] : []),
    ...(post.isWriting ? [context(ideas ? formWords.writingAgain : writingNote(post))] : []),
    ...(privacy ? [context(privacy)] : []),
  ];
}

function writingNote({ sentTo = [] }: DraftPost): string {
  return sentTo.includes('writer') ? formWords.writing : formWords.reading;
}

export function buildNotice(sentence: string): types.ModalView {
  return modal(formWords.title, [section(sentence)]);
}

export function modal(title: string, blocks: types.KnownBlock[], close: string = formWords.close): types.ModalView {
  return { type: 'modal', title: plainText(title), close: plainText(close), blocks };
}
