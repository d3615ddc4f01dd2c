import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { escapeText, mention } from '../../../src/slack/api/escape.js';
import { decodeEntities } from '../../../src/slack/post/post-words.js';

describe('escapeText', () => {
  test.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['<@U123>', '&lt;@U123&gt;'],
    ['<https://x.test|y>', '&lt;https://x.test|y&gt;'],
    ['Q&A', 'Q&amp;A'],
    ['&lt;', '&amp;lt;'],
    ['*bold* `code` _it_', '*bold* `code` _it_'],
  ])('turns “%s” into “%s”', (text, escaped) => {
    expect(escapeText(text)).toBe(escaped);
  });

  test('leaves nothing that Slack would act on, and can be undone', () => {
    const text = fc.array(fc.oneof(fc.string(), fc.constantFrom('<', '>', '&', '&amp;', '&lt;', '<!here>')));
    fc.assert(
      fc.property(text, (parts) => {
        const escaped = escapeText(parts.join(''));
        expect(escaped).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/);
        expect(decodeEntities(escaped)).toBe(parts.join(''));
      }),
    );
  });
});

test('mention is a person in mrkdwn', () => {
  expect(mention('U0ASKER')).toBe('<@U0ASKER>');
});
