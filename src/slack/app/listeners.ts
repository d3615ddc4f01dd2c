import type { App, BlockAction, ButtonAction, ViewClosedAction, ViewSubmitAction } from '@slack/bolt';
import {
  type BatchButton,
  discardBatch,
  pickImage,
  rerollBatch,
  retryImage,
  showAgain,
} from '../actions/batch-buttons.js';
import { editPrompt } from '../actions/edit-prompt.js';
import { showListed } from '../command/history.js';
import { answerCommand } from '../command/imagine-command.js';
import { saveSettings } from '../command/settings.js';
import type { SlackDeps } from '../deps.js';
import { changeModel, useOwnWords } from '../form/change-form.js';
import {
  blockIds,
  formCallbackId,
  openImageActionId,
  settingsCallbackId,
  useOwnWordsActionId,
  valueActionId,
} from '../form/form-fields.js';
import { forgetForm, submitForm } from '../form/submit-form.js';
import { imagineFromPost } from '../post/imagine-from-post.js';

/**
 * Which listener answers which id. Messages carry the ids for months: none may change.
 * @param command the slash command's name, with its slash
 */
export function registerListeners(app: App, command: string, deps: SlackDeps): void {
  app.command(command, (args) => answerCommand(deps, args));
  app.shortcut({ type: 'message_action', callback_id: 'imagine_from_post' }, (args) => imagineFromPost(deps, args));
  app.view<ViewSubmitAction>(formCallbackId, (args) => submitForm(deps, args));
  app.view<ViewClosedAction>({ type: 'view_closed', callback_id: formCallbackId }, (args) => forgetForm(deps, args));
  app.view<ViewSubmitAction>(settingsCallbackId, (args) => saveSettings(deps, args));
  app.action<BlockAction>(useOwnWordsActionId, (args) => useOwnWords(deps, args));
  const modelMenu = { type: 'block_actions', block_id: blockIds.model, action_id: valueActionId } as const;
  app.action<BlockAction>(modelMenu, (args) => changeModel(deps, args));
  const onButton = (actionId: string | RegExp, button: BatchButton) =>
    app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: actionId }, button);
  onButton(/^pick_image_\d+$/, (args) => pickImage(deps, args));
  onButton(/^retry_image_\d+$/, (args) => retryImage(deps, args));
  onButton('reroll', (args) => rerollBatch(deps, args));
  onButton('edit_prompt', (args) => editPrompt(deps, args));
  onButton('refresh_previews', (args) => showAgain(deps, args));
  onButton('discard', (args) => discardBatch(deps, args));
  onButton(/^show_batch_\d+$/, (args) => showListed(deps, args));
  app.action(openImageActionId, async ({ ack }) => ack());
}
