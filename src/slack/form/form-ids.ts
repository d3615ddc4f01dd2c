import type { FormField } from '../../core/prompt/command/read-form.js';

/** Names on the wire, kept for ever: modals may be open while the app is replaced. */
export const formCallbackId = 'imagine_modal';
export const settingsCallbackId = 'imagine_settings';
export const useOwnWordsActionId = 'use_own_words';
/** A button that opens a link tells the app of the click all the same, and wants nothing but to be acknowledged. */
export const openImageActionId = /^open_image_\d+$/;
export const valueActionId = 'value';

export const blockIds: Readonly<Record<FormField, string>> = {
  prompt: 'prompt',
  negativePrompt: 'negative_prompt',
  aspectRatio: 'aspect_ratio',
  style: 'style',
  model: 'model',
  seed: 'seed',
};

/**
 * Slack keeps what was typed into an input as long as its block_id stays; another prompt in the field needs another id.
 * @param round how often the field was filled anew
 */
export function promptBlockId(round: number): string {
  return round === 0 ? blockIds.prompt : `${blockIds.prompt}_${round}`;
}
