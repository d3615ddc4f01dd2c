import type {
  App,
  BlockAction,
  ButtonAction,
  OverflowAction,
  StaticSelectAction,
  ViewClosedAction,
  ViewSubmitAction,
} from '@slack/bolt';
import * as buttons from '../actions/batch-buttons.js';
import { type PressedButton, pressButton } from '../actions/handle-click.js';
import * as menu from '../actions/image-menu.js';
import { submitOperation } from '../actions/submit-operation.js';
import { showListed } from '../command/history.js';
import { answerCommand, answerQuestion, answerText, drawText } from '../command/imagine-command.js';
import { drawActionId, fixActionId } from '../command/questions.js';
import { saveSettings } from '../command/settings.js';
import type { SlackDeps } from '../deps.js';
import { newIdeas } from '../form/fill-ideas.js';
import * as fields from '../form/form-fields.js';
import { changeModel, forgetForm, submitForm, useOwnWords } from '../form/handle-form.js';
import { imagineFromPost } from '../post/imagine-from-post.js';

/** Which listener answers which ID. Messages carry the IDs for months: none may change. */
export function registerListeners(app: App, command: string, deps: SlackDeps): void {
  app.command(command, (args) => answerCommand(deps, args));
  app.shortcut({ type: 'message_action', callback_id: 'imagine_from_post' }, (args) => imagineFromPost(deps, args));
  app.view<ViewSubmitAction>(fields.formCallbackId, (args) => submitForm(deps, args));
  app.view<ViewSubmitAction>(fields.operationCallbackId, (args) => submitOperation(deps, args));
  for (const callback_id of [fields.formCallbackId, fields.operationCallbackId, fields.fullSizeCallbackId])
    app.view<ViewClosedAction>({ type: 'view_closed', callback_id }, (args) => forgetForm(deps, args));
  app.view<ViewSubmitAction>(fields.settingsCallbackId, (args) => saveSettings(deps, args));
  app.action<BlockAction>(fields.newIdeasActionId, (args) => newIdeas(deps, args));
  app.action<BlockAction>(fields.useOwnWordsActionId, (args) => useOwnWords(deps, args));
  for (const block_id of [fields.blockIds.model, fields.blockIds.imageUse])
    app.action<BlockAction>({ block_id, action_id: fields.valueActionId }, (args) => changeModel(deps, args));
  const onButton = (actionId: string | RegExp, listener: (pressed: PressedButton) => Promise<void>) =>
    app.action<BlockAction<ButtonAction>>(actionId, listener);
  onButton(/^pick_image_\d+$/, (args) => pressButton(deps, args, buttons.pickImage(deps, args)));
  onButton(/^share_image_\d+$/, (args) => pressButton(deps, args, buttons.recordPick(deps, false)));
  onButton('keep_private', (args) => pressButton(deps, args, buttons.recordPick(deps, true)));
  onButton('back_to_images', (args) => pressButton(deps, args, buttons.showImages(deps)));
  onButton('share_batch', (args) => pressButton(deps, args, buttons.shareImages(deps)));
  onButton(/^retry_image_\d+$/, (args) => pressButton(deps, args, buttons.retryImages(deps)));
  onButton('stop', (args) => pressButton(deps, args, buttons.stopBatch(deps, args)));
  onButton('reroll', (args) => pressButton(deps, args, buttons.rerollBatch(deps)));
  onButton('edit_prompt', (args) => buttons.editPrompt(deps, args));
  onButton('refresh_previews', (args) => pressButton(deps, args, buttons.showAgain(deps)));
  onButton('discard', (args) => pressButton(deps, args, buttons.discardBatch(deps)));
  app.action<BlockAction<OverflowAction>>('more', (args) => buttons.chooseMore(deps, args));
  app.action<BlockAction<StaticSelectAction>>('image_menu', (args) => menu.chooseInMenu(deps, args));
  onButton(/^switch_image_\d+$/, (args) => pressButton(deps, args, menu.switchImage(deps)));
  onButton(/^show_(?:batch_\d+|parent)$/, (args) => showListed(deps, args));
  onButton(fixActionId, (args) => answerQuestion(deps, command, args, answerText));
  onButton(drawActionId, (args) => answerQuestion(deps, command, args, drawText));
  app.action(fields.openImageActionId, async ({ ack }) => ack());
}
