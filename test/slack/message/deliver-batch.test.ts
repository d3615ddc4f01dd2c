import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Batch } from '../../../src/core/batch/batch.js';
import type { SlackMessage } from '../../../src/slack/api/response-url.js';
import { BlocksRefusedError } from '../../../src/slack/api/slack-errors.js';
import type { PreviewLayout } from '../../../src/slack/message/batch-message.js';
import { type DeliverDeps, deliverBatch } from '../../../src/slack/message/deliver-batch.js';
import { exampleBatch, storedImage } from '../../core/example-batch.js';
import { createRecordingLog } from '../../core/recording-log.js';
import { valuesOf } from './show.js';

const batch = exampleBatch({
  images: [storedImage(1), storedImage(2), storedImage(3)],
  finishedAt: '2026-11-20T10:00:11.000Z',
});
const picked = (slackFileId?: string): Batch => ({
  ...batch,
  pick: { number: 2, pickedBy: 'U0ASKER', pickedAt: '2026-11-20T10:05:00.000Z', ...(slackFileId && { slackFileId }) },
});
const url = (number: number) => `https://b.s3.test/${number}.png`;

/** A message in short: its layout, and the images that it shows. */
function outline(message: SlackMessage): string {
  const layout = message.blocks.some(({ type }) => type === 'carousel') ? 'carousel' : 'images';
  const shown = [...valuesOf(message, 'image_url'), ...valuesOf(message, 'slack_file')];
  return `${layout} ${shown.map((image) => /(\d)\.png/.exec(String(image))?.[1] ?? 'file').join()}`.trim();
}

/** Where an address is in a message, as Slack's pointers name it. */
function pointersTo(address: string, value: unknown, path = ''): string[] {
  if (value === address) return path.endsWith('image_url') ? [path] : [];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => pointersTo(address, inner, `${path}/${key}`));
}

type Refuse = (message: SlackMessage) => Error;

/** Delivers to a Slack that refuses messages like this, one each, and takes everything after that. */
async function deliver(
  refusals: Refuse[],
  layout: PreviewLayout,
  shown = batch,
  showsFiles = true,
  signLink: DeliverDeps['signLink'] = async (_, { number }) => url(number),
) {
  const tried: string[] = [];
  const signed: number[] = [];
  const left = [...refusals];
  const send = async (message: SlackMessage) => {
    tried.push(outline(message));
    const refusal = left.shift();
    if (refusal) throw refusal(message);
  };
  const deps: DeliverDeps = {
    layout,
    signLink(of, image) {
      signed.push(image.number);
      return signLink(of, image);
    },
    pause: async (milliseconds: number) => void tried.push(`${milliseconds} ms`),
    log: createRecordingLog(),
  };
  const taken = await deliverBatch(deps, shown, { send, showsFiles }).catch((error: unknown) => error);
  return { taken, tried, signed };
}

const blaming =
  (...numbers: number[]): Refuse =>
  (message) =>
    new BlocksRefusedError(numbers.flatMap((number) => pointersTo(url(number), message)));
const blamingBlockOf =
  (number: number): Refuse =>
  (message) =>
    new BlocksRefusedError(pointersTo(url(number), message).map((pointer) => pointer.replace(/\/image_url$/, '')));
const notDownloaded =
  (...numbers: number[]): Refuse =>
  (message) =>
    new BlocksRefusedError(
      numbers.flatMap((number) => pointersTo(url(number), message)),
      true,
    );
const blamingNothing = () => new BlocksRefusedError([]);
const blamingElsewhere = () => new BlocksRefusedError(['/blocks/0/elements/0', '/blocks/99/image_url']);

describe('deliverBatch', () => {
  test.each<[what: string, layout: PreviewLayout, refusals: Refuse[], tried: string[]]>([
    ['what Slack takes at once', 'carousel', [], ['carousel 1,2,3']],
    ['all but the blamed image', 'carousel', [blaming(2)], ['carousel 1,2,3', 'carousel 1,3']],
    ['all but the image of the blamed block', 'images', [blamingBlockOf(3)], ['images 1,2,3', 'images 1,2']],
    ['one less for each blamed image', 'images', [blaming(1), blaming(3)], ['images 1,2,3', 'images 2,3', 'images 2']],
    ['a stack if no image is blamed', 'carousel', [blamingNothing], ['carousel 1,2,3', 'images 1,2,3']],
    ['a stack if something else is blamed', 'carousel', [blamingElsewhere], ['carousel 1,2,3', 'images 1,2,3']],
    [
      'text in the end',
      'carousel',
      [blaming(2), blamingNothing, blamingNothing],
      ['carousel 1,2,3', 'carousel 1,3', 'images 1,3', 'images'],
    ],
    [
      'an image that is downloaded at the second try',
      'carousel',
      [notDownloaded(2)],
      ['carousel 1,2,3', '1000 ms', 'carousel 1,2,3'],
    ],
    [
      'all but an image that is never downloaded',
      'images',
      [notDownloaded(2), notDownloaded(2)],
      ['images 1,2,3', '1000 ms', 'images 1,2,3', '1000 ms', 'images 1,3'],
    ],
    [
      'each image that is downloaded at its second try',
      'images',
      [notDownloaded(1, 2), notDownloaded(2, 3)],
      ['images 1,2,3', '1000 ms', 'images 1,2,3', '1000 ms', 'images 1,3'],
    ],
  ])('shows %s', async (_what, layout, refusals, tried) => {
    const outcome = await deliver(refusals, layout);
    expect(outcome.tried).toEqual(tried);
    expect(outcome.taken).toBe(tried.at(-1)?.split(' ')[0]);
  });

  const waiting = (times: number) => Array.from({ length: times }, () => ['images file', '1000 ms']).flat();

  test.each<[what: string, batch: Batch, showsFiles: boolean, refusals: Refuse[], tried: string[]]>([
    ['a link', picked(), true, [], ['images 2']],
    ['text with a link in the end', picked(), true, [blamingNothing], ['images 2', 'images']],
    ['a link downloaded at the second try', picked(), true, [notDownloaded(2)], ['images 2', '1000 ms', 'images 2']],
    ['its file', picked('FILE'), true, [blamingNothing], [...waiting(1), 'images file']],
    ['a link if files cannot be seen there', picked('FILE'), false, [], ['images 2']],
    [
      'a link if its file is never ready',
      picked('FILE'),
      true,
      Array(8).fill(blamingNothing),
      [...waiting(8), 'images 2'],
    ],
  ])('shows a picked image by %s', async (_what, shown, showsFiles, refusals, tried) => {
    const outcome = await deliver(refusals, 'carousel', shown, showsFiles);
    expect(outcome.tried).toEqual(tried);
    expect(outcome.signed).toEqual(tried.at(-1) === 'images file' ? [] : [2]);
  });

  test.each([
    [3000, ['carousel 1']],
    [3001, ['carousel']],
  ])('shows an image whose link has %i characters as %o', async (length, tried) => {
    const one = exampleBatch({ images: [storedImage(1)] });
    const signLink = async () => url(1).padEnd(length, '#');
    expect((await deliver([], 'carousel', one, true, signLink)).tried).toEqual(tried);
  });

  test('passes on any other failure at once', async () => {
    const gone = new Error('channel_not_found');
    expect(await deliver([() => gone], 'carousel')).toMatchObject({ taken: gone, tried: ['carousel 1,2,3'] });
  });

  test('shows less at each step and ends, whatever Slack blames', async () => {
    const pointer = fc
      .tuple(fc.nat(6), fc.constantFrom('', '/image_url', '/elements/1/hero_image/image_url', '/elements/0/hero_image'))
      .map(([block, rest]) => `/blocks/${block}${rest}`);
    const pointers = fc.array(fc.array(pointer, { maxLength: 3 }), { minLength: 20, maxLength: 20 });
    await fc.assert(
      fc.asyncProperty(pointers, fc.constantFrom('carousel', 'images'), async (blamed, layout) => {
        const { taken, tried } = await deliver(
          blamed.map((each) => () => new BlocksRefusedError(each)),
          layout,
        );
        expect(taken).toBeInstanceOf(BlocksRefusedError);
        const shown = tried.map((text) => 2 * (text.match(/\d/g)?.length ?? 0) + (text.startsWith('carousel') ? 1 : 0));
        expect(shown).toEqual([...new Set(shown)].sort((one, other) => other - one));
        expect(shown.at(-1)).toBe(0);
      }),
    );
  });
});
