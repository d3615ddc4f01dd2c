import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import type { AspectRatio, ImageModelRequest, OperationName } from '../../src/core/image-model.js';
import { findModel, findOperation, models, operations, services } from '../../src/core/model-catalog.js';
import { offerModels, offerOperations } from '../../src/models/index.js';
import { stability } from '../../src/models/stability.js';
import { documentedServices } from './documented-bodies.js';

type Service = keyof typeof documentedServices;

const byStability = operations.flatMap(({ name }) => (name === 'edit' ? [] : name));
const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47);
const square = { bytes: png, width: 1024, height: 1024 };

/** As JSON carries it. */
function sentBody(
  operation: Service,
  change: Partial<ImageModelRequest> = {},
  image = square,
): Record<string, unknown> {
  const request = { prompt: 'a red fox', aspectRatio: '1:1', seed: 42, abortSignal: AbortSignal.abort() } as const;
  const input = { operation, image, ...(/replace|recolor/.test(operation) && { target: 'the red door' }) };
  const body = JSON.stringify(stability.buildBody({ ...request, input, ...change }));
  return z.record(z.string(), z.unknown()).parse(JSON.parse(body));
}

function expectDocumented(operation: Service, body: unknown): void {
  const { success, error } = documentedServices[operation].safeParse(body);
  expect(success, error && z.prettifyError(error)).toBe(true);
}

test.each(byStability)('%s is sent nothing that its page does not document', (operation) => {
  const { model } = findOperation(operation);
  const request = fc.record({
    prompt: fc.string({ minLength: 1, maxLength: 60 }),
    negativePrompt: fc.constantFrom(undefined, '', ...(model.takesNegativePrompt ? ['text, people'] : [])),
    aspectRatio: fc.constantFrom<AspectRatio>(...model.aspectRatios),
    seed: fc.integer(model.seedRange),
  });
  fc.assert(
    fc.property(request, (change) => expectDocumented(operation, sentBody(operation, change))),
    { numRuns: 60 },
  );
});

const image = Buffer.from(png).toString('base64');
const drawn = { image, prompt: 'a red fox', negative_prompt: 'snow', seed: 42, output_format: 'png' };

test.each<[operation: Service, body: object]>([
  ['vary_subtle', { ...drawn, mode: 'image-to-image', strength: 0.35 }],
  ['vary_strong', { ...drawn, mode: 'image-to-image', strength: 0.7 }],
  ['image_to_image', { ...drawn, mode: 'image-to-image', strength: 0.65 }],
  ['upscale', { image, output_format: 'jpeg' }],
  ['remove_background', { image, output_format: 'png' }],
  ['aspect_ratio', { image, left: 398, right: 398, seed: 42, output_format: 'png' }],
  ['replace', { ...drawn, search_prompt: 'the red door' }],
  ['recolor', { ...drawn, select_prompt: 'the red door' }],
  ['style_guide', { ...drawn, aspect_ratio: '16:9' }],
  ['structure', drawn],
  ['sketch', drawn],
])('%s is sent the whole request', (operation, body) => {
  expect(sentBody(operation, { negativePrompt: 'snow', aspectRatio: '16:9' })).toEqual(body);
});

test('only the bytes of the image are sent, though they are a part of a larger buffer', () => {
  const whole = Buffer.concat([Buffer.from('secret'), png, Buffer.from('secret')]);
  const bytes = new Uint8Array(whole.buffer, whole.byteOffset + 6, png.length);
  expect(sentBody('upscale', {}, { ...square, bytes }).image).toBe(image);
});

describe('another aspect ratio', () => {
  const { minSide, maxPixels, maxRatio } = findOperation('aspect_ratio').input;
  const ratios = fc.constantFrom<AspectRatio>('21:9', '16:9', '3:2', '5:4', '1:1', '4:5', '3:4', '2:3', '9:16');
  const size = fc
    .record({
      short: fc.integer({ min: minSide, max: 1264 }),
      ratio: fc.double({ min: 1, max: maxRatio, noNaN: true }),
    })
    .map(({ short, ratio }) => [short, Math.floor(short * ratio)] as const)
    .filter(([short, long]) => short * long <= maxPixels);
  const margins = z.object({
    left: z.int().default(0),
    right: z.int().default(0),
    up: z.int().default(0),
    down: z.int().default(0),
    output_format: z.enum(['png', 'jpeg']),
  });

  test('is reached within two pixels by margins that the service takes, half on each side, and is a PNG if an answer can hold it', () => {
    fc.assert(
      fc.property(size, fc.boolean(), ratios, ([short, long], isTall, aspectRatio) => {
        const [width, height] = isTall ? [short, long] : [long, short];
        const body = sentBody('aspect_ratio', { aspectRatio }, { bytes: png, width, height });
        expectDocumented('aspect_ratio', body);
        const { left, right, up, down, output_format } = margins.parse(body);
        const result = { width: width + left + right, height: height + up + down };
        const [wide = 1, tall = 1] = aspectRatio.split(':').map(Number);
        const off = Math.min(
          Math.abs(result.width - (result.height * wide) / tall),
          Math.abs(result.height - (result.width * tall) / wide),
        );
        expect(off).toBeLessThan(2); // one margin is needed, also for an image that has this aspect ratio but for a pixel
        expect([right - left, down - up].every((difference) => difference === 0 || difference === 1)).toBe(true);
        expect(output_format === 'png').toBe(result.width * result.height <= 4_000_000);
        expect(result.width * result.height).toBeLessThanOrEqual(9_437_184);
      }),
      { numRuns: 1000 },
    );
  });

  test.each<[width: number, height: number, aspectRatio: AspectRatio]>([
    [800, 2000, '21:9'],
    [2000, 800, '9:16'],
    [64, 160, '21:9'],
    [1024, 1024, '1:1'],
  ])('of the most extreme image, %i × %i to %s, is documented too', (width, height, aspectRatio) => {
    expectDocumented('aspect_ratio', sentBody('aspect_ratio', { aspectRatio }, { bytes: png, width, height }));
  });
});

describe('of what can be made of an image, users are offered', () => {
  const all = operations.map(({ name }) => name);
  const offered = (names: readonly OperationName[], region: string, key = false, named?: string) =>
    offerOperations(names, region, offerModels(models[0], key, named ? findModel(named) : undefined));
  const namesOf = (...args: Parameters<typeof offered>) => offered(...args).map(({ name }) => name);
  const drawnByDiffusion = ['vary_subtle', 'vary_strong', 'image_to_image'];

  test('what the setting names, in the order of the table', () => {
    expect(namesOf(['replace', 'upscale'], 'us-west-2')).toEqual(['upscale', 'replace']);
    expect(namesOf([], 'us-west-2')).toEqual([]);
  });

  test('what the Region has a model for', () => {
    expect(namesOf(all, 'us-west-2')).toEqual(all.filter((name) => name !== 'edit'));
    expect(namesOf(all, 'us-east-1')).toEqual(all.filter((name) => ![...drawnByDiffusion, 'edit'].includes(name)));
    expect(namesOf(all, 'eu-west-1')).toEqual([]);
  });

  test.each([
    [undefined, 'gpt-image-2'],
    ['gpt-image-2.5-flare', 'gpt-image-2.5-flare'],
  ])('edits in words with a key, in any Region, by the model of OpenAI’s that is offered: %s', (named, modelId) => {
    expect(offered(all, 'eu-west-1', true, named).map(({ name, model }) => [name, model.modelId])).toEqual([
      ['edit', modelId],
    ]);
  });
});

test('a service has a price, takes no prompt model’s place and is found by its ID', () => {
  for (const service of services) {
    expect(service.pricePerImage).toBeGreaterThan(0);
    expect(findModel(service.modelId)).toBe(service);
    expect(models).not.toContain(service);
    expect(service.modelId).toMatch(/^us\.stability\.stable-/);
  }
});
