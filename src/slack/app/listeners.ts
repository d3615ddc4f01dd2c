import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import {
  type BatchButton,
  createDiscard,
  createPickImage,
  createReroll,
  createRetryImage,
  createShowAgain,
} from '../actions/batch-buttons.js';
import { createChangeModel } from '../actions/change-model.js';
import { createEditPrompt } from '../actions/edit-prompt.js';
import { createShowListed } from '../command/history.js';
import { createImagineCommand } from '../command/imagine-command.js';
import { createSaveSettings } from '../command/settings.js';
import {
  blockIds,
  formCallbackId,
  openImageActionId,
  settingsCallbackId,
  useOwnWordsActionId,
  valueActionId,
} from '../form/form-ids.js';
import { createForgetForm, createSubmitForm } from '../form/submit-form.js';
import { createUseOwnWords } from '../form/use-own-words.js';
import { createImagineFromPost } from '../post/imagine-from-post.js';
import type { ListenerServices } from './listener-services.js';

/**
 * Which listener answers which id. The ids stand in messages that live for months: none may change.
 * @param command the slash command's name, with its slash
 */
export function registerListeners(app: App, command: string, services: ListenerServices): void {
  app.command(command, createImagineCommand(services));
  app.shortcut({ type: 'message_action', callback_id: 'imagine_from_post' }, createImagineFromPost(services));
  app.view(formCallbackId, createSubmitForm(services));
  app.view({ type: 'view_closed', callback_id: formCallbackId }, createForgetForm(services));
  app.view(settingsCallbackId, createSaveSettings(services));
  app.action(useOwnWordsActionId, createUseOwnWords(services));
  const modelMenu = { type: 'block_actions', block_id: blockIds.model, action_id: valueActionId } as const;
  app.action<BlockAction>(modelMenu, createChangeModel(services));
  const onButton = (actionId: string | RegExp, button: BatchButton) =>
    app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: actionId }, button);
  onButton(/^pick_image_\d+$/, createPickImage(services));
  onButton(/^retry_image_\d+$/, createRetryImage(services));
  onButton('reroll', createReroll(services));
  onButton('edit_prompt', createEditPrompt(services));
  onButton('refresh_previews', createShowAgain(services));
  onButton('discard', createDiscard(services));
  onButton(/^show_batch_\d+$/, createShowListed(services));
  app.action(openImageActionId, async ({ ack }) => ack());
}
