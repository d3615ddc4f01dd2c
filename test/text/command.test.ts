import { expect, test } from 'vitest';
import { checkRequest } from '../../src/core/prompt/command/check-request.js';
import { readFlags } from '../../src/core/prompt/command/flags.js';
import { commandWords, issuesMessage, noteSentence } from '../../src/text/command.js';
import { offered } from '../core/prompt/command/offered-models.js';

function complain(text: string): string {
  const { issues } = checkRequest(readFlags(text), offered, 4);
  return issues.length > 0 ? issuesMessage(issues, text, '/imagine') : 'no issues';
}

test('an unknown flag is answered with the likely one and the text to copy', () => {
  expect(complain('a red fox --aspect-ration 16:9')).toMatchInlineSnapshot(`
    "I don't know \`--aspect-ration\`. Did you mean \`--ar\`?
    Nothing was drawn. Your text: \`/imagine a red fox --aspect-ration 16:9\`"
  `);
});

test('an unavailable aspect ratio is answered with those available and the nearest', () => {
  expect(complain('a red fox --ar 4:3')).toMatchInlineSnapshot(`
    "\`--ar 4:3\` is not available on Stable Image Core. It takes 21:9, 16:9, 3:2, 5:4, 1:1, 4:5, 2:3, 9:16, 9:21 (nearest: 5:4).
    Nothing was drawn. Your text: \`/imagine a red fox --ar 4:3\`"
  `);
});

test('all mistakes are listed together', () => {
  expect(
    complain(
      'a fox --banana --ar banana --style watercolr --seed many --n 9 --model titan,nope,openai-flare --refine=yes',
    ),
  ).toMatchInlineSnapshot(`
    "I don't know \`--banana\`. I know \`--ar\`, \`--no\`, \`--style\`, \`--seed\`, \`--model\`, \`--n\`, \`--refine\`, \`--as-is\`, \`--private\`, \`--public\`. If it is part of the prompt, put it in quotes.
    \`--refine\` takes no value. Leave out \`=yes\`.
    I don't know the style \`watercolr\`. Did you mean \`watercolor\`?
    Titan Image Generator G1 v2 was retired on 2026-06-30. Use \`--model core\`.
    I don't know the model \`nope\`. Choose from \`core\`, \`ultra\`, \`sd3.5\`, \`openai\`.
    The model \`openai-flare\` is not available here. Choose from \`core\`, \`ultra\`, \`sd3.5\`, \`openai\`.
    \`--n 9\` is not valid. It takes a whole number from 1 to 4.
    \`--seed many\` is not valid. It takes a whole number, such as \`--seed 42\`.
    \`--ar banana\` is not an aspect ratio. Use \`--ar 16:9\`, or wide, square or tall.
    Nothing was drawn. Your text: \`/imagine a fox --banana --ar banana --style watercolr --seed many --n 9 --model titan,nope,openai-flare --refine=yes\`"
  `);
});

test('a missing value is answered with an example, a repeated flag with its values', () => {
  expect(complain('--no --n 1 --n 2')).toMatchInlineSnapshot(`
    "\`--no\` needs a value, such as \`--no text, people\`.
    \`--n\` appears more than once: 1, 2. Keep one.
    Tell me what to draw, for example \`/imagine a red fox in the snow\`.
    Nothing was drawn. Your text: \`/imagine --no --n 1 --n 2\`"
  `);
});

test('a text that is too long is answered with its length, and quoted by its first line only', () => {
  expect(complain(`a red fox\n${'x'.repeat(10_001)} --no ${'y'.repeat(10_002)}`)).toMatchInlineSnapshot(`
    "The prompt has 10,011 characters, and Stable Image Core takes 10,000. Please shorten it.
    The text of \`--no\` has 10,002 characters, and Stable Image Core takes 10,000. Please shorten it.
    Nothing was drawn. Your text began: \`/imagine a red fox\`"
  `);
  const [, quote = ''] = complain(`${'fox '.repeat(400)}\nin the snow --ar banana`).split('\n');
  expect(quote).toMatch(/^Nothing was drawn\. Your text began: `\/imagine (fox )+f…`$/);
});

test('what was done otherwise than typed is told', () => {
  const { notes } = checkRequest(readFlags('a red fox --v 7 --style noir --fast'), offered, 4);
  expect(notes.map(noteSentence)).toMatchInlineSnapshot(`
    [
      "\`--v 7\`, \`--fast\` had no effect: Midjourney's flags are left out here.",
      "The style \`noir\` was added to your prompt, as I don't know it. I know \`photo\`, \`illustration\`, \`watercolor\`, \`line-art\`, \`3d\`, \`flat\`, \`comic\`, \`pixel-art\`, \`cinematic\`, \`isometric\`.",
    ]
  `);
});

test('a question offers the command by its name, or the text as a prompt, in short', () => {
  const { didYouMean, open, drawAnyway } = commandWords;
  expect([
    didYouMean('/imagine history'),
    ...['help', 'models', 'settings', 'usage', 'history', 'show', 'show 7f3a2c'].map(open),
    drawAnyway('histroy'),
    drawAnyway('please '.repeat(10)),
  ]).toMatchInlineSnapshot(`
    [
      "Did you mean \`/imagine history\`? Nothing was drawn.",
      "Show help",
      "Show models",
      "Open settings",
      "Show usage",
      "Show history",
      "Show history",
      "Show 7f3a2c",
      "Draw “histroy”",
      "Draw “please please please please please plea…”",
    ]
  `);
});

test('a backtick or a line break in the text cannot end its marking', () => {
  expect(complain('a `fox`\n --ar ba`na`na')).toMatchInlineSnapshot(`
    "\`--ar ba'na'na\` is not an aspect ratio. Use \`--ar 16:9\`, or wide, square or tall.
    Nothing was drawn. Your text: \`/imagine a 'fox' --ar ba'na'na\`"
  `);
});

test('an empty command is answered with an example alone', () => {
  expect(complain(' ')).toMatchInlineSnapshot(
    `"Tell me what to draw, for example \`/imagine a red fox in the snow\`."`,
  );
});
