import type { types } from '@slack/bolt';
import { type Preferences, visibilities } from '../../core/prompt/preferences.js';
import { formWords } from '../../text/form.js';
import { within } from '../api/listen.js';
import { askerOf, type TypedCommand } from '../api/notify-user.js';
import type { SlackDeps } from '../deps.js';
import { modal } from '../form/build-form.js';
import * as fields from '../form/form-fields.js';
import type { Submitted } from '../form/handle-form.js';
import { loadPreferences, openForm } from '../form/open-form.js';
import { context, plainText } from '../message/elements.js';

/** A choice that keeps nothing, so that what the operator sets up later counts. */
const asSetUp = fields.option('as_set_up', formWords.asSetUp);

const askFirst = 'ask';
const translationOptions = [
  fields.option('translate', formWords.translate),
  fields.option(askFirst, formWords.askFirst),
];

const seenBy = { channel: formWords.everyone, private: formWords.onlyMe };

function visibilityOptions(byDefault: keyof typeof seenBy): types.PlainTextOption[] {
  return [
    fields.option('as_set_up', `${formWords.asSetUp}: ${seenBy[byDefault]}`),
    ...visibilities.map((visibility) => fields.option(visibility, seenBy[visibility])),
  ];
}

/** `/imagine settings`: a user's defaults. */
export async function openSettings(deps: SlackDeps, command: TypedCommand): Promise<void> {
  await openForm(deps, {
    event: 'settings',
    triggerId: command.trigger_id,
    asker: askerOf(command),
    prepare: async () => buildSettings(await loadPreferences(deps, command.user_id), deps),
  });
}

function buildSettings(
  { modelId, styleId, aspectRatio, visibility, translation }: Preferences,
  { offered, defaultVisibility, writePrompts }: SlackDeps,
): types.ModalView {
  return {
    ...modal(formWords.settingsTitle, [
      context(formWords.settingsIntro),
      fields.choiceField('model', [asSetUp, ...fields.modelOptions(offered)], modelId),
      fields.choiceField('style', fields.styleOptions(), styleId),
      fields.choiceField('aspectRatio', [asSetUp, ...fields.aspectRatioOptions(offered)], aspectRatio),
      fields.choiceField('visibility', visibilityOptions(defaultVisibility), visibility),
      ...(writePrompts ? [fields.choiceField('translation', translationOptions, translation && askFirst)] : []),
    ]),
    callback_id: fields.settingsCallbackId,
    private_metadata: translation ?? '',
    submit: plainText(formWords.saveSettings),
  };
}

/** Slack waits 3 seconds for an answer to "Save". */
const maxMilliseconds = 2000;

/** A default that is not asked for here at present stays as it is. The modal stays open until the defaults are saved, so that closing it says so. */
export async function saveSettings(deps: SlackDeps, { ack, body, view }: Submitted): Promise<void> {
  const { preferences, workspaceId, offered, log } = deps;
  const { model, style, aspectRatio, visibility, translation } = fields.readValues(view.state.values);
  const modelInfo = offered.find(({ modelId }) => modelId === model);
  const ratio = offered.flatMap(({ aspectRatios }) => aspectRatios).find((known) => known === aspectRatio);
  const seen = visibilities.find((known) => known === visibility);
  const saved: Preferences = {
    version: 1,
    ...(modelInfo && { modelId: modelInfo.modelId }),
    ...(style && { styleId: style }),
    ...(ratio && { aspectRatio: ratio }),
    ...(seen && { visibility: seen }),
    ...((translation === askFirst || (translation === '' && view.private_metadata === 'off')) && {
      translation: 'off',
    }),
  };
  const saving = preferences.save({ workspaceId, userId: body.user.id }, saved).then(() => true);
  const isSaved = await within(maxMilliseconds, saving, (error) => log.error('settings not saved', { error }));
  if (isSaved) return ack();
  return ack({ response_action: 'errors', errors: { [fields.blockIds.model]: formWords.notSavedYet } });
}
