import { expect, test } from 'vitest';
import { models } from '../../../src/core/model-catalog.js';
import { buildHelp } from '../../../src/slack/message/help.js';

test('help is for the asker only', () => {
  expect(buildHelp('/draw', [models[0]], true)).toMatchInlineSnapshot(`
    {
      "blocks": [
        {
          "text": {
            "emoji": false,
            "text": "/draw a red fox in the snow",
            "type": "plain_text",
          },
          "type": "section",
        },
        {
          "text": {
            "emoji": false,
            "text": "draws four images with Stable Image Core (about $0.16). Choose the one you like with “Use this one”; the others go away.",
            "type": "plain_text",
          },
          "type": "section",
        },
        {
          "text": {
            "emoji": false,
            "text": "Write in English and describe what to show: the subject, the place, the light, the style.",
            "type": "plain_text",
          },
          "type": "section",
        },
        {
          "text": {
            "emoji": false,
            "text": "Add flags anywhere in your prompt: --ar 16:9, --no text, --style watercolor, --seed 42, --model core, --n 2.",
            "type": "plain_text",
          },
          "type": "section",
        },
        {
          "text": {
            "emoji": false,
            "text": "--refine turns a longer text, such as a post, into a prompt. The text is sent to Amazon Comprehend first.",
            "type": "plain_text",
          },
          "type": "section",
        },
        {
          "text": {
            "emoji": false,
            "text": "/draw alone opens a form, /draw models lists the models, /draw settings stores your defaults, /draw usage counts your images today.",
            "type": "plain_text",
          },
          "type": "section",
        },
        {
          "text": {
            "emoji": false,
            "text": "/draw history lists your last ten batches, /draw show and a batch ID, such as /draw show 7f3a2c, brings one back here.",
            "type": "plain_text",
          },
          "type": "section",
        },
        {
          "text": {
            "emoji": false,
            "text": "/draw help shows this again. Only you see it.",
            "type": "plain_text",
          },
          "type": "section",
        },
      ],
      "response_type": "ephemeral",
      "text": "/draw a red fox in the snow
    draws four images with Stable Image Core (about $0.16). Choose the one you like with “Use this one”; the others go away.
    Write in English and describe what to show: the subject, the place, the light, the style.
    Add flags anywhere in your prompt: --ar 16:9, --no text, --style watercolor, --seed 42, --model core, --n 2.
    --refine turns a longer text, such as a post, into a prompt. The text is sent to Amazon Comprehend first.
    /draw alone opens a form, /draw models lists the models, /draw settings stores your defaults, /draw usage counts your images today.
    /draw history lists your last ten batches, /draw show and a batch ID, such as /draw show 7f3a2c, brings one back here.
    /draw help shows this again. Only you see it.",
    }
  `);
});

test('says where words are sent that --refine reads, and nothing of it where none are', () => {
  const withAnalysis = buildHelp('/draw', [models[0]], true).text;
  expect(withAnalysis).toContain(
    '--refine turns a longer text, such as a post, into a prompt. The text is sent to Amazon',
  );
  expect(buildHelp('/draw', [models[0]], false).text).not.toMatch(/refine|Amazon/);
});
