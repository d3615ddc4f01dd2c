import { words } from './batch.js';

/** What a person reads who asks how it works. Plain text. */

/** Words go to another service there, so it says to which. */
const refineHelp =
  '--refine makes a prompt of long words, such as a post: they are sent to Amazon Comprehend to be read first.';

/** Short help, one paragraph an entry. */
export function help(command: string, modelLabel: string, cost: string | undefined, canRefine: boolean): string[] {
  return [
    `${command} a red fox in the snow`,
    `draws four pictures with ${modelLabel}${cost ? ` (${cost})` : ''}. Choose the one you like with “${words.useThisOne}”; it stays, the others leave.`,
    'Write in English and say what should be seen: the subject, the place, the light, the style.',
    `Say more with flags, anywhere in your words: --ar 16:9, --no text, --style watercolor, --seed 42, --model core, --n 2.`,
    ...(canRefine ? [refineHelp] : []),
    `${command} alone opens a form, ${command} models lists the models, ${command} settings keeps your defaults, ${command} usage counts your pictures of today.`,
    `${command} history lists your last ten, ${command} show and a batch's name, such as ${command} show 7f3a2c, brings one back here.`,
    `${command} help shows this again. Only you see it.`,
  ];
}
