import { describe, expect, test } from 'vitest';
import type { RefusedClick } from '../../src/core/batch/actions.js';
import { failureReasons } from '../../src/core/errors.js';
import { models } from '../../src/core/model-catalog.js';
import * as batch from '../../src/text/batch.js';
import * as help from '../../src/text/help.js';
import { aboutCost, duration, seedsLine, wholeNumber } from '../../src/text/recipe.js';
import * as userMessage from '../../src/text/user-message.js';
import { exampleBatch } from '../core/example-batch.js';

const { toUserMessage: _, ...userMessages } = userMessage;
const sentences = { ...batch, ...userMessages, ...help, aboutCost, duration, seedsLine, wholeNumber };

const problems = [
  'prompt_blocked',
  'prompt_not_checked',
  'images_delayed',
  'pick_delayed',
  'post_forbidden',
  'post_refused',
  'post_unconfirmed',
  'repost_unconfirmed',
  'message_not_deleted',
  'form_unknown',
  'form_too_late',
] as const;

const clicks: RefusedClick[] = [
  ...(['already_picked', 'already_drawn', 'not_yours', 'still_drawing', 'not_there'] as const).map((kind) => ({
    kind,
    batch: exampleBatch(),
  })),
  { kind: 'unknown_batch' },
  { kind: 'unreadable_batch' },
];

/** The compiler asks for a sample of each new sentence. */
const samples: Record<Exclude<keyof typeof sentences, 'words'>, (string | undefined)[]> = {
  aboutCost: [sentences.aboutCost(4, 0.04)],
  images: [sentences.images(1), sentences.images(4)],
  askedFor: [sentences.askedFor(4)],
  progress: [sentences.progress(0, 4), sentences.progress(3, 4)],
  nothingDrawnNotification: [sentences.nothingDrawnNotification('a fox')],
  notification: [sentences.notification('a fox', 0, 4), sentences.notification('a fox', 3, 4)],
  pickedNotification: [sentences.pickedNotification('a fox')],
  seedsLine: [sentences.seedsLine([1]), sentences.seedsLine([1, 2]), sentences.seedsLine([1, 3])],
  duration: [sentences.duration(11_000)],
  warningSentence: (['negative_prompt', 'seed'] as const).map((lacks) =>
    sentences.warningSentence({ lacks, given: 'text', model: 'GPT Image 2' }),
  ),
  altText: [sentences.altText(1, 'a fox')],
  numbered: [sentences.numbered(1, 'Drawing…')],
  useImage: [sentences.useImage(1)],
  batchName: [sentences.batchName({ id: '01JCZZZZZZZZZZZZZZZZ7F3A2C' })],
  chooseElsewhere: [sentences.chooseElsewhere({ id: '01JCZZZZZZZZZZZZZZZZ7F3A2C' }, '/imagine')],
  imagesKept: [sentences.imagesKept({ id: '01JCZZZZZZZZZZZZZZZZ7F3A2C' }, '/imagine')],
  messageDeleted: [sentences.messageDeleted({ id: '01JCZZZZZZZZZZZZZZZZ7F3A2C' }, '/imagine')],
  askedBy: [sentences.askedBy],
  clickAnswer: clicks.map((refused) => sentences.clickAnswer(refused, 'U0CLICKER', String)),
  historyTitle: [sentences.historyTitle],
  show: [sentences.show],
  showLabel: [sentences.showLabel(exampleBatch())],
  nothingAskedFor: [sentences.nothingAskedFor('/imagine')],
  outcomeLine: [sentences.outcomeLine(exampleBatch())],
  notFound: [sentences.notFound('7f3a2c', '/imagine')],
  modelLine: [sentences.modelLine(models[0], true)],
  missingImage: failureReasons.map(sentences.missingImage),
  problemSentence: problems.map((kind) => sentences.problemSentence({ kind }, new Date(0))),
  unexpected: [sentences.unexpected('ab12cd')],
  wholeNumber: [sentences.wholeNumber(10_000)],
  help: sentences.help('/imagine', 'Stable Image Core', 'about $0.16', true),
};
const everySentence = [...Object.values(sentences.words), ...Object.values(samples).flat()];

describe('every sentence', () => {
  test.each(everySentence.filter((sentence) => sentence !== undefined))(
    '“%s” is calm and free of jargon',
    (sentence) => {
      expect(sentence).not.toMatch(/[!*_`]/);
      expect(sentence).not.toMatch(/[<>]|undefined|null|NaN/);
      expect(sentence).not.toMatch(
        /\b(APIs?|S3|AWS|SDK|Amazon(?! Comprehend\b)|Bedrock|https?|JSON|URLs?|bucket|tokens?|presigned|ephemeral|payload|webhook|blocks?|timeout|error)\b/i,
      );
    },
  );

  test('about a missing image says what to do', () => {
    for (const sentence of samples.missingImage) expect(sentence).toMatch(/\. (Try|Trying|Please)\b.*\.$/);
  });
});

test.each([
  [[], undefined],
  [[42], 'seed 42'],
  [[42, 43, 44, 45], 'seeds 42–45'],
  [[42, 43, 45], 'seeds 42, 43, 45'],
  [[42, 99, 44], 'seeds 42, 99, 44'],
  [[45, 44], 'seeds 45, 44'],
])('seeds %o are shown as %o', (seeds, line) => {
  expect(sentences.seedsLine(seeds)).toBe(line);
});

test.each([
  [1, 0.04, 'about $0.04'],
  [4, 0.14, 'about $0.56'],
  [4, undefined, undefined],
])('%i images at %d cost %o', (count, price, cost) => {
  expect(sentences.aboutCost(count, price)).toBe(cost);
});

test.each([
  [0, '1 s'],
  [1_400, '1 s'],
  [11_500, '12 s'],
])('%i milliseconds are %s', (milliseconds, words) => {
  expect(sentences.duration(milliseconds)).toBe(words);
});

test.each([
  [0, 4, 'Drawing 4 images', 'Drawing 4 images of a fox'],
  [0, 1, 'Drawing 1 image', 'Drawing 1 image of a fox'],
  [3, 4, '3 of 4 ready', '3 of 4 ready: a fox'],
])('%i of %i: %s', (ready, count, progress, notification) => {
  expect(sentences.progress(ready, count)).toBe(progress);
  expect(sentences.notification('a fox', ready, count)).toBe(notification);
});
