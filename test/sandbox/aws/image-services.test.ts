import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import type { BedrockFault } from '../../../sandbox/bedrock/bedrock-fault.js';
import { drawImage } from '../../../sandbox/images/draw-image.js';
import { answerOf, bedrockClient, invoke, startSmallBedrock } from './stand-ins.js';

const upscale = 'stable-fast-upscale-v1:0';
const conservative = 'stable-conservative-upscale-v1:0';
const creative = 'stable-creative-upscale-v1:0';
const outpaint = 'stable-outpaint-v1:0';
const removeBackground = 'stable-image-remove-background-v1:0';
const replace = 'stable-image-search-replace-v1:0';
const recolor = 'stable-image-search-recolor-v1:0';
const styleGuide = 'stable-image-style-guide-v1:0';
const sketch = 'stable-image-control-sketch-v1:0';
const structure = 'stable-image-control-structure-v1:0';
const profile = (service: string) => `us.stability.${service}`;
const sd35 = 'stability.sd3-5-large-v1:0';

const prompt = 'a dragon';
const long = 'a'.repeat(10_000);
const ownFields = new Map<string, object>([
  [upscale, {}],
  [conservative, { prompt }],
  [creative, { prompt }],
  [outpaint, { left: 32 }],
  [removeBackground, {}],
  [replace, { prompt, search_prompt: 'fox' }],
  [recolor, { prompt: 'blue', select_prompt: 'fox' }],
  [styleGuide, { prompt }],
  [sketch, { prompt }],
  [structure, { prompt }],
]);
const services = [...ownFields.keys()];
const bounded = services.filter((service) => service !== upscale);
const worded = bounded.filter((service) => service !== outpaint && service !== removeBackground);

/** A flat image that no stand-in drew. */
const flat = async (width: number, height: number, format: 'png' | 'jpeg' | 'webp' | 'gif' = 'png') => {
  const create = { width, height, channels: 3, background: '#357' } as const;
  return (await sharp({ create }).toFormat(format).toBuffer()).toString('base64');
};
const draw = async (words = 'a red fox in the snow', format: 'png' | 'jpeg' = 'png') =>
  (await drawImage({ prompt: words, seed: 3, width: 96, height: 96, format })).toString('base64');

async function bodyOf(service: string, changes: object = {}) {
  return { image: await flat(96, 96), ...ownFields.get(service), ...changes };
}
async function call(service: string, changes: object = {}, options: object = {}) {
  return answerOf(options, await bodyOf(service, changes), profile(service));
}
/** The image that a service answers, and how large it is. */
async function result(service: string, changes: object = {}) {
  const answer = await call(service, changes);
  const bytes = Buffer.from(answer.images[0], 'base64');
  const { format, width, height, hasAlpha } = await sharp(bytes).metadata();
  return { bytes, format, size: [width, height], hasAlpha };
}
const refusal = (message: string) => ({ name: 'ValidationException', message: expect.stringContaining(message) });
/** Red, green, blue and alpha at a point. */
const pixelAt = async (bytes: Buffer, left: number, top: number) => [
  ...(await sharp(bytes).ensureAlpha().extract({ left, top, width: 1, height: 1 }).raw().toBuffer()),
];

describe("Stability's image services", () => {
  it.each(services)('%s answers like the models, by its profile', async (service) => {
    expect(await call(service)).toEqual({
      seeds: [expect.any(Number)],
      finish_reasons: [null],
      images: [expect.any(String)],
    });
  });

  it('are called by their profile only, from three Regions', async () => {
    const body = await bodyOf(upscale);
    for (const region of ['us-east-1', 'us-east-2', 'us-west-2']) {
      expect(await answerOf({}, body, profile(upscale), region)).toHaveProperty('images');
    }
    await expect(answerOf({}, body, profile(upscale), 'eu-west-1')).rejects.toMatchObject(
      refusal('identifier is invalid'),
    );
    await expect(answerOf({}, body, `stability.${upscale}`)).rejects.toMatchObject(
      refusal(
        'Invocation of model ID stability.stable-fast-upscale-v1:0 with on-demand throughput isn’t supported. Retry your request with the ID or ARN of an inference profile that contains this model.',
      ),
    );
  });

  it('refuse an unknown field and name the known ones, in the order of the published sentence', async () => {
    await expect(call(sketch, { text_prompts: [] })).rejects.toThrow(
      "Invalid field 'text_prompts' in request. Available fields for control-sketch are: image, prompt, control_strength, negative_prompt, seed, output_format, style_preset",
    );
  });

  it.each([
    ...services.map((service) => [service, 'image', { image: undefined }] as const),
    ...services.map((service) => [service, 'image', { image: 'not base64!' }] as const),
    ...services.map((service) => [service, 'output_format', { output_format: 'PNG' }] as const),
    ...worded.map((service) => [service, 'prompt', { prompt: undefined }] as const),
    ...worded.map((service) => [service, 'prompt', { prompt: `${long}a` }] as const),
    ...worded.map((service) => [service, 'negative_prompt', { negative_prompt: `${long}a` }] as const),
    ...worded.map((service) => [service, 'seed', { seed: 4_294_967_295 }] as const),
    [outpaint, 'negative_prompt', { negative_prompt: 'text' }],
    [outpaint, 'prompt', { prompt: `${long}a` }],
    [outpaint, 'seed', { seed: -1 }],
    [outpaint, 'left', { left: undefined }],
    [outpaint, 'left', { left: 0, up: 0 }],
    [outpaint, 'left', { left: 2001 }],
    [outpaint, 'right', { right: -1 }],
    [outpaint, 'up', { up: 2001 }],
    [outpaint, 'down', { down: 1.5 }],
    [outpaint, 'creativity', { creativity: 0.09 }],
    [outpaint, 'creativity', { creativity: 1.01 }],
    [conservative, 'creativity', { creativity: 0.51 }],
    [conservative, 'style_preset', { style_preset: 'anime' }],
    [creative, 'creativity', { creativity: 0.09 }],
    [creative, 'style_preset', { style_preset: 'fauvism' }],
    [upscale, 'prompt', { prompt }],
    [removeBackground, 'seed', { seed: 1 }],
    [replace, 'search_prompt', { search_prompt: undefined }],
    [replace, 'search_prompt', { search_prompt: '' }],
    [replace, 'grow_mask', { grow_mask: 21 }],
    [replace, 'select_prompt', { select_prompt: 'fox' }],
    [recolor, 'select_prompt', { select_prompt: undefined }],
    [recolor, 'grow_mask', { grow_mask: -1 }],
    [styleGuide, 'fidelity', { fidelity: 1.01 }],
    [styleGuide, 'aspect_ratio', { aspect_ratio: '4:3' }],
    [structure, 'control_strength', { control_strength: -0.01 }],
    [sketch, 'control_strength', { control_strength: 1.01 }],
  ] as const)('%s refuses %s: %o', async (service, field, changes) => {
    await expect(call(service, changes)).rejects.toMatchObject(refusal(`'${field}'`));
  });

  it.each([
    [outpaint, { prompt: long, creativity: 0.1, seed: 4_294_967_294, right: 0, style_preset: 'anime' }],
    [outpaint, { creativity: 1, prompt: '' }],
    [creative, { creativity: 0.5, negative_prompt: long }],
    [conservative, { creativity: 0.1 }],
    [replace, { grow_mask: 20, seed: 4_294_967_294 }],
    [recolor, { grow_mask: 0, prompt: long }],
    [styleGuide, { fidelity: 1, negative_prompt: long }],
    [structure, { control_strength: 0 }],
    [sketch, { control_strength: 1, seed: 0 }],
  ])('%s accepts the ends of every range: %o', async (service, changes) => {
    expect(await call(service, changes)).toMatchObject({ finish_reasons: [null] });
  });

  it.each([
    [upscale, 31, 33, 'sides'],
    [upscale, 1537, 32, 'sides'],
    [upscale, 1024, 1025, 'pixels'],
    ...bounded.map((service) => [service, 63, 80, 'sides'] as const),
    ...bounded.map((service) => [service, 64, 161, 'aspect ratio'] as const),
    [styleGuide, 3072, 3073, 'pixels'],
    [outpaint, 3072, 3073, 'pixels'],
    [creative, 1024, 1025, 'pixels'],
  ] as const)('%s refuses an image of %i × %i', async (service, width, height, what) => {
    await expect(call(service, { image: await flat(width, height) })).rejects.toMatchObject(refusal(what));
  });

  it.each([
    [upscale, 32, 32],
    [upscale, 1536, 32],
    [styleGuide, 64, 160],
    [styleGuide, 3072, 3072],
    [creative, 64, 64],
  ])('%s accepts an image of %i × %i', async (service, width, height) => {
    expect(await call(service, { image: await flat(width, height) })).toMatchObject({ finish_reasons: [null] });
  });

  it('take PNG, JPEG and WebP, and refuse what is none of them or cut off', async () => {
    for (const format of ['png', 'jpeg', 'webp'] as const) {
      expect((await result(removeBackground, { image: await flat(96, 96, format) })).size).toEqual([96, 96]);
    }
    const whole = await draw();
    for (const image of [await flat(96, 96, 'gif'), whole.slice(0, 400), Buffer.from('no image').toString('base64')]) {
      await expect(call(removeBackground, { image })).rejects.toMatchObject(refusal("'image'"));
    }
  });

  it('take every kind of pixel: gray, sixteen bits, a palette, CMYK, half transparent', async () => {
    const create = { width: 96, height: 80, channels: 4, background: { r: 200, g: 90, b: 30, alpha: 0.5 } } as const;
    const base = () => sharp({ create });
    const kinds = await Promise.all([
      base().removeAlpha().greyscale().png().toBuffer(),
      base().greyscale().png().toBuffer(),
      base().toColorspace('rgb16').png().toBuffer(),
      base().png({ palette: true }).toBuffer(),
      base().removeAlpha().toColorspace('cmyk').jpeg().toBuffer(),
      base().webp().toBuffer(),
    ]);
    for (const bytes of kinds) {
      for (const service of services) {
        const output_format = 'jpeg';
        expect(await result(service, { image: bytes.toString('base64'), output_format })).toMatchObject({
          format: 'jpeg',
        });
      }
    }
  });

  it.each([
    [upscale, {}, [384, 384]],
    [conservative, {}, [384, 384]],
    [outpaint, { left: 10, right: 20, up: 5, down: 40 }, [126, 141]],
    [removeBackground, {}, [96, 96]],
    [replace, {}, [96, 96]],
    [recolor, {}, [96, 96]],
    [styleGuide, { aspect_ratio: '16:9' }, [168, 96]],
    [sketch, {}, [96, 96]],
  ])('%s %o answers an image of %o, in each format, drawn by a stand-in or not', async (service, changes, size) => {
    for (const output_format of ['png', 'jpeg', 'webp'] as const) {
      for (const image of [await draw(), await flat(96, 96, 'jpeg')]) {
        expect(await result(service, { ...changes, image, output_format })).toMatchObject({
          format: output_format,
          size,
        });
      }
    }
  });

  it('cannot answer more than 16,777,216 bytes: a megapixel enlarged as PNG fails, as JPEG it does not', async () => {
    const image = await flat(1024, 1024, 'jpeg');
    await expect(call(upscale, { image })).rejects.toMatchObject({ name: 'ModelErrorException' });
    expect((await result(upscale, { image, output_format: 'jpeg' })).size).toEqual([4096, 4096]);
    const wide = { image, left: 2000, right: 2000, up: 600 };
    await expect(call(outpaint, wide)).rejects.toMatchObject({ name: 'ModelErrorException' });
  });

  it('keep every pixel of the image that they widen', async () => {
    for (const image of [await draw(), await flat(96, 96)]) {
      const { bytes } = await result(outpaint, { image, left: 30, up: 20, down: 7, right: 9 });
      const middle = await sharp(bytes)
        .extract({ left: 30, top: 20, width: 96, height: 96 })
        .removeAlpha()
        .raw()
        .toBuffer();
      const given = await sharp(Buffer.from(image, 'base64')).removeAlpha().raw().toBuffer();
      expect(middle.equals(given)).toBe(true);
    }
  });

  it('leave nothing but the subjects without a background, and none transparent in a JPEG', async () => {
    for (const format of ['png', 'jpeg'] as const) {
      const { bytes, hasAlpha } = await result(removeBackground, { image: await draw('a red fox at night', format) });
      expect(hasAlpha).toBe(true);
      expect((await pixelAt(bytes, 2, 2))[3]).toBe(0);
      expect((await pixelAt(bytes, 48, 60))[3]).toBe(255);
    }
    expect((await result(removeBackground, { image: await draw(), output_format: 'jpeg' })).hasAlpha).toBe(false);
  });

  it('recolor and replace a subject where it is, and nothing around it', async () => {
    const image = await draw();
    const given = await pixelAt(Buffer.from(image, 'base64'), 3, 40);
    for (const service of [recolor, replace]) {
      const { bytes } = await result(service, { image });
      expect(await pixelAt(bytes, 3, 40)).toEqual(given);
    }
    const [red = 0, , blue = 0] = await pixelAt((await result(recolor, { image })).bytes, 48, 60);
    expect(blue).toBeGreaterThan(red);
  });

  it('go on from their own results', async () => {
    const wide = await result(outpaint, { image: await draw(), left: 20, output_format: 'jpeg' });
    const { bytes } = await result(removeBackground, { image: wide.bytes.toString('base64') });
    expect((await pixelAt(bytes, 4, 60))[3]).toBe(0);
    expect((await pixelAt(bytes, 68, 60))[3]).toBe(255);
  });

  it.each([
    ['filtered input image', { finish_reasons: ['Filter reason: input image'] }],
    ['filtered prompt', { finish_reasons: ['Filter reason: prompt'] }],
    ['filtered image', { finish_reasons: ['Filter reason: output image'] }],
    ['other seed', { seeds: [7] }],
  ] as const)('play %s', async (kind, answer) => {
    const bedrock = await startSmallBedrock();
    const client = bedrockClient(bedrock);
    const fault: BedrockFault = kind === 'other seed' ? { kind, seed: 7 } : { kind };
    bedrock.faults.add(fault, { when: ({ modelId }) => modelId === profile(replace) });
    await invoke(client, await bodyOf(upscale), profile(upscale));
    expect(await invoke(client, await bodyOf(replace), profile(replace))).toMatchObject(answer);
  });

  it('play an oversized answer, another format and a denial, of one service', async () => {
    const bedrock = await startSmallBedrock();
    const client = bedrockClient(bedrock);
    const isReplace = { when: ({ modelId }: { modelId: string }) => modelId === profile(replace) };
    bedrock.faults.add({ kind: 'oversized answer' }, isReplace);
    bedrock.faults.add({ kind: 'error', name: 'AccessDeniedException' }, isReplace);
    bedrock.faults.add({ kind: 'other format' }, isReplace);
    const ask = async (changes: object = {}) => invoke(client, await bodyOf(replace, changes), profile(replace));
    await expect(ask()).rejects.toMatchObject({ name: 'ModelErrorException' });
    await expect(ask()).rejects.toMatchObject({ name: 'AccessDeniedException' });
    const { images } = await ask({ output_format: 'jpeg' });
    expect((await sharp(Buffer.from(images[0], 'base64')).metadata()).format).toBe('png');
  });

  it('filter a forbidden word', async () => {
    expect(await call(replace, { prompt: 'forbidden' })).toEqual({ finish_reasons: ['Filter reason: prompt'] });
  });
});

describe('Stable Diffusion 3.5 from an image', () => {
  const from = async (changes: object = {}) => ({
    prompt: 'a red fox',
    mode: 'image-to-image',
    image: await flat(96, 64),
    strength: 0.35,
    ...changes,
  });

  it.each([
    [{ strength: undefined }, 'strength'],
    [{ strength: 1.01 }, 'strength'],
    [{ strength: -0.01 }, 'strength'],
    [{ image: undefined }, 'image'],
    [{ aspect_ratio: '1:1' }, 'aspect_ratio'],
    [{ mode: undefined }, 'image'],
    [{ mode: 'text-to-image', image: undefined }, 'strength'],
    [{ prompt: undefined }, 'prompt'],
    [{ seed: 4_294_967_295 }, 'seed'],
    [{ cfg_scale: 7 }, 'cfg_scale'],
  ])('refuses %o', async (changes, field) => {
    await expect(answerOf({}, await from(changes), sd35)).rejects.toMatchObject(refusal(`'${field}'`));
  });

  it.each([
    [63, 64],
    [64, 161],
    [3072, 3073],
  ])('refuses an image of %i × %i', async (width, height) => {
    const body = await from({ image: await flat(width, height) });
    await expect(answerOf({}, body, sd35)).rejects.toMatchObject(refusal("'image'"));
  });

  it('answers about a megapixel in the ratio of the image, in the format asked for', async () => {
    for (const [output_format, strength] of [
      ['png', 0],
      ['jpeg', 1],
    ] as const) {
      const { images, seeds } = await answerOf({}, await from({ output_format, strength, seed: 9 }), sd35);
      expect(seeds).toEqual([9]);
      expect(await sharp(Buffer.from(images[0], 'base64')).metadata()).toMatchObject({
        format: output_format,
        width: 160,
        height: 104,
      });
    }
  });

  it('stays closer to a drawn image the lower the strength is', async () => {
    const image = await draw();
    const [given, weak, strong] = await Promise.all(
      [0, 0.3, 0.9].map(async (strength) => {
        const { images } = await answerOf({}, await from({ image, strength, seed: 9 }), sd35);
        return sharp(Buffer.from(images[0], 'base64')).greyscale().raw().toBuffer();
      }),
    );
    const distance = (one = Buffer.alloc(0), other = Buffer.alloc(0)) =>
      one.reduce((sum, value, at) => sum + Math.abs(value - (other[at] ?? 0)), 0);
    expect(distance(given, weak)).toBeGreaterThan(0);
    expect(distance(given, strong)).toBeGreaterThan(distance(given, weak));
  });
});
