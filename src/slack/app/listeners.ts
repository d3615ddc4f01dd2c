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
import type { SlackDeps } from '../deps.js';
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

/**
 * Which listener answers which id. Messages carry the ids for months: none may change.
 * @param command the slash command's name, with its slash
 */
export function registerListeners(app: App, command: string, deps: SlackDeps): void {
  app.command(command, createImagineCommand(deps));
  app.shortcut({ type: 'message_action', callback_id: 'imagine_from_post' }, createImagineFromPost(deps));
  app.view(formCallbackId, createSubmitForm(deps));
  app.view({ type: 'view_closed', callback_id: formCallbackId }, createForgetForm(deps));
  app.view(settingsCallbackId, createSaveSettings(deps));
  app.action(useOwnWordsActionId, createUseOwnWords(deps));
  const modelMenu = { type: 'block_actions', block_id: blockIds.model, action_id: valueActionId } as const;
  app.action<BlockAction>(modelMenu, createChangeModel(deps));
  const onButton = (actionId: string | RegExp, button: BatchButton) =>
    app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: actionId }, button);
  onButton(/^pick_image_\d+$/, createPickImage(deps));
  onButton(/^retry_image_\d+$/, createRetryImage(deps));
  onButton('reroll', createReroll(deps));
  onButton('edit_prompt', createEditPrompt(deps));
  onButton('refresh_previews', createShowAgain(deps));
  onButton('discard', createDiscard(deps));
  onButton(/^show_batch_\d+$/, createShowListed(deps));
  app.action(openImageActionId, async ({ ack }) => ack());
}
