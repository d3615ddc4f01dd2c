import type { types } from '@slack/bolt';
import { shorten } from '../../core/shorten.js';
import { escapeText } from '../api/escape.js';
import type { SlackMessage } from '../api/response-url.js';

/** chat.update takes at most 4,000 escaped characters; a notification shows far fewer. */
const notificationLimit = 300;

export function slackMessage(text: string, blocks: types.KnownBlock[]): SlackMessage {
  return { text: escapeText(shorten(text, notificationLimit)), blocks };
}

export function plainText(text: string): types.PlainTextElement {
  return { type: 'plain_text', text, emoji: false };
}

export function context(text: string): types.ContextBlock {
  return { type: 'context', elements: [plainText(text)] };
}

export function section(text: string): types.SectionBlock {
  return { type: 'section', text: plainText(text) };
}

/** `@Ana asked for 4 images of` and the quoted prompt. Rich text never formats the prompt or notifies users named in it. */
export function personAndPrompt(userId: string, sentence: string, prompt: string): types.RichTextBlock {
  return {
    type: 'rich_text',
    elements: [
      {
        type: 'rich_text_section',
        elements: [
          { type: 'user', user_id: userId },
          { type: 'text', text: sentence },
        ],
      },
      { type: 'rich_text_quote', elements: [{ type: 'text', text: prompt }] },
    ],
  };
}
