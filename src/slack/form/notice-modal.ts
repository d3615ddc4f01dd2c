import type { types } from '@slack/bolt';
import { formWords } from '../../text/form.js';
import { plainText, section } from '../message/elements.js';

/** A modal that only says something: what is being done, or why it could not be. */
export function buildNotice(sentence: string): types.ModalView {
  return {
    type: 'modal',
    title: plainText(formWords.title),
    close: plainText(formWords.close),
    blocks: [section(sentence)],
  };
}
