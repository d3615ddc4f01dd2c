import type { ViewSubmitAction } from '@slack/bolt';
import type { Draft } from '../../core/prompt/draft.js';
import type { SlackDeps } from '../deps.js';
import { type FormOptions, readMetadata } from './build-form.js';
import { readValues } from './form-fields.js';
import { freshIdeas } from './idea-fields.js';
import { readImageField, usesOfImage } from './image-fields.js';

/** A form as its user sees it. */
export function readOpenForm(deps: SlackDeps, userId: string, view: ViewSubmitAction['view']) {
  const { channelId, draftId, visibility, image, warned, ...rounds } = readMetadata(view.private_metadata);
  const { workspaceId, offered } = deps;
  const file = readImageField(view.state.values);
  const values = readValues(view.state.values, rounds);
  const proposals = values.ideas.map((prompt) => ({ title: '', prompt }));
  const withoutDraft: Draft = {
    version: 1,
    workspaceId,
    userId,
    id: draftId,
    channelId,
    visibility,
    ...(proposals.length > 0 && { ideas: { round: rounds.ideas, proposals } }),
  };
  /** What the form shows when it is updated, beside its draft. */
  const added = file && !file.issue ? file.fileId : image;
  const canWrite = deps.writePrompts !== undefined;
  const form = { values, offered, uses: usesOfImage(deps), image: added, round: rounds.round, canWrite };

  /** With this draft: ideas that came after the form was read are shown as they were written. */
  function formFor(draft: Draft): FormOptions {
    const isSame = (draft.ideas?.round ?? 0) === rounds.ideas;
    const ideas = draft.ideas ? freshIdeas(draft.ideas, values.prompt) : { ideas: [], choice: '' };
    return { ...form, draft, values: isSame ? values : { ...values, ...ideas } };
  }

  return { withoutDraft, warned, form, formFor, rounds, fileIssue: file?.issue };
}
