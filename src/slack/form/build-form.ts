import type { types } from '@slack/bolt';
import type { ModelInfo } from '../../core/image-model.js';
import type { FormValues } from '../../core/prompt/command/read-form.js';
import type { Draft } from '../../core/prompt/draft.js';
import { doubtLanguage } from '../../core/prompt/language/check-language.js';
import { shorten } from '../../core/shorten.js';
import { costSentence, doubtSentence, formWords, postFindings, privacySentence } from '../../text/form.js';
import { aboutCost } from '../../text/numbers.js';
import { imagesPerBatch } from '../deps.js';
import { context, personAndPrompt, plainText, section } from '../message/elements.js';
import { aspectRatioChoices, modelChoices, styleChoices } from './choices.js';
import { choiceField, textField } from './fields.js';
import { blockIds, formCallbackId, promptBlockId, useOwnWordsActionId } from './form-ids.js';
import { type FormMetadata, writeMetadata } from './metadata.js';

export interface FormOptions {
  draft: Draft;
  values: FormValues;
  /** The default first. */
  offered: readonly [ModelInfo, ...ModelInfo[]];
  /** How often the prompt was filled anew. */
  round: number;
  /** What the person has to know first. */
  notice?: string;
}

const quoteLimit = 300;

/** The modal that serves a post, `/imagine` without words, and "Edit prompt". */
export function buildForm({ draft, values, offered, round, notice }: FormOptions): types.ModalView {
  const names = values.model.split(',');
  const chosen = offered.filter(({ modelId, shortName }) => names.includes(modelId) || names.includes(shortName));
  const doubt = values.prompt ? doubtLanguage(values.prompt, chosen) : undefined;
  const count = draft.count ?? imagesPerBatch;
  const cost = chosen.length === 1 ? aboutCost(count, chosen[0]?.pricePerImage) : undefined;
  const metadata: FormMetadata = {
    channelId: draft.channelId,
    draftId: draft.id,
    round,
    warned: doubt !== undefined,
  };
  return {
    type: 'modal',
    callback_id: formCallbackId,
    private_metadata: writeMetadata(metadata),
    notify_on_close: true,
    title: plainText(formWords.title),
    submit: plainText(formWords.draw),
    close: plainText(formWords.close),
    blocks: [
      ...(notice ? [section(notice)] : []),
      ...postBlocks(draft),
      ...(doubt ? [section(doubtSentence(doubt))] : []),
      textField({
        blockId: promptBlockId(round),
        label: formWords.prompt,
        hint: formWords.promptHint,
        initial: values.prompt,
        isMultiline: true,
      }),
      ...(draft.wholePrompt ? [context(formWords.onlyBeginning)] : []),
      ...ownWordsButton(draft),
      ...settingFields(values, offered),
      context(`${costSentence(count, cost)} ${privacySentence(draft.post)}`),
    ],
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

function ownWordsButton({ post }: Draft): types.KnownBlock[] {
  if (!post?.text) return [];
  const button = { type: 'button', action_id: useOwnWordsActionId, text: plainText(formWords.useOwnWords) } as const;
  return [{ type: 'actions', elements: [button] }];
}

function settingFields(values: FormValues, offered: FormOptions['offered']): types.KnownBlock[] {
  return [
    textField({
      blockId: blockIds.negativePrompt,
      label: formWords.negativePrompt,
      hint: formWords.negativePromptHint,
      initial: values.negativePrompt,
      isOptional: true,
    }),
    choiceField({
      blockId: blockIds.aspectRatio,
      label: formWords.aspectRatio,
      choices: aspectRatioChoices(offered),
      initial: offersAspectRatio(offered, values.aspectRatio) ? values.aspectRatio : offered[0].defaultAspectRatio,
    }),
    choiceField({
      blockId: blockIds.style,
      label: formWords.style,
      choices: styleChoices(),
      initial: values.style,
    }),
    choiceField({
      blockId: blockIds.model,
      label: formWords.model,
      choices: modelChoices(offered, values.model),
      initial: values.model,
      isTold: true,
    }),
    textField({
      blockId: blockIds.seed,
      label: formWords.seed,
      hint: formWords.seedHint,
      initial: values.seed,
      isOptional: true,
    }),
  ];
}

function offersAspectRatio(offered: FormOptions['offered'], wanted: string): boolean {
  return offered.some(({ aspectRatios }) => aspectRatios.some((ratio) => ratio === wanted));
}
