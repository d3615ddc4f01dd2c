import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Batch, BatchImage } from '../../../src/core/batch/batch.js';
import { imagesPerBatch } from '../../../src/core/batch/plan-batch.js';
import { failureReasons } from '../../../src/core/errors.js';
import type { SlackMessage } from '../../../src/slack/api/response-url.js';
import type { Preview } from '../../../src/slack/message/batch-message.js';
import { buildBatchMessage, buildPickedMessage, type ImageSource } from '../../../src/slack/message/batch-message.js';
import { moreChoices, readButtonValue, readChoice } from '../../../src/slack/message/elements.js';
import { imageChoices } from '../../../src/slack/message/image-menu.js';
import { exampleBatch, failedImage, pendingImage, storedImage } from '../../core/example-batch.js';
import { expectSlackTakes, objectsIn, valuesOf } from './show.js';

const tricky = [
  '<!channel>',
  '<@U123>',
  '<https://x|y>',
  '&',
  '&amp;',
  '<',
  '>',
  '*bold*',
  '`code`',
  '~',
  '_',
  '\n',
  '🦊',
];
const prompt = fc
  .oneof(
    fc
      .array(fc.oneof(fc.constantFrom(...tricky), fc.string({ unit: 'grapheme' })), { minLength: 1 })
      .map((parts) => parts.join('')),
    fc.constantFrom(...tricky.map((part) => part.repeat(10_000 / part.length))),
    fc
      .tuple(fc.integer({ min: 250, max: 620 }), fc.constantFrom(...tricky))
      .map(([length, part]) => 'a'.repeat(length) + part.repeat(99)),
  )
  .filter((text) => text !== '');

const image = (number: number): fc.Arbitrary<BatchImage> =>
  fc.oneof(
    fc.constant(pendingImage(number)),
    fc.integer({ min: 1, max: 4_294_967_294 }).map((seed) => storedImage(number, seed)),
    fc.constantFrom(...failureReasons).map((reason) => failedImage(number, reason)),
  );
const images = fc
  .integer({ min: 1, max: imagesPerBatch })
  .chain((count) => fc.tuple(...Array.from({ length: count }, (_, index) => image(index + 1))));
const link = fc.integer({ min: 0, max: 2979 }).map((length) => `https://b.s3.test/?x=${'a'.repeat(length)}`);
const preview = fc.oneof(
  fc.record({ kind: fc.constantFrom('shown', 'refused'), url: link }),
  fc.constant({ kind: 'too_long' } as const),
);

/** Any state in which a batch can be shown. */
const scene = fc.record({
  images,
  previews: fc.array(preview, { minLength: 10, maxLength: 10 }),
  sheet: fc.option(link, { nil: undefined }),
  layout: fc.constantFrom('carousel', 'sheet', 'text'),
  isFinished: fc.boolean(),
  picked: fc.option(fc.record({ pickedBy: fc.constantFrom('U0ASKER', 'W0OTHER'), hasFile: fc.boolean() })),
});
type Scene = typeof scene extends fc.Arbitrary<infer Value> ? Value : never;

function buildMessage({ images, previews, sheet, layout, isFinished, picked }: Scene, words: string): SlackMessage {
  const finished = isFinished ? { finishedAt: '2026-11-20T10:00:11.000Z' } : {};
  const batch: Batch = exampleBatch({ images, prompt: words, ...finished });
  const stored = images.filter(({ state }) => state === 'stored');
  const byNumber = new Map(previews.map((taken, index): [number, Preview] => [index + 1, taken]));
  const [image] = stored;
  if (!picked || !image) return buildBatchMessage(batch, { layout, previews: byNumber, sheet });
  const pick = { number: image.number, pickedBy: picked.pickedBy, pickedAt: '2026-11-20T10:05:00.000Z' };
  const link = byNumber.get(image.number) ?? { kind: 'too_long' };
  const source: ImageSource = picked.hasFile ? { kind: 'slack_file', id: 'F0FILE1234' } : link;
  return buildPickedMessage(batch, pick, source, 'menu');
}

const mrkdwnIn = (value: unknown) => objectsIn(value).filter(({ type }) => type === 'mrkdwn');

describe('with any prompt', () => {
  const holds = (check: (message: SlackMessage, scene: Scene) => void) => {
    const checkOne = (shown: Scene, words: string) => void check(buildMessage(shown, words), shown);
    fc.assert(fc.property(scene, prompt, checkOne), { numRuns: 200 });
  };

  test('a message keeps every limit of Block Kit', () => {
    holds(expectSlackTakes);
  });

  test('no mrkdwn object contains any of it', () => {
    holds((built, shown) => expect(mrkdwnIn(built)).toEqual(mrkdwnIn(buildMessage(shown, 'x'))));
  });

  test('the notification contains nothing that Slack would act on, and no half of a character', () => {
    holds(({ text }) => {
      expect(text).not.toMatch(/[<>]|&(?!(?:amp|lt|gt);)/);
      expect(() => encodeURIComponent(text)).not.toThrow(); // throws for half of a surrogate pair
    });
  });

  test('the accessibility label of a button contains its text, as WCAG 2.5.3 requires', () => {
    holds((built) => {
      for (const button of objectsIn(built).filter(({ type }) => type === 'button')) {
        const [written] = valuesOf(button.text, 'text');
        expect(button.accessibility_label ?? written).toContain(written);
      }
    });
  });

  test('a button or choice carries the batch and the number of an image or a known choice, and nothing else', () => {
    const batchId = '01JCZZZZZZZZZZZZZZZZ7F3A2C';
    holds((built) => {
      for (const value of valuesOf(built, 'value').map(String)) {
        const [first = '', second = ''] = value.split(':');
        if (first === batchId) expect(readButtonValue(value)).toEqual({ batchId, number: Number(second) });
        else
          expect(readChoice([...moreChoices, ...imageChoices], value)).toEqual({ batchId, choice: first, number: 0 });
      }
    });
  });

  test('a message without cards has at most seven controls, each only once', () => {
    holds((built) => {
      if (built.blocks.some(({ type }) => type === 'carousel')) return;
      const controls = objectsIn(built).flatMap(({ action_id }) => action_id ?? []);
      expect(controls.length).toBeLessThanOrEqual(7);
      expect(new Set(controls).size).toBe(controls.length);
    });
  });

  test('every stored image of a sheet can be picked, and no other', () => {
    holds((built, { images, layout, picked }) => {
      const numbers = images.flatMap(({ state, number }) => (state === 'stored' ? `pick_image_${number}` : []));
      if (layout === 'carousel' || (picked && numbers.length > 0)) return;
      const picks = valuesOf(built, 'action_id').filter((id) => String(id).startsWith('pick_image_'));
      expect(picks).toEqual(numbers);
    });
  });
});

test.each([undefined, '', 'details', 'delete:01JCZZZZZZZZZZZZZZZZ7F3A2C', ':01JCZZZZZZZZZZZZZZZZ7F3A2C'])(
  'the value %o is not from our menu',
  (value) => expect(readChoice(moreChoices, value)?.batchId ?? '').toBe(''),
);

test.each([undefined, '', '01JCZZZZZZZZZZZZZZZZ7F3A2C', '01JCZZZZZZZZZZZZZZZZ7F3A2C:', ':1', '../x:1', 'a:1:2'])(
  'the value %o is not from one of our buttons',
  (value) => expect(readButtonValue(value).batchId).toBe(''),
);
