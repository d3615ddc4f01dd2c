import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { BlocksRefusedError } from '../../../src/slack/api/blocks-refused.js';
import { type BatchView, buildBatchMessage } from '../../../src/slack/message/batch-message.js';
import type { Preview } from '../../../src/slack/message/previews.js';
import { showView } from '../../../src/slack/message/show-view.js';
import { exampleBatch, storedImage } from '../../core/example-batch.js';

const batch = exampleBatch({
  images: [storedImage(1), storedImage(2), storedImage(3)],
  finishedAt: '2026-11-20T10:00:11.000Z',
});
const url = (number: number) => `https://b.s3.test/${number}.png`;
const shown = new Map([1, 2, 3].map((number): [number, Preview] => [number, { kind: 'shown', url: url(number) }]));
const build = (view: BatchView) => buildBatchMessage(batch, view);

/** A view in short: its layout and the images that are shown. */
function outline({ layout, previews }: BatchView): string {
  const images = [...previews].filter(([, preview]) => preview.kind === 'shown').map(([number]) => number);
  return `${layout} ${images.join()}`;
}

/** Where each address of an image stands in a message, as Slack's pointers name it. */
function pointersTo(address: string, value: unknown, path = ''): string[] {
  if (value === address) return [path];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => pointersTo(address, inner, `${path}/${key}`));
}

/** Shows the view to a Slack that gives these refusals, one a message, and takes everything after. */
async function showTo(refusals: ((message: unknown) => Error)[], view: BatchView) {
  const tried: string[] = [];
  const left = [...refusals];
  const buildAndNote = (simpler: BatchView) => {
    tried.push(outline(simpler));
    return build(simpler);
  };
  const send = async (message: unknown) => {
    const refusal = left.shift();
    if (refusal) throw refusal(message);
  };
  const taken = await showView(view, buildAndNote, send, async (milliseconds) => void tried.push(`${milliseconds} ms`));
  return { taken, tried };
}

const blaming = (number: number) => (message: unknown) => new BlocksRefusedError(pointersTo(url(number), message));
const notDownloaded =
  (...numbers: number[]) =>
  (message: unknown) =>
    new BlocksRefusedError(
      numbers.flatMap((number) => pointersTo(url(number), message)),
      { isDownloadFailure: true },
    );
const blamingNothing = () => new BlocksRefusedError([]);
const blamingElsewhere = () => new BlocksRefusedError(['/blocks/0/elements/0', '/blocks/99/image_url']);

describe('showView', () => {
  test.each<[what: string, layout: BatchView['layout'], refusals: ((message: unknown) => Error)[], tried: string[]]>([
    ['a view that Slack takes, as it is', 'carousel', [], ['carousel 1,2,3']],
    ['all but the blamed image', 'carousel', [blaming(2)], ['carousel 1,2,3', 'carousel 1,3']],
    ['all but the blamed image of a stack', 'images', [blaming(3)], ['images 1,2,3', 'images 1,2']],
    ['one less for each blamed image', 'images', [blaming(1), blaming(3)], ['images 1,2,3', 'images 2,3', 'images 2']],
    ['a stack, where no image is blamed', 'carousel', [blamingNothing], ['carousel 1,2,3', 'images 1,2,3']],
    ['a stack, where something else is blamed', 'carousel', [blamingElsewhere], ['carousel 1,2,3', 'images 1,2,3']],
    [
      'words at last',
      'carousel',
      [blaming(2), blamingNothing, blamingNothing],
      ['carousel 1,2,3', 'carousel 1,3', 'images 1,3', 'images '],
    ],
    [
      'an image that is downloaded at the second try',
      'carousel',
      [notDownloaded(2)],
      ['carousel 1,2,3', '1000 ms', 'carousel 1,2,3'],
    ],
    [
      'all but an image that is downloaded at neither try',
      'carousel',
      [notDownloaded(2), notDownloaded(2)],
      ['carousel 1,2,3', '1000 ms', 'carousel 1,2,3', 'carousel 1,3'],
    ],
    [
      'each image that is downloaded at its second try',
      'images',
      [notDownloaded(1, 2), notDownloaded(2, 3)],
      ['images 1,2,3', '1000 ms', 'images 1,2,3', '1000 ms', 'images 1,3'],
    ],
    [
      'a stack, where a download fails and no image is blamed',
      'carousel',
      [notDownloaded()],
      ['carousel 1,2,3', 'images 1,2,3'],
    ],
  ])('shows %s', async (_what, layout, refusals, tried) => {
    const outcome = await showTo(refusals, { layout, previews: shown });
    expect(outcome.tried).toEqual(tried);
    expect(outline(outcome.taken)).toBe(tried.at(-1));
  });

  test('keeps the link of a refused image, and a link that is too long', async () => {
    const previews = new Map([...shown, [3, { kind: 'too_long' } as const] as const]);
    const { taken } = await showTo([blaming(1)], { layout: 'images', previews });
    expect([...taken.previews]).toEqual([
      [1, { kind: 'refused', url: url(1) }],
      [2, { kind: 'shown', url: url(2) }],
      [3, { kind: 'too_long' }],
    ]);
  });

  test('gives another failure on at once', async () => {
    const gone = new Error('channel_not_found');
    await expect(showTo([() => gone], { layout: 'carousel', previews: shown })).rejects.toBe(gone);
  });

  test('shows less at each step and ends, whatever Slack blames', async () => {
    const pointer = fc.oneof(
      fc.constantFrom(...pointersTo(url(1), build({ layout: 'images', previews: shown }))),
      fc.constantFrom(...pointersTo(url(2), build({ layout: 'carousel', previews: shown }))),
      fc
        .tuple(fc.nat(6), fc.constantFrom('', '/image_url', '/elements/1/hero_image/image_url'))
        .map(([block, rest]) => `/blocks/${block}${rest}`),
    );
    const always = fc.infiniteStream(fc.array(pointer, { maxLength: 3 }));
    await fc.assert(
      fc.asyncProperty(always, fc.constantFrom('carousel', 'images'), async (stream, layout) => {
        const tried: number[] = [];
        const noting = (view: BatchView) => {
          const images = [...view.previews.values()].filter(({ kind }) => kind === 'shown').length;
          tried.push(2 * images + (view.layout === 'carousel' ? 1 : 0));
          return build(view);
        };
        const refuse = async () => {
          throw new BlocksRefusedError(stream.next().value ?? []);
        };
        const noPause = async () => undefined;
        await expect(showView({ layout, previews: shown }, noting, refuse, noPause)).rejects.toThrow(
          BlocksRefusedError,
        );
        expect(tried).toEqual([...new Set(tried)].sort((one, other) => other - one));
        expect(tried.at(-1)).toBe(0);
      }),
    );
  });
});
