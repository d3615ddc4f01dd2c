import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, types, ViewSubmitAction } from '@slack/bolt';
import type { Preferences } from '../../core/preferences.js';
import { formWords } from '../../core/sentences/form.js';
import { context, plainText } from '../blocks/elements.js';
import type { ListenerServices } from '../listener-services.js';
import { aspectRatioChoices, modelChoices, noStyle, styleChoices } from './choices.js';
import { choiceField } from './fields.js';
import { blockIds, settingsCallbackId } from './form-ids.js';
import { createOpenForm } from './open-form.js';
import { readValues } from './read-values.js';

/** `/imagine settings`: a person's own defaults. */
export function createOpenSettings(services: ListenerServices) {
  const openForm = createOpenForm(services);
  const { preferences, workspaceId, offered } = services;
  return (triggerId: string, userId: string): Promise<void> =>
    openForm({
      event: 'settings',
      triggerId,
      waiting: formWords.opening,
      graceMilliseconds: 500,
      prepare: async () => buildSettings(await preferences.load({ workspaceId, userId }), offered),
    });
}

function buildSettings(
  { modelId, styleId, aspectRatio }: Preferences,
  offered: ListenerServices['offered'],
): types.ModalView {
  return {
    type: 'modal',
    callback_id: settingsCallbackId,
    title: plainText(formWords.settingsTitle),
    submit: plainText(formWords.saveSettings),
    close: plainText(formWords.close),
    blocks: [
      context(formWords.settingsIntro),
      choiceField({
        blockId: blockIds.model,
        label: formWords.model,
        choices: modelChoices(offered, ''),
        initial: modelId,
      }),
      choiceField({
        blockId: blockIds.style,
        label: formWords.style,
        choices: styleChoices(),
        initial: styleId ?? noStyle,
      }),
      choiceField({
        blockId: blockIds.aspectRatio,
        label: formWords.aspectRatio,
        choices: aspectRatioChoices(offered),
        initial: aspectRatio ?? offered[0].defaultAspectRatio,
      }),
    ],
  };
}

/** Keeps them. The modal stays open until they are kept, so that closing it says so. */
export function createSaveSettings({ preferences, workspaceId, offered, listen }: ListenerServices) {
  return async ({ ack, body, view }: SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs): Promise<void> => {
    const { model, style, aspectRatio } = readValues(view.state.values, 0);
    const ratio = offered.flatMap(({ aspectRatios }) => aspectRatios).find((known) => known === aspectRatio);
    await listen(
      'settings',
      (sentence) => ack({ response_action: 'errors', errors: { [blockIds.model]: sentence } }),
      async () => {
        const saved: Preferences = {
          version: 1,
          modelId: model,
          ...(style && { styleId: style }),
          ...(ratio && { aspectRatio: ratio }),
        };
        await preferences.save({ workspaceId, userId: body.user.id }, saved);
        await ack();
      },
    );
  };
}
