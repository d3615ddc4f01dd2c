import type { App, BlockAction, ButtonAction } from '@slack/bolt';
import type { createImagineCommand } from './imagine-command.js';
import type { createPickImageListener } from './pick-image.js';

export interface Listeners {
  /** The slash command's name, with its slash. */
  command: string;
  imagineCommand: ReturnType<typeof createImagineCommand>;
  pickImage: ReturnType<typeof createPickImageListener>;
}

/** Which listener answers which id. The ids stand in messages that live for months: none may change. */
export function registerListeners(app: App, listeners: Listeners): void {
  app.command(listeners.command, listeners.imagineCommand);
  app.action<BlockAction<ButtonAction>>({ type: 'block_actions', action_id: /^pick_image_\d+$/ }, listeners.pickImage);
  // A button that opens a link tells the app of the click all the same, and wants nothing but to be acknowledged.
  app.action(/^open_image_\d+$/, async ({ ack }) => ack());
}
