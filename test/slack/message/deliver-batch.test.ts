import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Batch, StoredImage } from '../../../src/core/batch/batch.js';
import type { SlackMessage } from '../../../src/slack/api/response-url.js';
import { BlocksRefusedError } from '../../../src/slack/api/slack-errors.js';
import type { PreviewLayout } from '../../../src/slack/message/batch-message.js';
import { type BatchLinks, type DeliverDeps, deliverBatch } from '../../../src/slack/message/deliver-batch.js';
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
const expiresAt = new Date('2026-11-27T10:00:00Z');
const sheetUrl = 'https://b.s3.test/sheet.jpg';
const isSheet = (value: unknown) => String(value).startsWith(sheetUrl);

/** A message in short: its form, and the single images that it shows. */
function outline(message: SlackMessage): string {
  const urls = [...valuesOf(message, 'image_url'), ...valuesOf(message, 'slack_file')];
  const shown = urls.flatMap((image) => (isSheet(image) ? [] : (/(\d)\.png/.exec(String(image))?.[1] ?? 'file')));
  if (message.text.startsWith('Picked')) return `picked ${shown.join()}`.trim();
  const form = urls.some(isSheet) ? 'sheet' : 'text';
  return message.blocks.some(({ type }) => type === 'carousel') ? `carousel ${shown.join()}`.trim() : form;
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
  {
    shown = batch,
    showsFiles = true,
    links = {},
  }: { shown?: Batch; showsFiles?: boolean; links?: Partial<BatchLinks> } = {},
) {
  const tried: string[] = [];
  const notes: unknown[] = [];
  const signed: string[] = [];
  const left = [...refusals];
  const log = createRecordingLog();
  const send = async (message: SlackMessage) => {
    tried.push(outline(message));
    notes.push(...message.blocks.filter(({ type }) => type === 'context'));
    const refusal = left.shift();
    if (refusal) throw refusal(message);
  };
  const sign =
    (kind: string) =>
    async (_: Batch, { number }: StoredImage) => {
      signed.push(`${kind} ${number}`);
      return url(number);
    };
  const deps: DeliverDeps = {
    layout,
    links: {
      sheet: async () => sheetUrl,
      existing: async () => undefined,
      preview: sign('preview'),
      original: sign('original'),
      expiryOf: () => expiresAt,
      ...links,
    },
    drawingTime: () => undefined,
    operations: { list: () => [] },
    pause: async (milliseconds: number) => void tried.push(`${milliseconds} ms`),
    newId: () => 'menu',
    log,
  };
  const taken = await deliverBatch(deps, shown, { send, showsFiles }).catch((error: unknown) => error);
  return { taken, tried, signed, notes, log };
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

const sheetNotDownloaded: Refuse = (message) => new BlocksRefusedError(pointersTo(sheetUrl, message), true);

describe('deliverBatch', () => {
  test.each<[what: string, refusals: Refuse[], tried: string[]]>([
    ['the sheet that Slack takes at once', [], ['sheet']],
    ['the sheet that is downloaded at the second try', [sheetNotDownloaded], ['sheet', '1000 ms', 'sheet']],
    [
      'text without a sheet that is never downloaded',
      [sheetNotDownloaded, sheetNotDownloaded],
      ['sheet', '1000 ms', 'sheet', '1000 ms', 'text'],
    ],
    ['text at once if Slack refuses the sheet', [blamingNothing], ['sheet', 'text']],
  ])('shows %s', async (_what, refusals, tried) => {
    const outcome = await deliver(refusals, 'sheet');
    expect(outcome).toMatchObject({ tried, taken: 'sheet', signed: [] });
    const simpler = { severity: 'warn', event: 'message shown in a simpler form' };
    expect(outcome.log.lines).toMatchObject(tried.includes('text') ? [simpler] : []);
  });

  test.each<[what: string, sheet: BatchLinks['sheet'], tried: string[], logged: string[]]>([
    ['as long as Slack allows', async () => sheetUrl.padEnd(3000, '#'), ['sheet'], []],
    [
      'longer than Slack allows',
      async () => sheetUrl.padEnd(3001, '#'),
      ['text'],
      ['preview link is too long for Slack'],
    ],
    ['missing', () => Promise.reject(new Error('AccessDenied')), ['text'], ['no contact sheet']],
  ])('shows a message whose link to the sheet is %s', async (_what, sheet, tried, logged) => {
    const outcome = await deliver([], 'sheet', { links: { sheet } });
    expect([outcome.tried, outcome.log.lines.map(({ event }) => event)]).toEqual([tried, logged]);
  });

  test.each<[what: string, refusals: Refuse[], tried: string[]]>([
    ['what Slack takes at once', [], ['carousel 1,2,3']],
    ['all but the blamed image', [blaming(2)], ['carousel 1,2,3', 'carousel 1,3']],
    ['all but the image of the blamed block', [blamingBlockOf(3)], ['carousel 1,2,3', 'carousel 1,2']],
    ['one less for each blamed image', [blaming(1), blaming(3)], ['carousel 1,2,3', 'carousel 2,3', 'carousel 2']],
    ['a sheet if no image is blamed', [blamingNothing], ['carousel 1,2,3', 'sheet']],
    ['a sheet if something else is blamed', [blamingElsewhere], ['carousel 1,2,3', 'sheet']],
    [
      'text in the end',
      [blaming(2), blamingNothing, blamingNothing],
      ['carousel 1,2,3', 'carousel 1,3', 'sheet', 'text'],
    ],
    [
      'an image that is downloaded at the second try',
      [notDownloaded(2)],
      ['carousel 1,2,3', '1000 ms', 'carousel 1,2,3'],
    ],
    [
      'all but an image that is never downloaded',
      [notDownloaded(2), notDownloaded(2)],
      ['carousel 1,2,3', '1000 ms', 'carousel 1,2,3', '1000 ms', 'carousel 1,3'],
    ],
    [
      'each image that is downloaded at its second try',
      [notDownloaded(1, 2), notDownloaded(2, 3)],
      ['carousel 1,2,3', '1000 ms', 'carousel 1,2,3', '1000 ms', 'carousel 1,3'],
    ],
  ])('with cards shows %s', async (_what, refusals, tried) => {
    const outcome = await deliver(refusals, 'carousel');
    expect(outcome.tried).toEqual(tried);
    expect(outcome.taken).toBe(tried.at(-1)?.startsWith('carousel') ? 'carousel' : 'sheet');
    expect(outcome.signed).toEqual(['original 1', 'original 2', 'original 3']);
  });

  const waiting = (times: number) => Array.from({ length: times }, () => ['picked file', '1000 ms']).flat();

  test.each<[what: string, batch: Batch, showsFiles: boolean, refusals: Refuse[], tried: string[]]>([
    ['a link', picked(), true, [], ['picked 2']],
    ['text with a link in the end', picked(), true, [blamingNothing], ['picked 2', 'picked']],
    ['a link downloaded at the second try', picked(), true, [notDownloaded(2)], ['picked 2', '1000 ms', 'picked 2']],
    ['its file', picked('FILE'), true, [blamingNothing], [...waiting(1), 'picked file']],
    ['a link if files cannot be seen there', picked('FILE'), false, [], ['picked 2']],
    [
      'a link if its file is never ready',
      picked('FILE'),
      true,
      Array(8).fill(blamingNothing),
      [...waiting(8), 'picked 2'],
    ],
  ])('shows a picked image by %s', async (_what, shown, showsFiles, refusals, tried) => {
    const outcome = await deliver(refusals, 'carousel', { shown, showsFiles });
    expect(outcome.tried).toEqual(tried);
    expect(outcome.signed).toEqual(tried.at(-1) === 'picked file' ? [] : ['preview 2']);
  });

  const begun = (): Batch => {
    const { pick, ...shown } = picked();
    return { ...shown, ...(pick && { pick: { ...pick, uploadStartedAt: '2026-11-20T10:05:01.000Z' } }) };
  };
  const throughAddress: Batch = { ...picked(), destination: { kind: 'response_url' } };

  test.each<[what: string, shown: Batch, showsFiles: boolean, notes: number]>([
    ['does not say so while a file is still to come', picked(), true, 0],
    ['says so once the upload did not bring a file', begun(), true, 1],
    ['says so if files cannot be seen there', picked(), false, 1],
    ['says so if the bot has no message of its own, and so cannot upload', throughAddress, true, 1],
  ])('a picked image that is a link %s', async (_what, shown, showsFiles, count) => {
    const { notes } = await deliver([], 'sheet', { shown, showsFiles });
    expect(notes).toHaveLength(count);
    const until = 'until <!date^1795773600^{date_short_pretty} {time}|2026-11-27 10:00 UTC>. Download it to keep it.';
    if (count > 0) expect(notes).toMatchObject([{ elements: [{ text: expect.stringContaining(until) }] }]);
  });

  test.each([
    [3000, ['carousel 1']],
    [3001, ['carousel']],
  ])('shows an image whose link has %i characters as %o', async (length, tried) => {
    const shown = exampleBatch({ images: [storedImage(1)] });
    const original = async () => url(1).padEnd(length, '#');
    expect((await deliver([], 'carousel', { shown, links: { original } })).tried).toEqual(tried);
  });

  test.each(['sheet', 'carousel'] as const)('passes on any other failure of a %s at once', async (layout) => {
    const gone = new Error('channel_not_found');
    const { taken, tried } = await deliver([() => gone], layout);
    expect([taken, tried.length]).toEqual([gone, 1]);
  });

  test('shows less at each step and ends, whatever Slack blames', async () => {
    const pointer = fc
      .tuple(fc.nat(6), fc.constantFrom('', '/image_url', '/elements/1/hero_image/image_url', '/elements/0/hero_image'))
      .map(([block, rest]) => `/blocks/${block}${rest}`);
    const pointers = fc.array(fc.array(pointer, { maxLength: 3 }), { minLength: 20, maxLength: 20 });
    const worth = (form: string) =>
      form.startsWith('carousel') ? 2 + (form.match(/\d/g)?.length ?? 0) : form === 'sheet' ? 1 : 0;
    await fc.assert(
      fc.asyncProperty(pointers, fc.constantFrom('carousel', 'sheet'), async (blamed, layout) => {
        const refusals = blamed.map((each) => () => new BlocksRefusedError(each));
        const { taken, tried } = await deliver(refusals, layout);
        expect(taken).toBeInstanceOf(BlocksRefusedError);
        const shown = tried.map(worth);
        expect(shown).toEqual([...new Set(shown)].sort((one, other) => other - one));
        expect(tried.at(-1)).toBe('text');
      }),
    );
  });
});
