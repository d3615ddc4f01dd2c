import { expect, test } from 'vitest';
import { models } from '../../../src/models/index.js';
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
            "text": "draws four pictures with Stable Image Core (about $0.16). Choose the one you like with “Use this one”; it stays, the others leave.",
            "type": "plain_text",
          },
          "type": "section",
        },
        {
          "text": {
            "emoji": false,
            "text": "Write in English and say what should be seen: the subject, the place, the light, the style.",
            "type": "plain_text",
          },
          "type": "section",
        },
        {
          "text": {
            "emoji": false,
            "text": "Say more with flags, anywhere in your words: --ar 16:9, --no text, --style watercolor, --seed 42, --model core, --n 2.",
            "type": "plain_text",
          },
          "type": "section",
        },
        {
          "text": {
            "emoji": false,
            "text": "--refine makes a prompt of long words, such as a post: they are sent to Amazon Comprehend to be read first.",
            "type": "plain_text",
          },
          "type": "section",
        },
        {
          "text": {
            "emoji": false,
            "text": "/draw alone opens a form, /draw models lists the models, /draw settings keeps your defaults, /draw usage counts your pictures of today.",
            "type": "plain_text",
          },
          "type": "section",
        },
        {
          "text": {
            "emoji": false,
            "text": "/draw history lists your last ten, /draw show and a batch's name, such as /draw show 7f3a2c, brings one back here.",
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
    draws four pictures with Stable Image Core (about $0.16). Choose the one you like with “Use this one”; it stays, the others leave.
    Write in English and say what should be seen: the subject, the place, the light, the style.
    Say more with flags, anywhere in your words: --ar 16:9, --no text, --style watercolor, --seed 42, --model core, --n 2.
    --refine makes a prompt of long words, such as a post: they are sent to Amazon Comprehend to be read first.
    /draw alone opens a form, /draw models lists the models, /draw settings keeps your defaults, /draw usage counts your pictures of today.
    /draw history lists your last ten, /draw show and a batch's name, such as /draw show 7f3a2c, brings one back here.
    /draw help shows this again. Only you see it.",
    }
  `);
});

test('says where words are sent that --refine reads, and nothing of it where none are', () => {
  const withAnalysis = buildHelp('/draw', [models[0]], true).text;
  expect(withAnalysis).toContain('--refine makes a prompt of long words, such as a post: they are sent to Amazon');
  expect(buildHelp('/draw', [models[0]], false).text).not.toMatch(/refine|Amazon/);
});
