import { ok } from '../core/check-result.js';
import { drawContactSheet } from '../images/contact-sheet.js';
import type { Check } from './check.js';

/** Native code and a font, which an install for another platform lacks. All of it is in memory: a disk may be read-only. */
export function createSheetCheck(): Check {
  return {
    subject: 'sheets',
    async run() {
      await drawContactSheet([{ number: 1, text: 'a red fox' }], '1:1');
      return [ok('sheets: this machine can draw them; the app writes to no disk')];
    },
  };
}
