import { expect, test } from 'vitest';
import { models } from '../../../src/core/model-catalog.js';
import { buildHelp } from '../../../src/slack/message/help.js';

test('help is for the asker only, one block per line', () => {
  const help = buildHelp('/draw', [models[0]], true);
  const { text = '' } = help;
  const section = (line: string) => ({ type: 'section', text: { type: 'plain_text', text: line, emoji: false } });
  expect(help).toMatchObject({ response_type: 'ephemeral', blocks: text.split('\n').map(section) });
  expect(text).toMatchInlineSnapshot(`
    "/draw a red fox in the snow
    draws four images with Stable Image Core (about $0.16). Choose the one you like with “Use this one”; the others go away.
    Write in English and describe what to show: the subject, the place, the light, the style.
    Add flags anywhere in your prompt: --ar 16:9, --no text, --style watercolor, --seed 42, --model core, --n 2.
    --refine turns a longer text, such as a post, into a prompt. The text is sent to Amazon Comprehend first.
    /draw alone opens a form, /draw models lists the models, /draw settings stores your defaults, /draw usage counts your images today.
    /draw history lists your last ten batches, /draw show and a batch ID, such as /draw show 7f3a2c, brings one back here.
    /draw help shows this again. Only you see it."
  `);
});

test('says where --refine sends the prompt, and nothing about it if it is turned off', () => {
  expect(buildHelp('/draw', [models[0]], true).text).toContain('The text is sent to Amazon Comprehend first.');
  expect(buildHelp('/draw', [models[0]], false).text).not.toMatch(/refine|Amazon/);
});
