import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, SlashCommand, types, ViewSubmitAction } from '@slack/bolt';
import type { Preferences } from '../../core/prompt/preferences.js';
import { formWords } from '../../text/form.js';
import { askerOf, notifyUser } from '../api/notify-user.js';
import { within } from '../api/within.js';
import type { SlackDeps } from '../deps.js';
import {
  aspectRatioChoices,
  blockIds,
  type Choice,
  choiceField,
  modelChoices,
  readValues,
  settingsCallbackId,
  styleChoices,
} from '../form/form-fields.js';
import { openForm } from '../form/open-form.js';
import { loadPreferences } from '../form/prepare-form.js';
import { context, plainText } from '../message/elements.js';

/** A choice that keeps nothing, so that what the operator sets up later counts. */
const asSetUp: Choice = { value: 'as_set_up', label: formWords.asSetUp };

/** `/imagine settings`: a user's defaults. */
export async function openSettings(
  deps: Pick<SlackDeps, 'clients' | 'listen' | 'log' | 'preferences' | 'workspaceId' | 'offered'>,
  command: SlashCommand,
): Promise<void> {
  await openForm(deps, {
    event: 'settings',
    triggerId: command.trigger_id,
    tell: notifyUser(deps, askerOf(command)),
    waiting: formWords.opening,
    graceMilliseconds: 500,
    prepare: async () => buildSettings(await loadPreferences(deps, command.user_id), deps.offered),
  });
}

function buildSettings({ modelId, styleId, aspectRatio }: Preferences, offered: SlackDeps['offered']): types.ModalView {
  return {
    type: 'modal',
    callback_id: settingsCallbackId,
    title: plainText(formWords.settingsTitle),
    submit: plainText(formWords.saveSettings),
    close: plainText(formWords.close),
    blocks: [
      context(formWords.settingsIntro),
      choiceField('model', [asSetUp, ...modelChoices(offered, '')], modelId),
      choiceField('style', styleChoices(), styleId),
      choiceField('aspectRatio', [asSetUp, ...aspectRatioChoices(offered)], aspectRatio),
    ],
  };
}

/** Slack waits 3 seconds for an answer to "Save". */
const maxMilliseconds = 2000;

/** The modal stays open until the defaults are saved, so that closing it says so. */
export async function saveSettings(
  { preferences, workspaceId, offered, log }: Pick<SlackDeps, 'preferences' | 'workspaceId' | 'offered' | 'log'>,
  { ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs,
): Promise<void> {
  const { model, style, aspectRatio } = readValues(view.state.values, 0);
  const modelInfo = offered.find(({ modelId }) => modelId === model);
  const ratio = offered.flatMap(({ aspectRatios }) => aspectRatios).find((known) => known === aspectRatio);
  const saved: Preferences = {
    version: 1,
    ...(modelInfo && { modelId: modelInfo.modelId }),
    ...(style && { styleId: style }),
    ...(ratio && { aspectRatio: ratio }),
  };
  const saving = preferences.save({ workspaceId, userId: body.user.id }, saved).then(() => true);
  const isSaved = await within(maxMilliseconds, saving, (error) => log.error('settings not saved', { error }));
  if (isSaved) return ack();
  return ack({ response_action: 'errors', errors: { [blockIds.model]: formWords.notSavedYet } });
}
