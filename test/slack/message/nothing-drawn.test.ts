import { describe, expect, test } from 'vitest';
import type { FailureReason } from '../../../src/core/errors.js';
import { buildBatchMessage } from '../../../src/slack/message/batch-message.js';
import { exampleBatch, failedImage, pendingImage } from '../../core/example-batch.js';
import { show, showBelowHeader, view } from './show.js';

const finishedAt = '2026-11-20T10:00:11.000Z';

/** Every image that failed, one for each reason. */
function failedFor(...reasons: FailureReason[]) {
  return exampleBatch({ images: reasons.map((reason, index) => failedImage(index + 1, reason)), finishedAt });
}

test('a batch of which every image failed for a reason of its own', () => {
  const batch = failedFor('throttled', 'timed_out');
  expect(showBelowHeader(buildBatchMessage(batch, view('carousel')))).toMatchInlineSnapshot(`
    "text: "No image could be drawn: a red fox"
    blocks:
      - type: carousel
        elements:
          - type: card
            title:
              type: mrkdwn
              text: "*1*"
              verbatim: true
            body:
              type: mrkdwn
              text: The model was too busy. Try again in a minute.
              verbatim: true
            actions:
              - type: button
                action_id: retry_image_1
                value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:1
                text:
                  type: plain_text
                  text: Try again
                  emoji: false
                accessibility_label: "Try again: 1"
          - type: card
            title:
              type: mrkdwn
              text: "*2*"
              verbatim: true
            body:
              type: mrkdwn
              text: The model took too long. Try again in a minute.
              verbatim: true
            actions:
              - type: button
                action_id: retry_image_2
                value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:2
                text:
                  type: plain_text
                  text: Try again
                  emoji: false
                accessibility_label: "Try again: 2"
      - type: section
        text:
          type: plain_text
          text: No image could be drawn.
          emoji: false
      - type: context
        elements:
          - type: plain_text
            text: 1:1 · seeds 42–43 · Stable Image Core · 11 s · batch 7f3a2c
            emoji: false
      - type: actions
        elements:
          - type: button
            action_id: reroll
            value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
            text:
              type: plain_text
              text: Re-roll
              emoji: false
          - type: button
            action_id: edit_prompt
            value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
            text:
              type: plain_text
              text: Edit prompt
              emoji: false
          - type: button
            action_id: discard
            value: 01JCZZZZZZZZZZZZZZZZ7F3A2C:0
            text:
              type: plain_text
              text: Discard
              emoji: false
            style: danger
            confirm:
              title:
                type: plain_text
                text: Discard these images?
                emoji: false
              text:
                type: plain_text
                text: This deletes the message for everyone. The images stay in storage.
                emoji: false
              confirm:
                type: plain_text
                text: Discard
                emoji: false
              deny:
                type: plain_text
                text: Keep
                emoji: false
              style: danger
    "
  `);
});

test('a batch of which no image is ready yet is still being drawn', () => {
  const batch = exampleBatch({ images: [failedImage(1), pendingImage(2)] });
  expect(buildBatchMessage(batch, view('carousel')).text).toBe('Drawing 2 images of a red fox');
});

describe.each(['carousel', 'images'] as const)('where all failed for one reason, in the layout %s', (layout) => {
  const build = (...reasons: FailureReason[]) => buildBatchMessage(failedFor(...reasons), view(layout));
  const buttonsOf = (...reasons: FailureReason[]) => {
    const actions = build(...reasons).blocks.findLast((block) => block.type === 'actions');
    return actions?.elements.map((element) =>
      element.type === 'button' ? [element.action_id, element.style].filter(Boolean).join(' ') : element.type,
    );
  };

  test('the reason is told once, and nothing else of the images', () => {
    const message = build('filtered_prompt', 'filtered_prompt', 'filtered_prompt', 'filtered_prompt');
    expect(message.blocks.map(({ type }) => type)).toEqual(['rich_text', 'section', 'context', 'actions']);
    expect(show(message)).toContain(
      "text: No image could be drawn. The model's content filter blocked this prompt. Try simpler wording,",
    );
  });

  test.each<[what: string, reasons: FailureReason[], buttons: string[]]>([
    ['words are to be mended', ['filtered_prompt', 'filtered_prompt'], ['edit_prompt primary', 'discard danger']],
    ['words or settings are', ['filtered_prompt', 'rejected'], ['edit_prompt primary', 'discard danger']],
    ['the operator has to act', ['denied', 'denied'], ['edit_prompt', 'discard danger']],
    ['another try may work', ['throttled', 'throttled'], ['reroll', 'edit_prompt', 'discard danger']],
    ['it may for one of them', ['filtered_prompt', 'throttled'], ['reroll', 'edit_prompt', 'discard danger']],
  ])('the buttons are for what helps: %s', (_what, reasons, buttons) => {
    expect(buttonsOf(...reasons)).toEqual(buttons);
  });
});
