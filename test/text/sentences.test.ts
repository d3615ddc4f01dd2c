import { describe, expect, test } from 'vitest';
import { operationNames } from '../../src/core/image-model.js';
import { models, operations } from '../../src/core/model-catalog.js';
import { details, outcome, progressLine, settingsLine, warningSentence, words } from '../../src/text/batch.js';
import { commandWords, help, modelLine, notTranslated } from '../../src/text/command.js';
import { doubtSentence, formWords, noNewIdeas, postFindings, privacySentence } from '../../src/text/form.js';
import {
  askedFor,
  lineageLine,
  operationChoice,
  operationCost,
  operationFormWords,
  operationLabel,
} from '../../src/text/operations.js';
import { clickAnswers, missingImage, problemSentences, toUserMessage } from '../../src/text/user-message.js';
import { exampleBatch } from '../core/example-batch.js';

const batch = exampleBatch();
const [model] = models;

type Words = typeof words;
type WithArguments = {
  [Name in keyof Words]: Words[Name] extends (...of: never) => string ? Name : never;
}[keyof Words];

/** The compiler asks for each new one. */
const samples: Record<WithArguments, string | string[]> = {
  images: [words.images(1), words.images(4)],
  comeAtOnce: [words.comeAtOnce(1, 'a fox', 'below'), words.comeAtOnce(4, 'a fox', 'in a thread')],
  waited: [words.waited({ ahead: 1, milliseconds: 0 }), words.waited({ ahead: 6, milliseconds: 36_000 })],
  comeInThread: [words.comeInThread(1), words.comeInThread(4)],
  askedFor: words.askedFor(4),
  drawnFrom: words.drawnFrom(4),
  promptOfImages: [words.promptOfImages([1, 4], 'Warm and close'), words.promptOfImages([2], '')],
  notification: [words.notification('a fox', 0, 4), words.notification('a fox', 3, 4)],
  drawingPrivately: words.drawingPrivately(4, 'a fox'),
  nothingDrawnNotification: words.nothingDrawnNotification('a fox'),
  stoppedNotification: words.stoppedNotification('a fox'),
  pickedNotification: words.pickedNotification('a fox'),
  imageName: words.imageName(1),
  numbered: words.numbered(1, 'Drawing…'),
  otherImages: words.otherImages(2),
  useNumber: words.useNumber(1),
  sheetOf: [words.sheetOf(1, 'a fox'), words.sheetOf(4, 'a fox')],
  linkUntil: words.linkUntil('tomorrow at 10:00 AM'),
  batchName: words.batchName(batch),
  parentName: [words.parentName({ id: batch.id }), words.parentName({ id: batch.id, number: 2 })],
  showLabel: words.showLabel(batch),
  chooseElsewhere: words.chooseElsewhere(batch, '/imagine'),
  imagesKept: words.imagesKept(batch, '/imagine'),
  messageDeleted: words.messageDeleted(batch, '/imagine'),
  nothingAskedFor: words.nothingAskedFor('/imagine'),
  notFound: words.notFound('7f3a2c', '/imagine'),
};

const source = { channelId: 'C0ROOM', id: batch.id, number: 2, mediaType: 'image/png' } as const;
const madeBy = operationNames.map((operation) =>
  exampleBatch({ input: { operation, source, target: 'a door', text: 'a gate' }, parent: { id: batch.id, number: 2 } }),
);

const everyOperation = [
  ...madeBy.flatMap((made) => [askedFor(made), lineageLine(made, true), lineageLine(made, false)]),
  ...madeBy.map((made) => askedFor({ ...made, images: made.images.slice(0, 1) })),
  ...madeBy.map(({ parent: _, ...given }) => lineageLine(given, false)),
  lineageLine(exampleBatch({ parent: { id: batch.id } }), true),
  ...operations.flatMap((operation) => [operationChoice(operation), operationCost(operation, 9)]),
  ...operationNames.flatMap((name) => {
    const { target, text } = operationFormWords;
    return [target(name), text(name)].flatMap(({ label, hint }) => [label, hint]);
  }),
  ...Object.values(operationFormWords.aspectRatios),
  operationFormWords.empty,
  operationFormWords.chooseRatio,
];

const writeFailures = ['denied', 'throttled', 'timed_out', 'unusable', 'unavailable'] as const;
const readFailures = ['unsupported_language', 'throttled', 'denied', 'timed_out', 'unavailable'] as const;

const everySentence = [
  ...new Set(everyOperation),
  ...Object.values(words.imageGroups),
  ...Object.values(words).filter((word) => typeof word === 'string'),
  ...Object.values(words.more),
  ...Object.values(words.imageMenu),
  ...Object.values(samples).flat(),
  ...Object.values(formWords).filter((word) => typeof word === 'string'),
  ...Object.values(missingImage),
  ...writeFailures.flatMap((notWritten) => [noNewIdeas(notWritten), notTranslated(notWritten)]),
  ...writeFailures.map((notWritten) => postFindings({ text: 'A fox', notWritten, from: 'key_phrases' }) ?? ''),
  ...readFailures.map((notRead) => postFindings({ text: 'A fox', notRead, from: 'first_sentence' }) ?? ''),
  postFindings({ text: 'A fox', from: 'nothing', mood: 'mixed', language: 'ja' }) ?? '',
  privacySentence({ text: 'A fox', sentTo: ['analysis', 'writer'] }),
  privacySentence({ text: 'A fox', sentTo: ['writer'], isTyped: true }),
  doubtSentence({ language: 'de', model: 'Stable Image Core' }),
  formWords.oneOfEach(3),
  formWords.oneOfEach(4),
  ...Object.values(problemSentences),
  ...Object.values(clickAnswers),
  ...(['negative_prompt', 'seed'] as const).map((lacks) => warningSentence({ lacks, given: 'text', model: 'GPT' })),
  warningSentence({ lacks: 'this_seed', given: '0', model: 'GPT', used: 42 }),
  ...help('/imagine', model, { analyzes: true, writes: true }),
  modelLine(model, true),
  ...[
    commandWords.use('watercolor'),
    commandWords.useAll,
    commandWords.open('history'),
    commandWords.drawAnyway('histroy'),
  ],
  outcome(batch),
  progressLine(batch, undefined),
  progressLine(exampleBatch({ stoppedAt: '2026-11-20T10:00:01.000Z' }), undefined),
  settingsLine(exampleBatch({ settings: { aspectRatio: '16:9', negativePrompt: 'snow' } })),
  ...details(batch).flat(),
  toUserMessage(new Error('x'), new Date(0), 'ab12cd'),
  progressLine(batch, { ahead: 6, milliseconds: 36_000 }),
];

describe('every sentence', () => {
  test.each(everySentence)('“%s” is calm and free of jargon', (sentence) => {
    expect(sentence).not.toMatch(/[!*_`]/);
    expect(sentence).not.toMatch(/[<>]|undefined|null|NaN/);
    expect(sentence).not.toMatch(
      /\b(APIs?|S3|AWS|SDK|Amazon(?! Comprehend\b)|Bedrock|https?|JSON|URLs?|bucket|tokens?|presigned|ephemeral|payload|webhook|blocks?|timeout|error)\b/i,
    );
  });

  test('about a missing image says what to do', () => {
    for (const sentence of Object.values(missingImage)) expect(sentence).toMatch(/\. (Try|Please|Retry failed)\b.*\.$/);
  });
});

test.each(operations.map((operation) => [operation.name, operation] as const))(
  'the label of %s fits into a title, and with its price into a menu',
  (name, operation) => {
    expect(operationLabel(name).length).toBeLessThanOrEqual(24);
    expect(operationChoice(operation).length).toBeLessThanOrEqual(75);
  },
);

test('in a list, what was made of an image says what it is, and of what', () => {
  const lines = madeBy.map((made) => lineageLine(made, true));
  expect(lines).toMatchInlineSnapshot(`
    [
      "Subtle variations, from image 2",
      "Strong variations, from image 2",
      "Larger, from image 2",
      "Other aspect ratio, from image 2",
      "Without its background, from image 2",
      "“a gate” in place of “a door”, from image 2",
      "“a door” in “a gate”, from image 2",
      "In its style, from image 2",
      "Edited: “a gate”, from image 2",
      "Based on an image, from image 2",
      "With the structure of an image, from image 2",
      "Drawn from a sketch, from image 2",
    ]
  `);
  expect(madeBy.map((made) => lineageLine(made, false))[2]).toBe('Larger, from image 2 of batch 7f3a2c');
  expect(lineageLine(exampleBatch({ parent: { id: batch.id } }), true)).toBe('From batch 7f3a2c');
  expect(lineageLine(batch, false)).toBe('');
});

test('help has a line for each thing to know, and says where --refine sends the prompt only if that is on', () => {
  expect(help('/draw', model, { analyzes: true, writes: true })).toMatchInlineSnapshot(`
    [
      "/draw a red fox in the snow",
      "draws four images with Stable Image Core (about $0.16). Choose the one you like by its number; its menu has the others, and what can be made of it.",
      "Describe what to show: the subject, the place, the light, the style.",
      "Add flags anywhere in your prompt: --ar 16:9, --no text, --style watercolor, --seed 42, --model core, --n 2.",
      "Styles are photo, illustration, watercolor, line-art, 3d, flat, comic, pixel-art, cinematic, isometric. Any other style is added to your prompt.",
      "--private shows the images to you alone, until you share one. Settings can make that your default; --public overrides it.",
      "--refine shows three prompts for a text, such as a post, to choose from before anything is drawn. The text is sent to Amazon Comprehend and the model that writes prompts first.",
      "That model also translates prompts in other languages. --as-is draws one as you typed it, and in your settings you can choose to be asked first.",
      "/draw alone opens a form, /draw models lists the models, /draw settings stores your defaults, /draw usage counts your images today.",
      "/draw history lists your last ten batches, /draw show and a batch ID, such as /draw show 7f3a2c, shows you one again, to share if you like.",
      "/draw help shows this again. Only you see it.",
    ]
  `);
  expect(help('/draw', model, { analyzes: false, writes: false }).join()).not.toMatch(/refine|Amazon/);
});
